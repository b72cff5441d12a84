import { expect, it } from 'vitest';
import { withoutExternalIds } from '../../../src/posture/iam/without-external-ids.ts';

const statement = (Condition: unknown) => ({
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Condition }],
});

it.each([
  ['one value', { 'sts:ExternalId': 'hush' }, { 'sts:ExternalId': '(hidden)' }],
  ['several values', { 'sts:ExternalId': ['hush', 'hush2'] }, { 'sts:ExternalId': ['(hidden)', '(hidden)'] }],
  ['another spelling', { 'STS:externalID': 'hush' }, { 'STS:externalID': '(hidden)' }],
  ['what is no text', { 'sts:ExternalId': { deep: 'hush' } }, { 'sts:ExternalId': '(hidden)' }],
  [
    'other keys',
    { 'aws:PrincipalOrgID': 'o-1', n: null, b: true },
    { 'aws:PrincipalOrgID': 'o-1', n: null, b: true },
  ],
])('external ids are not told: %s', (_, given, told) => {
  const document = statement({ StringEquals: given });
  const before = structuredClone(document);
  expect(withoutExternalIds(document)).toEqual(statement({ StringEquals: told }));
  expect(document).toEqual(before);
});

it.each([null, 'text', 5])('%s stays', (value) => {
  expect(withoutExternalIds(value)).toBe(value);
});
