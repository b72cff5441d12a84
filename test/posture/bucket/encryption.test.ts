import { expect, test } from 'vitest';
import { known, notAsked, unread } from '../../../src/aws/fact.ts';
import { encryptionPosture } from '../../../src/posture/bucket/encryption.ts';
import type { BucketEncryption } from '../../../src/services/s3/facts.ts';
import { data, denied, region } from '../cross-account/cast.ts';

const rule = (sseAlgorithm: string | null, kmsMasterKeyId: string | null = null): BucketEncryption => ({
  sseAlgorithm,
  kmsMasterKeyId,
  bucketKeyEnabled: null,
  blockedEncryptionTypes: null,
});
const keyArn = `arn:aws:kms:${region}:${data}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const aliasArn = `arn:aws:kms:${region}:${data}:alias/lake`;

test.each<[what: string, rule: BucketEncryption | null, sse: string, form: string, dependsOnWriter: boolean]>(
  [
    ['SSE-S3', rule('AES256'), 's3', 'none', false],
    ['SSE-KMS without a key: aws/s3', rule('aws:kms'), 'kms', 'default', false],
    ['SSE-KMS with an empty key', rule('aws:kms', ''), 'kms', 'invalid', false],
    ['SSE-KMS with an alias that lacks its prefix', rule('aws:kms', 'aws/s3'), 'kms', 'invalid', false],
    ['DSSE-KMS without a key: aws/s3', rule('aws:kms:dsse'), 'kms', 'default', false],
    ['a key ARN', rule('aws:kms', keyArn), 'kms', 'arn', false],
    ['a key ARN under DSSE-KMS', rule('aws:kms:dsse', keyArn), 'kms', 'arn', false],
    ['an alias ARN', rule('aws:kms', aliasArn), 'kms', 'alias_arn', false],
    ['a bare alias', rule('aws:kms', 'alias/lake'), 'kms', 'alias', true],
    ['the bare AWS managed alias', rule('aws:kms', 'alias/aws/s3'), 'kms', 'alias', true],
    ['a bare key id', rule('aws:kms', '1234abcd-12ab-34cd-56ef-1234567890ab'), 'kms', 'key_id', true],
    ['a multi-Region key id', rule('aws:kms', 'mrk-1234abcd12ab34cd56ef1234567890ab'), 'kms', 'key_id', true],
    ['an algorithm that came later', rule('aws:fsx'), 'other', 'none', false],
    [
      'a rule that only blocks SSE-C',
      { ...rule(null), blockedEncryptionTypes: ['SSE-C'] },
      'unspecified',
      'none',
      false,
    ],
    ['no configuration at all', null, 'unspecified', 'none', false],
  ],
)('%s', (_what, encryption, sseClass, form, keyDependsOnWriter) => {
  const posture = encryptionPosture(known(encryption));
  expect([posture.sseClass, posture.reference.form, posture.keyDependsOnWriter]).toEqual([
    sseClass,
    form,
    keyDependsOnWriter,
  ]);
});

test.each([
  ['denied', unread(denied('s3:GetBucketEncryption'))],
  ['not asked', notAsked],
])('%s is neither encrypted nor not', (_what, encryption) => {
  expect(encryptionPosture(encryption)).toMatchObject({ sseClass: 'unread', keyDependsOnWriter: null });
});
