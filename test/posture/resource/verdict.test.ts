import { describe, expect, test } from 'vitest';
import { known, unread } from '../../../src/aws/fact.ts';
import type { ResolvedKey } from '../../../src/posture/resource-key.ts';
import { ebsSnapshotRules } from '../../../src/services/ebs/rules.ts';
import { ecrRules } from '../../../src/services/ecr/rules.ts';
import { sqsRules } from '../../../src/services/sqs/rules.ts';
import {
  awsManagedKey,
  compute,
  customerKey,
  data,
  decrypt,
  denied,
  keyWith,
  region,
  root,
  vendor,
} from '../cross-account/cast.ts';
import { allow, judge, type Shared } from './judge.ts';

const snapshot = `arn:aws:ec2:${region}:${data}:snapshot/snap-1`;
const queue = `arn:aws:sqs:${region}:${data}:orders`;
const repository = `arn:aws:ecr:${region}:${data}:repository/app`;
const toCompute: Shared = { by: 'accounts', accountIds: [compute], everybody: false };
const disabled = customerKey({ metadata: { keyState: 'Disabled' } });
const open = keyWith({ ...decrypt(root(compute)), Action: 'kms:*' });

describe('others may be let in besides those who are known', () => {
  const inPart = [
    allow(queue, 'sqs:SendMessage', root(compute)),
    { ...allow(queue, 'sqs:SendMessage', root(vendor)), Else: '1' },
  ];

  test.each([
    ['an AWS managed key locks out all of them', awsManagedKey(), 'blocked_by_aws_managed_key'],
    ['a disabled key, too', disabled, 'blocked_by_key_state'],
    ['a key policy that keeps those out who are known may let others in', customerKey(), 'partly_blocked'],
    ['a key that lets those in who are known', open, 'unknown'],
  ])('%s', (_what, key, use) => {
    expect(judge(sqsRules, queue, inPart, key).use).toBe(use);
  });
});

test('whether others are let in is not known: of two keys only one locks everybody out', () => {
  const shared: Shared = { by: 'accounts', accountIds: [compute], everybody: true };
  const publicAccess = unread(denied('ec2:GetSnapshotBlockPublicAccessState'));
  const useOf = (key: ResolvedKey, other: ResolvedKey) =>
    judge(ebsSnapshotRules, snapshot, shared, key, { associated: [other], publicAccess }).use;
  expect(useOf(disabled, open)).toBe('unknown');
  expect(useOf(open, disabled)).toBe('unknown');
  expect(useOf(disabled, disabled)).toBe('blocked_by_key_state');
});

describe('a snapshot that two keys open: one that serves is enough', () => {
  test.each([
    ['both disabled', disabled, disabled, 'blocked_by_key_state'],
    ['the first disabled', disabled, open, 'possible'],
    ['the second disabled', open, disabled, 'possible'],
    ['neither lets the account in', customerKey(), customerKey(), 'blocked_by_key_policy'],
  ])('%s', (_what, key, other, use) => {
    expect(judge(ebsSnapshotRules, snapshot, toCompute, key, { associated: [other] }).use).toBe(use);
  });
});

test('what a service has no operation for is neither read nor written', () => {
  expect(judge(ebsSnapshotRules, snapshot, toCompute, open)).toMatchObject({ read: 'possible', write: null });
  expect(judge(sqsRules, queue, [], open)).toMatchObject({ read: 'not_shared', write: 'not_shared' });
});

test('a public snapshot under a block of the region is let in to nobody, and the explanation says why', () => {
  const everybody: Shared = { by: 'accounts', accountIds: [], everybody: true };
  const publicAccess = known({ state: 'block-all-sharing', managedBy: 'account' });
  const { use, explanation } = judge(ebsSnapshotRules, snapshot, everybody, open, { publicAccess });
  expect(use).toBe('not_shared');
  expect(explanation).toContain(
    "no other account is let in, since the region's block of public snapshots (block-all-sharing) takes away that it is public",
  );
});

test('who has all that a pull needs is not told what it needs', () => {
  const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
  const { Resource: _, ...statement } = allow('', pull, root(compute));
  const { explanation } = judge(ecrRules, repository, [statement], awsManagedKey());
  expect(explanation).toContain(`account ${compute} can pull`);
  expect(explanation).not.toContain('to pull, one principal needs');
});
