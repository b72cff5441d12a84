import { unread } from '../../../../src/aws/fact.ts';
import { withoutKey } from '../../../../src/posture/resource-key.ts';
import {
  awsManagedKey,
  compute,
  customerKey,
  data,
  denied,
  goneKey,
  keyWith,
  ours,
  region,
  role,
  root,
  third,
  vendor,
} from '../../cross-account/cast.ts';
import { arn, read } from '../bucket.ts';
import { type BucketCase, bucketKey, byOrganization, restricted, sseS3 } from './case.ts';

const writer = role(compute, 'writer');
const write = (principal: unknown, changes: object = {}) =>
  read(principal, { Action: 's3:PutObject', ...changes });
const service = (name: string) => ({ Service: name });
const letUse = (principal: unknown, ...actions: readonly string[]) => ({
  Effect: 'Allow',
  Principal: typeof principal === 'string' ? { AWS: principal } : principal,
  Action: actions.map((action) => `kms:${action}`),
  Resource: '*',
});
const writers = [write(writer)];
const writable = { readableAccounts: [compute], blockedAccounts: [], unknownAccounts: [] };
const blocked = { readableAccounts: [], blockedAccounts: [compute], unknownAccounts: [] };
const unknown = { readableAccounts: [], blockedAccounts: [], unknownAccounts: [compute] };
const sseS3Key = withoutKey('aws_owned');
const logs = service('delivery.logs.amazonaws.com');
const replicate = { Action: ['s3:ReplicateObject', 's3:ReplicateDelete'] };
const trail = `arn:aws:cloudtrail:${region}:${data}:trail/all`;

/** `read` is here what is judged of writing. */
export const writing: readonly BucketCase[] = [
  ['nobody is let in', [read(role(compute))], customerKey(), { read: 'not_shared', readableAccounts: [] }],
  ['aws/s3', writers, awsManagedKey(), { read: 'blocked_by_aws_managed_key', ...blocked }],
  [
    'a key for kms:GenerateDataKey',
    writers,
    keyWith(letUse(writer, 'GenerateDataKey')),
    { read: 'possible', ...writable },
  ],
  [
    'a key for kms:GenerateDataKey*',
    writers,
    keyWith(letUse(writer, 'GenerateDataKey*')),
    { read: 'possible', ...writable },
  ],
  [
    'a key to read with',
    writers,
    keyWith(letUse(writer, 'Decrypt')),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'a key to encrypt with is not enough',
    writers,
    keyWith(letUse(writer, 'Encrypt')),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  ['a key that is gone', writers, goneKey, { read: 'blocked_by_key_state', ...blocked }],
  [
    'an RSA key',
    writers,
    customerKey({ metadata: { keySpec: 'RSA_2048' } }),
    { read: 'blocked_by_key_state', ...blocked },
  ],
  ['SSE-S3', writers, sseS3Key, { read: 'no_kms_barrier', ...writable }, sseS3],
  [
    'SSE-S3, under a condition that is not decided',
    [write(writer, { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })],
    sseS3Key,
    { read: 'unknown', ...unknown },
    sseS3,
  ],
  [
    'who only deletes writes nothing',
    [read(writer, { Action: 's3:DeleteObject' })],
    awsManagedKey(),
    { read: 'not_shared', blockedAccounts: [] },
  ],
  [
    'one prefix in the bucket, another in the key',
    [write(writer, { Resource: `${arn}/in/*` })],
    keyWith({
      ...letUse(writer, 'GenerateDataKey'),
      Condition: { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `${arn}/out/*` } },
    }),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'through S3 only, and for the bucket under a bucket key',
    writers,
    keyWith({
      ...letUse(writer, 'GenerateDataKey'),
      Condition: {
        StringEquals: {
          'kms:ViaService': `s3.${region}.amazonaws.com`,
          'kms:EncryptionContext:aws:s3:arn': arn,
        },
      },
    }),
    { read: 'possible', ...writable },
    bucketKey,
  ],
  [
    'one account can, one cannot, an organization cannot',
    [...writers, write(root(vendor)), write('*', byOrganization(ours))],
    keyWith(letUse(writer, 'GenerateDataKey')),
    {
      read: 'partly_blocked',
      readableAccounts: [compute],
      blockedAccounts: [vendor],
      blockedOrganizations: [ours],
    },
  ],
  [
    'a public policy under a block',
    [write('*'), ...writers],
    sseS3Key,
    { read: 'blocked_by_public_access_block', ...blocked },
    { ...sseS3, ...restricted, policyIsPublic: { state: 'known', value: true } },
  ],
  [
    'bucket policy denied',
    [],
    awsManagedKey(),
    { read: 'unknown', readableAccounts: null, blockedServices: null },
    { policy: unread(denied('s3:GetBucketPolicy')) },
  ],
  ...['alias/lake', '1234abcd-12ab-34cd-56ef-1234567890ab'].map(
    (kmsMasterKeyId): BucketCase => [
      `${kmsMasterKeyId} is resolved in the writer's account`,
      writers,
      customerKey(),
      { read: 'unknown', ...unknown },
      {
        encryption: {
          state: 'known',
          value: {
            sseAlgorithm: 'aws:kms',
            kmsMasterKeyId,
            bucketKeyEnabled: false,
            blockedEncryptionTypes: null,
          },
        },
      },
    ],
  ),
];

