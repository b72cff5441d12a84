import { describe, expect, test } from 'vitest';
import type { ResourceRules } from '../../src/posture/resource/rules.ts';
import { ebsSnapshotRules } from '../../src/services/ebs/rules.ts';
import { rdsSnapshotRules } from '../../src/services/rds/rules.ts';
import { secretsManagerRules } from '../../src/services/secrets-manager/rules.ts';
import { sqsRules } from '../../src/services/sqs/rules.ts';
import { compute, customerKey, data, grantTo, region, role, root } from '../posture/cross-account/cast.ts';
import { allow, judge, type Shared } from '../posture/resource/judge.ts';

const arns = {
  queue: `arn:aws:sqs:${region}:${data}:orders`,
  secret: `arn:aws:secretsmanager:${region}:${data}:secret:db-AbCdEf`,
  snapshot: `arn:aws:ec2:${region}:${data}:snapshot/snap-1`,
  database: `arn:aws:rds:${region}:${data}:snapshot:orders`,
};
const shared: Shared = { by: 'accounts', accountIds: [compute], everybody: false };
const operations = [
  'CreateGrant',
  'Decrypt',
  'DescribeKey',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
] as const;
const grant = (to: string, grantId: string) => grantTo(to, { grantId, operations: [...operations] });

/** The kinds of the files 03 and 04, behind other resources than the key itself: no key policy admits `compute`. */
describe.each<[string, ResourceRules, string, Shared]>([
  ['a queue', sqsRules, arns.queue, [allow(arns.queue, 'sqs:SendMessage', root(compute))]],
  [
    'a secret',
    secretsManagerRules,
    arns.secret,
    [allow('*', 'secretsmanager:GetSecretValue', root(compute))],
  ],
  ['an EBS snapshot', ebsSnapshotRules, arns.snapshot, shared],
  ['an RDS snapshot', rdsSnapshotRules, arns.database, shared],
])('%s', (_what, rules, arn, sharing) => {
  const use = (...grants: ReturnType<typeof grant>[]) =>
    judge(rules, arn, sharing, customerKey({ grants })).use;

  test('a live role by its unique id may be one of the account', () => {
    expect(use(grant('AROA2BCDEFGHIJKLMNOPQ', 'g1'))).toBe('unknown');
  });

  test('who is proven to be let in stays so beside one that nobody can tell', () => {
    expect(use(grant('AROA2BCDEFGHIJKLMNOPQ', 'g1'), grant(role(compute), 'g2'))).toBe('possible');
    expect(use(grant('AWS Internal', 'g1'), grant(role(compute), 'g2'))).toBe('possible');
  });

  test('a grant to another account, or for something else, opens nothing', () => {
    expect(use(grant(role(data), 'g1'))).toBe('blocked_by_key_policy');
    expect(use(grantTo(role(compute), { operations: ['GetPublicKey'] }))).toBe('blocked_by_key_policy');
  });
});
