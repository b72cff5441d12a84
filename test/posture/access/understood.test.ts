import { expect, test } from 'vitest';
import { kms } from '../../../src/posture/access/kms.ts';
import { readPolicyOf } from '../../../src/posture/access/understood.ts';
import { policyOf } from './case-file.ts';

const allow = { Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };
const future = { ...allow, Action: 'kms:FutureDecrypt' };
const unknownAction = 'allows kms:FutureDecrypt, which this version does not know';

test.each<[what: string, statements: readonly object[], problem: string | null]>([
  ['understood', [allow], null],
  ['an action that nobody knows', [future], `statement 0 ${unknownAction}`],
  ['two of them', [future, allow, future], `statement 0 ${unknownAction}; statement 2 ${unknownAction}`],
  ['in a Deny it lets nobody in', [{ ...future, Effect: 'Deny' }], null],
  [
    'left out by NotAction',
    [{ Effect: 'Allow', Principal: '*', NotAction: 'kms:FutureDecrypt', Resource: '*' }],
    null,
  ],
])('%s', (_what, statements, problem) => {
  const document = readPolicyOf(kms, policyOf(statements));
  expect(document.problem).toBe(problem);
  expect(document.understood).toBe(problem === null);
});

test('beside another problem both are told', () => {
  const document = readPolicyOf(kms, policyOf([{ ...allow, Else: 1 }, future]));
  const alone = readPolicyOf(kms, policyOf([{ ...allow, Else: 1 }]));
  expect(document.problem).toBe(`${alone.problem}; statement 1 ${unknownAction}`);
});