const algorithm = 's3:x-amz-server-side-encryption';
const keyHeader = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const keyArn = `arn:aws:kms:${region}:${data}:key/k`;
const refuse = (Condition: object) => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:PutObject',
  Resource: `${arn}/*`,
  Condition,
});
const admitting = keyWith(letUse(writer, 'GenerateDataKey'));

/** What the bucket policy demands in the headers of PutObject is the writer's to send. */
export const demandedHeaders: readonly BucketCase[] = [
  [
    'this key',
    [...writers, refuse({ StringNotEquals: { [keyHeader]: keyArn } })],
    admitting,
    { read: 'possible', ...writable },
  ],
  [
    'SSE-KMS',
    [...writers, refuse({ StringNotEquals: { [algorithm]: 'aws:kms' } })],
    customerKey(),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'the ACL that gives the owner control',
    [...writers, refuse({ StringNotEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } })],
    admitting,
    { read: 'possible', ...writable },
  ],
  [
    'SSE-S3 in place of the default: no key is asked',
    [...writers, refuse({ StringNotEquals: { [algorithm]: 'AES256' } })],
    customerKey(),
    { read: 'no_kms_barrier', ...writable },
  ],
  [
    'SSE-S3 in place of aws/s3',
    [...writers, refuse({ StringNotEquals: { [algorithm]: 'AES256' } })],
    awsManagedKey(),
    { read: 'no_kms_barrier', ...writable },
  ],
  [
    'SSE-S3, under another condition that is not decided',
    [
      write(writer, { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }),
      refuse({ StringNotEquals: { [algorithm]: 'AES256' } }),
    ],
    customerKey(),
    { read: 'unknown', ...unknown },
  ],
  [
    'another key: what that one says is not known',
    [...writers, refuse({ StringNotEquals: { [keyHeader]: `${keyArn}0` } })],
    admitting,
    { read: 'unknown', ...unknown },
  ],
  [
    'a key where the default is SSE-S3',
    [...writers, refuse({ StringNotEquals: { [algorithm]: 'aws:kms' } })],
    sseS3Key,
    { read: 'unknown', ...unknown },
    sseS3,
  ],
  [
    'another key, under a block',
    [write('*'), refuse({ StringNotEquals: { [keyHeader]: `${keyArn}0` } })],
    admitting,
    { read: 'blocked_by_public_access_block', blockedAnyone: true },
    { ...restricted, policyIsPublic: { state: 'known', value: true } },
  ],
  [
    'another key, of one account only',
    [...writers, write(root(vendor), { Condition: { StringEquals: { [keyHeader]: `${keyArn}0` } } })],
    keyWith(letUse(writer, 'GenerateDataKey'), letUse(root(vendor), 'GenerateDataKey')),
    { read: 'unknown', readableAccounts: [compute], unknownAccounts: [vendor] },
  ],
];

