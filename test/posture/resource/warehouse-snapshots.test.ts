import { describe, expect, test } from 'vitest';
import { withoutKey } from '../../../src/posture/resource-key.ts';
import { datashareRules, redshiftSnapshotRules } from '../../../src/services/redshift/rules.ts';
import { namespaceSnapshotRules } from '../../../src/services/redshift-serverless/rules.ts';
import {
  awsManagedKey,
  compute,
  customerKey,
  data,
  decrypt,
  keyWith,
  region,
  root,
  type Statement,
} from '../cross-account/cast.ts';
import { judge, type Shared } from './judge.ts';

const shared = (...accountIds: string[]): Shared => ({ by: 'accounts', accountIds, everybody: false });
const via = (statement: Statement, service: string): Statement => ({
  ...statement,
  Condition: { StringEquals: { 'kms:ViaService': `${service}.${region}.amazonaws.com` } },
});

describe.each([
  ['a snapshot of a cluster', redshiftSnapshotRules, 'redshift', 'snapshot:orders/daily'],
  ['a snapshot of a namespace', namespaceSnapshotRules, 'redshift-serverless', 'snapshot/daily'],
] as const)('%s', (_what, rules, service, resource) => {
  const arn = `arn:aws:${service}:${region}:${data}:${resource}`;

  test.each([
    ['not shared', shared(), customerKey(), 'not_shared'],
    ['shared, its key is not', shared(compute), customerKey(), 'blocked_by_key_policy'],
    ['shared with its key', shared(compute), keyWith(decrypt(root(compute))), 'possible'],
    [
      'its key admits through the service',
      shared(compute),
      keyWith(via(decrypt(root(compute)), service)),
      'possible',
    ],
    [
      'its key admits through another service',
      shared(compute),
      keyWith(via(decrypt(root(compute)), 's3')),
      'blocked_by_key_policy',
    ],
    ['under a key that AWS owns', shared(compute), withoutKey('aws_owned'), 'no_kms_barrier'],
    ['under a key that AWS manages', shared(compute), awsManagedKey(), 'unknown'],
    ['sharing denied', 'unread', awsManagedKey(), 'unknown'],
  ] as const)('%s', (_case, sharing, key, use) => {
    expect(judge(rules, arn, sharing, key).use).toBe(use);
  });

  test('the explanation does not say that the AWS managed key keeps anybody out', () => {
    expect(judge(rules, arn, shared(), awsManagedKey()).explanation).not.toContain(
      'AWS lets nobody share it',
    );
    const { explanation } = judge(rules, arn, shared(compute), awsManagedKey());
    expect(explanation).toContain('not whether it means the AWS managed key');
  });
});

test.each([
  ['a customer managed key that admits nobody else', customerKey(), 'possible'],
  ['the AWS managed key', awsManagedKey(), 'possible'],
  ['a disabled key', customerKey({ metadata: { keyState: 'Disabled' } }), 'blocked_by_key_state'],
] as const)('whoever queries a datashare needs nothing of its key: %s', (_case, key, use) => {
  const arn = `arn:aws:redshift:${region}:${data}:datashare:n/orders`;
  expect(judge(datashareRules, arn, shared(compute), key).use).toBe(use);
});
