import { expect, test } from 'vitest';
import { sorts } from '../../src/services/catalogue.ts';
import { efsRules } from '../../src/services/efs/rules.ts';
import { compute, customerKey, data, region, root } from '../posture/cross-account/cast.ts';
import { allow, judge } from '../posture/resource/judge.ts';

const arn = `arn:aws:elasticfilesystem:${region}:${data}:file-system/fs-1`;

test('a file system without a policy is open to every client that reaches a mount target', () => {
  expect(judge(efsRules, arn, null, customerKey())).toMatchObject({
    use: 'unknown',
    read: 'unknown',
    write: 'unknown',
    shared: [],
    anyone: null,
    explanation: expect.stringContaining(
      'others may be let in, since it has no file system policy, and then every client that reaches a mount target has full access',
    ),
  });
});

test('with a policy for the own account nobody else is let in', () => {
  const own = allow(arn, 'elasticfilesystem:ClientMount', root(data));
  expect(judge(efsRules, arn, [own], customerKey())).toMatchObject({ use: 'not_shared', anyone: false });
});

test('anyone by way of a mount target: how far the network reaches is not known', () => {
  const viaMountTarget = { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } };
  const anyone = allow(arn, 'elasticfilesystem:Client*', '*', viaMountTarget);
  expect(judge(efsRules, arn, [anyone], customerKey())).toMatchObject({ use: 'unknown', anyone: true });
});

test('with a policy that lets in another account, that one', () => {
  const theirs = allow(arn, 'elasticfilesystem:ClientMount', root(compute));
  expect(judge(efsRules, arn, [theirs], customerKey())).toMatchObject({ use: 'possible', shared: [compute] });
});

/*
 * SQS, SNS, Secrets Manager, DynamoDB, Lambda and ECR: without a resource policy only the own account's IAM lets in
 * (the services' guides, "Identity and access management", read 2026-11-28). Snapshots are private until shared.
 */
test('no other service that is read is open without a policy', () => {
  const open = sorts.filter(({ withoutPolicy }) => withoutPolicy !== undefined);
  expect(open.map(({ service }) => service)).toEqual(['elasticfilesystem']);
});
