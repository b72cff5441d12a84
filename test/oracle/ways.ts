import type { Policy } from '../../lab/aws/iam/policy.ts';
import type { Bucket } from './arbitrary-world.ts';
import type { Way } from './operation.ts';
import { bucketArn, cousin, member, passersBy, queueArn, sibling, stranger, vendor } from './world.ts';

/**
 * The objects of the grid: one below no prefix, and one below each prefix that the documents write, by name or by a
 * variable.
 */
function objectsOf({ policy, key }: Bucket, more: readonly Policy[]): readonly string[] {
  const text = JSON.stringify([policy, key, more]);
  const prefixes = ['data/', 'logs/'].filter((prefix) => text.includes(`/${prefix}`));
  // In a policy without a version the variable is the object's name.
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
  const variable = ['${aws:PrincipalAccount}', sibling, cousin, stranger, vendor, ...passersBy, member];
  const folders = [...prefixes, ...(text.includes('/${') ? variable.map((name) => `${name}/`) : [])];
  return ['x', ...folders.map((folder) => `${folder}x`)];
}

/**
 * What S3 does on an object for its caller. The encryption context is the object's ARN, or the bucket's where a bucket
 * key is used; without TLS S3 refuses what SSE-KMS is asked for (S3 user guide, "Using server-side encryption with AWS
 * KMS keys", read 2026-11-28).
 */
const onObjects = (
  bucket: Bucket,
  more: readonly Policy[],
  actions: readonly string[],
  keyActions: readonly string[],
  parameters: readonly string[],
): readonly Way[] =>
  objectsOf(bucket, more).flatMap((object) =>
    actions.map((action) => ({
      action,
      resource: `${bucketArn}/${object}`,
      keyActions,
      service: 's3',
      encryptionContext: { 'aws:s3:arn': bucket.bucketKey ? bucketArn : `${bucketArn}/${object}` },
      onlyTls: bucket.key !== null,
      parameters,
    })),
  );

/**
 * GetObject, or GetObjectVersion with a version's id, or an object's annotation; S3 calls Decrypt for the reader.
 * @param more policies of access points, which write prefixes and actions, too
 */
export function readObject(bucket: Bucket, more: readonly Policy[] = []): readonly Way[] {
  // Without a Deny, a NotAction or their names, whoever may get the others may get the object.
  const others = /GetObjectVersion|"Deny"|NotAction/.test(JSON.stringify([bucket.policy, more]));
  const actions = ['s3:GetObject', ...(others ? ['s3:GetObjectVersion', 's3:GetObjectAnnotation'] : [])];
  return onObjects(bucket, more, actions, ['kms:Decrypt'], []);
}

/** PutObject under the bucket's default; S3 calls GenerateDataKey for the writer. */
export const writeObject = (bucket: Bucket, more: readonly Policy[] = []): readonly Way[] =>
  onObjects(bucket, more, ['s3:PutObject'], ['kms:GenerateDataKey'], ['s3:x-amz-acl']);

const queue = {
  parameters: [],
  resource: queueArn,
  service: 'sqs',
  encryptionContext: { 'aws:sqs:arn': queueArn },
  onlyTls: true,
};

/** A producer needs GenerateDataKey and Decrypt, a consumer Decrypt (SQS developer guide, "Key management"). */
export const sendMessage: readonly Way[] = [
  { ...queue, action: 'sqs:SendMessage', keyActions: ['kms:GenerateDataKey', 'kms:Decrypt'] },
];
export const receiveMessage: readonly Way[] = [
  { ...queue, action: 'sqs:ReceiveMessage', keyActions: ['kms:Decrypt'] },
];

/** EBS user guide, "Share the KMS key used to encrypt a shared Amazon EBS snapshot", read 2026-11-28. */
export const copySnapshot: readonly Way[] = [
  {
    action: null,
    resource: '',
    keyActions: [
      'kms:DescribeKey',
      'kms:CreateGrant',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:ReEncryptFrom',
      'kms:Decrypt',
    ],
    service: 'ec2',
    encryptionContext: { 'aws:ebs:id': 'vol-0123456789abcdef0' },
    onlyTls: true,
    parameters: [],
  },
];
