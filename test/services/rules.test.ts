import { describe, expect, it } from 'vitest';
import { isAboutJudged } from '../../src/posture/iam/judged-services.ts';
import { readPolicy } from '../../src/posture/policy/document.ts';
import { vaultEncryption } from '../../src/services/backup/rules.ts';
import { sorts } from '../../src/services/catalogue.ts';
import { streamEncryption } from '../../src/services/kinesis/rules.ts';
import { callsOf, operations, policyCallsOf } from '../../src/services/operations.ts';

describe('the encryption', () => {
  it.each([
    ['NONE', null, { state: 'none', key: null }],
    ['NONE', 'alias/left-over', { state: 'none', key: null }],
    ['KMS', 'alias/aws/kinesis', { state: 'kms', key: 'alias/aws/kinesis' }],
    ['BRAND_NEW', 'k', { state: 'unknown', key: 'k' }],
    [null, null, { state: 'unknown', key: null }],
  ])('of a stream of type %s under %s', (type, key, expected) => {
    expect(streamEncryption(type, key)).toEqual(expected);
  });

  it.each([
    ['AWS_OWNED_KMS_KEY', 'arn', { state: 'aws_owned', key: null }],
    ['CUSTOMER_MANAGED_KMS_KEY', 'arn', { state: 'kms', key: 'arn' }],
    [null, 'arn', { state: 'kms', key: 'arn' }],
    [null, null, { state: 'unknown', key: null }],
  ])('of a vault of type %s under %s', (type, key, expected) => {
    expect(vaultEncryption(type, key)).toEqual(expected);
  });
});

/** What reads or writes no data by itself, or is told of where the data is. */
const judgedElsewhere = new Set(['elasticfilesystem:ClientRootAccess', 'ecr:BatchDeleteImage']);

describe.each(sorts.map((sort) => [sort.title, sort] as const))('%s', (_title, sort) => {
  it('asks the key of callers only where their permission is checked', () => {
    for (const { checkedAgainst, keyActions } of sort.operations)
      expect(keyActions.length > 0).toBe(checkedAgainst === 'caller');
  });

  it('has an operation for whatever lets other accounts read or write data', () => {
    const { service, actions } = sort.grammar;
    const judged = new Set(sort.operations.flatMap((operation) => operation.actions ?? []).flat());
    const ofData = Object.entries(actions)
      .filter(([, { access, acrossAccounts }]) => acrossAccounts && ['read', 'write'].includes(access ?? ''))
      .map(([name]) => (name.includes(':') ? name : `${service}:${name}`));
    expect(ofData.filter((name) => !judged.has(name) && !judgedElsewhere.has(name))).toEqual([]);
  });

  it('is shared by a policy, its own or that of what it is of, exactly where policies have actions', () => {
    const isByPolicy = sort.sharedBy === 'policy' || sort.policyNames !== undefined;
    expect(Object.keys(sort.grammar.actions).length > 0).toBe(isByPolicy);
  });

  it('has calls by which its policies are read exactly where it is shared by one', () => {
    const { encryptionCalls = [] } = sort;
    expect([...callsOf(sort)]).toEqual(expect.arrayContaining([...encryptionCalls]));
    const left = callsOf(sort).filter((operation) => !encryptionCalls.includes(operation));
    expect(policyCallsOf(sort)).toEqual(sort.sharedBy === 'policy' ? left : []);
  });

  it('asks IAM of readers only for actions whose statements are held', () => {
    const calls = sort.operations.flatMap(({ actions, readerCalls }) => [
      ...(actions?.flat() ?? []),
      ...(readerCalls?.actions ?? []),
    ]);
    const statements = calls.map((Action) => ({ Effect: 'Allow', Action, Resource: '*' }));
    const { statements: read } = readPolicy(JSON.stringify({ Statement: statements }), 'of_principals');
    expect(read.filter((statement) => !isAboutJudged(statement))).toEqual([]);
    expect(read.length).toBe(calls.length);
  });

  it('has calls that permissions and the spec know', () => {
    expect(operations).toEqual(expect.arrayContaining([...callsOf(sort)]));
  });
});
