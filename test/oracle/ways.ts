import type { Bucket } from './arbitrary-world.ts';
import type { Way } from './operation.ts';
import { bucketArn, cousin, member, passerBy, queueArn, sibling, stranger, vendor } from './world.ts';

/**
 * GetObject, or GetObjectVersion with a version's id; under SSE-KMS S3 calls Decrypt for the reader. The encryption
 * context is the object's ARN, or the bucket's where a bucket key is used; without TLS S3 refuses objects under
 * SSE-KMS (S3 user guide, "Using server-side encryption with AWS KMS keys", read 2026-11-28). The grid's objects: one
 * below no prefix, and one below each prefix that the documents write, by name or by a variable.
 */
export function readObject({ policy, key, bucketKey }: Bucket): readonly Way[] {
  const text = JSON.stringify([policy, key]);
  const prefixes = ['data/', 'logs/'].filter((prefix) => text.includes(`/${prefix}`));
  // In a policy without a version the variable is the object's name.
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
  const variable = ['${aws:PrincipalAccount}', sibling, cousin, stranger, vendor, passerBy, member];
  const folders = [...prefixes, ...(text.includes('/${') ? variable.map((name) => `${name}/`) : [])];
  const objects = ['x', ...folders.map((folder) => `${folder}x`)];
  // Without a Deny, a NotAction or its name, whoever may get a version may get the object.
  const versions = /GetObjectVersion|"Deny"|NotAction/.test(JSON.stringify(policy));
  return objects.flatMap((object) =>
    (versions ? ['s3:GetObject', 's3:GetObjectVersion'] : ['s3:GetObject']).map((action) => ({
      action,
      resource: `${bucketArn}/${object}`,
      keyActions: ['kms:Decrypt'],
      service: 's3',
      encryptionContext: { 'aws:s3:arn': bucketKey ? bucketArn : `${bucketArn}/${object}` },
      onlyTls: key !== null,
    })),
  );
}

const queue = {
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
  },
];
