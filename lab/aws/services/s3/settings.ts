import type { SimAclGrant, SimBucket, SimBucketEncryption, SimPublicAccessBlock } from '../../model.ts';
import type { S3Reply } from '../../protocol/s3-xml.ts';
import { ApiError } from '../../protocol/wire.ts';
import type { XmlElements } from '../../protocol/xml.ts';
import type { Call } from '../../service.ts';
import { findBucket } from './find-bucket.ts';
import { ownerShape } from './list-buckets.ts';

export function headBucket(call: Call): S3Reply {
  const { region } = findBucket(call);
  return { headers: { 'x-amz-bucket-region': region, 'x-amz-access-point-alias': 'false' } };
}

/** Null stands for us-east-1, as ever. */
export function getBucketLocation(call: Call): S3Reply {
  const { region } = findBucket(call, { anyRegion: true });
  return { root: 'LocationConstraint', xml: region === 'us-east-1' ? null : region };
}

export function getBucketEncryption(call: Call): S3Reply {
  const { name, encryption } = findBucket(call);
  if (encryption === null) {
    throw absent(
      name,
      'ServerSideEncryptionConfigurationNotFoundError',
      'The server side encryption configuration was not found',
    );
  }
  return { root: 'ServerSideEncryptionConfiguration', xml: { Rule: ruleOf(encryption) } };
}

export function getBucketOwnershipControls(call: Call): S3Reply {
  const { name, ownership } = findBucket(call);
  if (ownership === null) {
    throw absent(name, 'OwnershipControlsNotFoundError', 'The bucket ownership controls were not found');
  }
  return { root: 'OwnershipControls', xml: { Rule: { ObjectOwnership: ownership } } };
}

export function getPublicAccessBlock(call: Call): S3Reply {
  const { name, publicAccessBlock } = findBucket(call);
  if (publicAccessBlock === null) throw noPublicAccessBlock({ BucketName: name });
  return publicAccessBlockReply(publicAccessBlock);
}

export function getBucketPolicy(call: Call): S3Reply {
  return { text: policyOf(findBucket(call)) };
}

export function getBucketPolicyStatus(call: Call): S3Reply {
  const bucket = findBucket(call);
  policyOf(bucket);
  return { root: 'PolicyStatus', xml: { IsPublic: bucket.policyIsPublic } };
}

export function getBucketAcl(call: Call): S3Reply {
  const { aclGrants } = findBucket(call);
  const owner = ownerShape(call.account.id);
  const grants = [{ grantee: owner.ID, permission: 'FULL_CONTROL' }, ...aclGrants];
  return {
    root: 'AccessControlPolicy',
    xml: { Owner: owner, AccessControlList: { Grant: grants.map(grantShape) } },
  };
}

export function publicAccessBlockReply(block: SimPublicAccessBlock): S3Reply {
  return { root: 'PublicAccessBlockConfiguration', xml: { ...block } };
}

export function noPublicAccessBlock(fields: Record<string, string>): ApiError {
  return new ApiError(
    404,
    'NoSuchPublicAccessBlockConfiguration',
    'The public access block configuration was not found',
    fields,
  );
}

function policyOf({ name, policy }: SimBucket): string {
  if (policy === null) throw absent(name, 'NoSuchBucketPolicy', 'The bucket policy does not exist');
  return policy;
}

export function absent(bucket: string, code: string, message: string): ApiError {
  return new ApiError(404, code, message, { BucketName: bucket });
}

function ruleOf(encryption: SimBucketEncryption): XmlElements {
  const { algorithm, kmsMasterKeyId, bucketKeyEnabled, blockedEncryptionTypes } = encryption;
  return {
    ApplyServerSideEncryptionByDefault:
      algorithm === null ? undefined : { SSEAlgorithm: algorithm, KMSMasterKeyID: kmsMasterKeyId },
    BucketKeyEnabled: algorithm === null ? undefined : (bucketKeyEnabled ?? false),
    BlockedEncryptionTypes:
      blockedEncryptionTypes === undefined ? undefined : { EncryptionType: blockedEncryptionTypes },
  };
}

function grantShape({ grantee, permission }: SimAclGrant): XmlElements {
  const isGroup = grantee.startsWith('http');
  const type = isGroup ? 'Group' : 'CanonicalUser';
  const element = `Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${type}"`;
  return { [element]: isGroup ? { URI: grantee } : { ID: grantee }, Permission: permission };
}