/** Services that write logs. */
export const logDelivery: readonly BucketCase[] = [
  [
    'log delivery, aws/s3',
    [write(logs)],
    awsManagedKey(),
    { read: 'not_shared', blockedServices: ['delivery.logs.amazonaws.com'] },
  ],
  [
    'log delivery, a key that does not admit it',
    [write(logs)],
    customerKey(),
    { read: 'not_shared', blockedServices: ['delivery.logs.amazonaws.com'] },
  ],
  [
    'log delivery, a key that admits it',
    [write(logs)],
    keyWith(letUse(logs, 'GenerateDataKey*', 'Decrypt')),
    { read: 'not_shared', blockedServices: [] },
  ],
  ['log delivery, SSE-S3', [write(logs)], sseS3Key, { read: 'not_shared', blockedServices: [] }, sseS3],
  [
    'Config, a key for another source account',
    [write(service('config.amazonaws.com'), { Condition: { StringEquals: { 'aws:SourceAccount': data } } })],
    keyWith({
      ...letUse(service('config.amazonaws.com'), 'GenerateDataKey'),
      Condition: { StringEquals: { 'aws:SourceAccount': third } },
    }),
    { read: 'not_shared', blockedServices: ['config.amazonaws.com'] },
  ],
  [
    'CloudTrail, a key that does not admit it',
    [write(service('cloudtrail.amazonaws.com'))],
    customerKey(),
    { read: 'not_shared', blockedServices: ['cloudtrail.amazonaws.com'] },
  ],
  [
    "CloudTrail, AWS's key policy for a trail: whether the trail names the key is not known",
    [write(service('cloudtrail.amazonaws.com'), { Condition: { StringEquals: { 'aws:SourceArn': trail } } })],
    keyWith({
      ...letUse(service('cloudtrail.amazonaws.com'), 'GenerateDataKey*'),
      Condition: {
        StringEquals: { 'aws:SourceArn': trail },
        StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': `arn:aws:cloudtrail:*:${data}:trail/*` },
      },
    }),
    { read: 'not_shared', blockedServices: [] },
  ],
  ...['logging.s3.amazonaws.com', 'logdelivery.elasticloadbalancing.amazonaws.com'].flatMap(
    (name): BucketCase[] => [
      [
        `${name}, even with a key that admits it`,
        [write(service(name))],
        keyWith(letUse(service(name), 'GenerateDataKey')),
        { read: 'not_shared', blockedServices: [name] },
      ],
      [
        `${name}, SSE-S3`,
        [write(service(name))],
        sseS3Key,
        { read: 'not_shared', blockedServices: [] },
        sseS3,
      ],
    ],
  ),
  [
    "Elastic Load Balancing's account of an older region",
    [write(root('156460612806'))],
    keyWith(letUse(root('156460612806'), 'GenerateDataKey')),
    { read: 'not_shared', blockedServices: [root('156460612806')] },
  ],
];

/** Replication with a role of the source's account. */
export const replication: readonly BucketCase[] = [
  [
    'a key for kms:Encrypt',
    [read(writer, replicate)],
    keyWith(letUse(writer, 'Encrypt')),
    { read: 'possible', ...writable },
  ],
  [
    'a key that does not admit the role',
    [read(writer, replicate)],
    customerKey(),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'a key for kms:GenerateDataKey only',
    [read(writer, replicate)],
    keyWith(letUse(writer, 'GenerateDataKey')),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'a bucket key needs kms:Decrypt, too',
    [read(writer, replicate)],
    keyWith(letUse(writer, 'Encrypt')),
    { read: 'blocked_by_key_policy', ...blocked },
    bucketKey,
  ],
  [
    'a bucket key, kms:Encrypt and kms:Decrypt',
    [read(writer, replicate)],
    keyWith(letUse(writer, 'Encrypt'), letUse(writer, 'Decrypt')),
    { read: 'possible', ...writable },
    bucketKey,
  ],
  [
    'who may put objects, too, is judged by that',
    [...writers, read(writer, replicate)],
    keyWith(letUse(writer, 'GenerateDataKey')),
    { read: 'possible', ...writable },
  ],
  ['aws/s3', [read(writer, replicate)], awsManagedKey(), { read: 'blocked_by_aws_managed_key', ...blocked }],
];
