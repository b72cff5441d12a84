import { expect, test } from 'vitest';
import { unread } from '../../../src/aws/fact.ts';
import { withoutKey } from '../../../src/posture/resource-key.ts';
import {
  awsManagedKey,
  compute,
  customerKey,
  decrypt,
  denied,
  role,
  root,
  type Statement,
  vendor,
} from '../cross-account/cast.ts';
import { arn, read } from './bucket.ts';
import { explainWriting, keyArn, rule } from './explain.ts';

const writer = role(compute);
const write = (principal: unknown, changes: Statement = {}) =>
  read(principal, { Action: 's3:PutObject', ...changes });
const service = (name: string) => ({ Service: name });
const generate = (principal: unknown): Statement => ({
  ...decrypt(principal),
  Action: 'kms:GenerateDataKey',
});
const keyFor = (...statements: readonly Statement[]) => customerKey({ statements });

test('two writers, one of whom cannot upload in parts', () => {
  const policy = [write(writer), write(root(vendor))];
  expect(explainWriting(policy, keyFor(generate(writer)))).toBe(
    `Bucket lake, writes under its default, the KMS key ${keyArn}: ` +
      `account ${vendor} cannot write, because neither the key policy nor a grant admits a principal that the bucket policy admits to kms:GenerateDataKey through S3, ` +
      `and account ${compute} can write where IAM there allows it, but not in parts: multipart uploads need kms:Decrypt, too, which the key does not allow; ` +
      'a writer may name SSE-S3 or another key instead',
  );
});

test.each<[what: string, text: string, phrase: string]>([
  [
    'nobody',
    explainWriting([], customerKey()),
    'Bucket lake: the bucket policy admits no other account to write objects',
  ],
  [
    'a policy that was denied',
    explainWriting([], customerKey(), { policy: unread(denied('s3:GetBucketPolicy')) }),
    'others may be admitted since the bucket policy was not read',
  ],
  [
    'whole and in parts',
    explainWriting([write(writer)], keyFor(decrypt(writer))),
    `account ${compute} can write where IAM there allows it; a writer may name`,
  ],
  [
    'SSE-S3',
    explainWriting([write(writer)], withoutKey('aws_owned'), rule('AES256')),
    `SSE-S3 (a key that AWS owns): account ${compute} meets no KMS barrier and can write where IAM there allows it; a writer may name a KMS key instead`,
  ],
  [
    'log delivery',
    explainWriting([write(service('delivery.logs.amazonaws.com'))], awsManagedKey()),
    'service delivery.logs.amazonaws.com cannot write, because the policy of an AWS managed key',
  ],
  [
    'server access logs',
    explainWriting([write(service('logging.s3.amazonaws.com'))], customerKey()),
    'service logging.s3.amazonaws.com cannot write, because such logs reach buckets under SSE-S3 only',
  ],
  [
    'replication',
    explainWriting([read(writer, { Action: 's3:ReplicateObject' })], keyFor(generate(writer))),
    `account ${compute} cannot replicate objects into it under its key, because neither the key policy nor a grant admits a principal that the bucket policy admits to kms:Encrypt through S3`,
  ],
  [
    'a bare alias',
    explainWriting([write(writer)], customerKey(), rule('aws:kms', 'alias/lake')),
    'may be able to write or not: S3 resolves alias/lake in the account of whoever writes',
  ],
  [
    'a prefix',
    explainWriting([write(writer, { Resource: `${arn}/in/*` })], customerKey()),
    `account ${compute} (only objects in/*) cannot write`,
  ],
])('%s', (_what, text, phrase) => {
  expect(text).toContain(phrase);
});

const algorithm = 's3:x-amz-server-side-encryption';
const key = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const allowing = (condition: object) => [write(writer, { Condition: { StringEquals: condition } })];

test.each<[what: string, policy: readonly Statement[], phrase: string, not: string]>([
  [
    'this key is demanded',
    allowing({ [key]: keyArn }),
    'the bucket policy accepts no other encryption',
    'a writer may name',
  ],
  [
    'SSE-S3 is demanded',
    allowing({ [algorithm]: 'AES256' }),
    'write under SSE-S3, which the bucket policy demands in place of the default',
    'a writer may name',
  ],
  [
    'another key is demanded',
    allowing({ [key]: `${keyArn}0` }),
    'cannot write under it, because the bucket policy demands another encryption in the headers',
    'a writer may name',
  ],
])('%s', (_what, policy, phrase, not) => {
  const text = explainWriting(policy, keyFor(decrypt(writer)));
  expect(text).toContain(phrase);
  expect(text).not.toContain(not);
});
