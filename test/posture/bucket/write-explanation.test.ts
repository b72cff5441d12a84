import { expect, test } from 'vitest';
import { known, unread } from '../../../src/aws/fact.ts';
import type { BucketFacts } from '../../../src/posture/bucket/bucket-facts.ts';
import { bucketPosture } from '../../../src/posture/bucket/posture.ts';
import { writeExplanation } from '../../../src/posture/bucket/write-explanation.ts';
import { writeVerdict } from '../../../src/posture/bucket/writing.ts';
import { type ResolvedKey, withoutKey } from '../../../src/posture/resource-key.ts';
import {
  awsManagedKey,
  compute,
  customerKey,
  data,
  decrypt,
  denied,
  noPolicies,
  organization,
  region,
  role,
  root,
  type Statement,
  vendor,
} from '../cross-account/cast.ts';
import { arn, bucketFacts, read } from './bucket.ts';

const keyArn = `arn:aws:kms:${region}:${data}:key/k`;
const writer = role(compute);
const write = (principal: unknown, changes: Statement = {}) =>
  read(principal, { Action: 's3:PutObject', ...changes });
const service = (name: string) => ({ Service: name });
const generate = (principal: unknown): Statement => ({
  ...decrypt(principal),
  Action: 'kms:GenerateDataKey',
});
const keyFor = (...statements: readonly Statement[]) => customerKey({ statements });

function explain(policy: readonly Statement[], key: ResolvedKey, bucket: Partial<BucketFacts> = {}): string {
  const posture = bucketPosture({ ...bucketFacts({}, policy), ...bucket }, organization);
  return writeExplanation(posture, writeVerdict(posture, key), noPolicies);
}

test('two writers, one of whom cannot upload in parts', () => {
  const policy = [write(writer), write(root(vendor))];
  expect(explain(policy, keyFor(generate(writer)))).toBe(
    `Bucket lake, writes under its default, the KMS key ${keyArn}: ` +
      `account ${vendor} cannot write, because neither the key policy nor a grant admits a principal that the bucket policy admits to kms:GenerateDataKey through S3, ` +
      `and account ${compute} can write where IAM there allows it, but not in parts: multipart uploads need kms:Decrypt, too, which the key does not allow; ` +
      'a writer may name SSE-S3 or another key instead',
  );
});

test.each<[what: string, text: string, said: string]>([
  [
    'nobody',
    explain([], customerKey()),
    'Bucket lake: the bucket policy admits no other account to write objects',
  ],
  [
    'a policy that was denied',
    explain([], customerKey(), { policy: unread(denied('s3:GetBucketPolicy')) }),
    'others may be admitted since the bucket policy was not read',
  ],
  [
    'whole and in parts',
    explain([write(writer)], keyFor(decrypt(writer))),
    `account ${compute} can write where IAM there allows it; a writer may name`,
  ],
  [
    'SSE-S3',
    explain([write(writer)], withoutKey('aws_owned'), {
      encryption: known({
        sseAlgorithm: 'AES256',
        kmsMasterKeyId: null,
        bucketKeyEnabled: null,
        blockedEncryptionTypes: null,
      }),
    }),
    `SSE-S3 (a key that AWS owns): account ${compute} meets no KMS barrier and can write where IAM there allows it; a writer may name a KMS key instead`,
  ],
  [
    'log delivery',
    explain([write(service('delivery.logs.amazonaws.com'))], awsManagedKey()),
    'service delivery.logs.amazonaws.com cannot write, because the policy of an AWS managed key',
  ],
  [
    'server access logs',
    explain([write(service('logging.s3.amazonaws.com'))], customerKey()),
    'service logging.s3.amazonaws.com cannot write, because such logs reach buckets under SSE-S3 only',
  ],
  [
    'replication',
    explain([read(writer, { Action: 's3:ReplicateObject' })], keyFor(generate(writer))),
    `account ${compute} cannot replicate objects into it under its key, because neither the key policy nor a grant admits a principal that the bucket policy admits to kms:Encrypt through S3`,
  ],
  [
    'a bare alias',
    explain([write(writer)], customerKey(), {
      encryption: known({
        sseAlgorithm: 'aws:kms',
        kmsMasterKeyId: 'alias/lake',
        bucketKeyEnabled: null,
        blockedEncryptionTypes: null,
      }),
    }),
    'may be able to write or not: S3 resolves alias/lake in the account of whoever writes',
  ],
  [
    'a prefix',
    explain([write(writer, { Resource: `${arn}/in/*` })], customerKey()),
    `account ${compute} (only objects in/*) cannot write`,
  ],
])('%s', (_what, text, said) => {
  expect(text).toContain(said);
});

const algorithm = 's3:x-amz-server-side-encryption';
const key = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const allowing = (condition: object) => [write(writer, { Condition: { StringEquals: condition } })];

test.each<[what: string, policy: readonly Statement[], said: string, not: string]>([
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
])('%s', (_what, policy, said, not) => {
  const text = explain(policy, keyFor(decrypt(writer)));
  expect(text).toContain(said);
  expect(text).not.toContain(not);
});
