import type { Operation } from './operations.ts';

/**
 * Where IAM names the permission otherwise than the API its operation (Service Authorization Reference, Amazon S3,
 * read 2026-11-23, and Amazon S3 Express, read 2026-11-29).
 */
const otherwise: Partial<Readonly<Record<Operation, string>>> = {
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
  's3:GetBucketReplication': 's3:GetReplicationConfiguration',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3express:GetBucketEncryption': 's3express:GetEncryptionConfiguration',
  's3express:ListDirectoryBuckets': 's3express:ListAllMyDirectoryBuckets',
};

/** The IAM action that allows an operation. */
export const iamAction = (operation: Operation): string => otherwise[operation] ?? operation;

/** The IAM actions that allow the operations, sorted, each once. */
export function iamActions(operations: readonly Operation[]): readonly string[] {
  return [...new Set(operations.map(iamAction))].sort();
}
