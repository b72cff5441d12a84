import { expect, test } from 'vitest';
import type { ResourceRules } from '../../../src/posture/resource/rules.ts';
import { keyNotKnown, type ResolvedKey, withoutKey } from '../../../src/posture/resource-key.ts';
import { efsRules } from '../../../src/services/efs/rules.ts';
import { lambdaRules } from '../../../src/services/lambda/rules.ts';
import { sqsRules } from '../../../src/services/sqs/rules.ts';
import {
  awsManagedKey,
  compute,
  customerKey,
  data,
  decrypt,
  goneKey,
  keyWith,
  region,
  root,
  type Statement,
  unreachableKey,
  vendor,
} from '../cross-account/cast.ts';
import { allow, judge, type Shared } from './judge.ts';

const arn = `arn:aws:sqs:${region}:${data}:orders`;
const send = (account = compute, condition?: object): Statement =>
  allow(arn, 'sqs:SendMessage', root(account), condition);
const fromInside = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };

test.each<[what: string, shared: Shared, key: ResolvedKey, words: string]>([
  [
    'an AWS managed key',
    [send()],
    awsManagedKey(),
    `account ${compute} cannot send, because the policy of an AWS managed key admits its own account only (kms:CallerAccount) and nobody can change it`,
  ],
  [
    'a key in a state',
    [send()],
    customerKey({ metadata: { keyState: 'Disabled' } }),
    `account ${compute} cannot send, because the key is in state Disabled`,
  ],
  ['a key that is gone', [send()], goneKey, `cannot send, because key k does not exist in account ${data}`],
  [
    'a key that keeps out',
    [send()],
    customerKey(),
    `account ${compute} cannot send, because neither the key policy nor a grant admits a principal that is let in to it, for kms:GenerateDataKey and kms:Decrypt`,
  ],
  [
    'a key that admits',
    [send()],
    keyWith(decrypt(root(compute))),
    `account ${compute} can send where IAM there allows it`,
  ],
  [
    'no key',
    [send()],
    withoutKey(null),
    `account ${compute} meets no KMS barrier and can send where IAM there allows it`,
  ],
  [
    'a key that could not be read',
    [send()],
    unreachableKey,
    `account ${compute} may be able to send or not: the key in account 333344445555 could not be read`,
  ],
  [
    'an encryption that is not known',
    [send()],
    keyNotKnown('the encryption could not be read'),
    'may be able to send or not: the encryption could not be read',
  ],
  [
    'a key policy that was denied',
    [send()],
    customerKey({ policy: 'unread' }),
    'may be able to send or not: kms:GetKeyPolicy on the key failed with AccessDeniedException',
  ],
  [
    'grants that were switched off',
    [send()],
    customerKey({ grants: 'not_asked' }),
    "may be able to send or not: the key's grants were not read (include_grants)",
  ],
  [
    'a condition',
    [send()],
    keyWith(decrypt(root(compute), fromInside)),
    'may be able to send or not: conditions or policies that are not evaluated decide',
  ],
  [
    'two who fare alike',
    [send(), send(vendor)],
    awsManagedKey(),
    `account ${compute}, account ${vendor} cannot send`,
  ],
  [
    'three actions beside reading and writing',
    [
      allow(
        arn,
        ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ListDeadLetterSourceQueues'],
        root(compute),
      ),
    ],
    awsManagedKey(),
    'describe (sqs:GetQueueAttributes, sqs:GetQueueUrl, sqs:ListDeadLetterSourceQueues)',
  ],
  ['nobody', [], awsManagedKey(), 'no other account is let in'],
  [
    'sharing that was not read',
    'unread',
    awsManagedKey(),
    'others may be let in, since its policy was not read',
  ],
  [
    'a policy that is not understood, beside what is',
    [send(), { ...send(vendor), Else: '1' }],
    awsManagedKey(),
    `account ${compute} cannot send, because the policy of an AWS managed key admits its own account only (kms:CallerAccount) and nobody can change it, and others may be let in, since its policy was in part not understood`,
  ],
])('%s', (_what, shared, key, words) => {
  expect(judge(sqsRules, arn, shared, key).explanation).toContain(words);
});

test.each<[what: string, rules: ResourceRules, action: string, arn: string, words: string]>([
  [
    'Lambda',
    lambdaRules,
    'lambda:InvokeFunction',
    `arn:aws:lambda:${region}:${data}:function:bill`,
    'can invoke: lambda uses the key by its own permission',
  ],
  [
    'EFS',
    efsRules,
    'elasticfilesystem:ClientMount',
    `arn:aws:elasticfilesystem:${region}:${data}:file-system/fs-1`,
    'can mount: elasticfilesystem uses the key by its own permission',
  ],
])('where the service is checked, the explanation says so: %s', (_what, rules, action, resource, words) => {
  const shared = [allow(resource, action, root(compute))];
  expect(judge(rules, resource, shared, customerKey()).explanation).toContain(`account ${compute} ${words}`);
});
