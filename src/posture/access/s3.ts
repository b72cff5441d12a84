import type { ActionRule, ServiceGrammar } from '../policy/grammar.ts';
import { s3RequestKeys } from './s3-request-keys.ts';

const object = (access: ActionRule['access']): ActionRule => ({
  access,
  acrossAccounts: true,
  on: 'contents',
});
const bucket = (access: ActionRule['access']): ActionRule => ({
  access,
  acrossAccounts: true,
  on: 'resource',
});
const owner = (access: ActionRule['access']): ActionRule => ({
  access,
  acrossAccounts: false,
  on: 'resource',
});

/**
 * S3 in bucket policies: actions on objects (`arn:aws:s3:::bucket/…`) and on the bucket itself (Service
 * Authorization Reference, read 2026-11-24). The policy, its status and the like answer only to the owner's
 * account (GetBucketPolicy: 405 MethodNotAllowed for others).
 */
export const s3: ServiceGrammar = {
  service: 's3',
  actions: {
    GetObject: object('read'),
    GetObjectVersion: object('read'),
    GetObjectTorrent: object('read'),
    GetObjectVersionTorrent: object('read'),
    GetObjectVersionForReplication: object('read'),

    PutObject: object('write'),
    DeleteObject: object('write'),
    DeleteObjectVersion: object('write'),
    ReplicateObject: object('write'),
    ReplicateDelete: object('write'),
    RestoreObject: object('write'),
    AbortMultipartUpload: object('write'),

    ListBucket: bucket('list'),
    ListBucketVersions: bucket('list'),
    ListBucketMultipartUploads: bucket('list'),
    ListMultipartUploadParts: object('list'),

    GetObjectAcl: object('read_metadata'),
    GetObjectVersionAcl: object('read_metadata'),
    GetObjectAttributes: object('read_metadata'),
    GetObjectVersionAttributes: object('read_metadata'),
    GetObjectTagging: object('read_metadata'),
    GetObjectVersionTagging: object('read_metadata'),
    GetObjectRetention: object('read_metadata'),
    GetObjectLegalHold: object('read_metadata'),
    GetBucketLocation: bucket('read_metadata'),
    GetBucketAcl: bucket('read_metadata'),
    GetBucketCORS: bucket('read_metadata'),
    GetBucketLogging: bucket('read_metadata'),
    GetBucketNotification: bucket('read_metadata'),
    GetBucketObjectLockConfiguration: bucket('read_metadata'),
    GetBucketOwnershipControls: bucket('read_metadata'),
    GetBucketPublicAccessBlock: bucket('read_metadata'),
    GetBucketRequestPayment: bucket('read_metadata'),
    GetBucketTagging: bucket('read_metadata'),
    GetBucketVersioning: bucket('read_metadata'),
    GetBucketWebsite: bucket('read_metadata'),
    GetEncryptionConfiguration: bucket('read_metadata'),
    GetLifecycleConfiguration: bucket('read_metadata'),
    GetReplicationConfiguration: bucket('read_metadata'),
    GetBucketPolicy: owner('read_metadata'),
    GetBucketPolicyStatus: owner('read_metadata'),

    BypassGovernanceRetention: object('administer'),
    DeleteObjectTagging: object('administer'),
    DeleteObjectVersionTagging: object('administer'),
    ObjectOwnerOverrideToBucketOwner: object('administer'),
    PutObjectAcl: object('administer'),
    PutObjectVersionAcl: object('administer'),
    PutObjectTagging: object('administer'),
    PutObjectVersionTagging: object('administer'),
    PutObjectRetention: object('administer'),
    PutObjectLegalHold: object('administer'),
    ReplicateTags: object('administer'),
    PutBucketAcl: bucket('administer'),
    PutBucketCORS: bucket('administer'),
    PutBucketLogging: bucket('administer'),
    PutBucketNotification: bucket('administer'),
    PutBucketObjectLockConfiguration: bucket('administer'),
    PutBucketOwnershipControls: bucket('administer'),
    PutBucketPublicAccessBlock: bucket('administer'),
    PutBucketRequestPayment: bucket('administer'),
    PutBucketTagging: bucket('administer'),
    PutBucketVersioning: bucket('administer'),
    PutBucketWebsite: bucket('administer'),
    DeleteBucketWebsite: bucket('administer'),
    PutEncryptionConfiguration: bucket('administer'),
    PutLifecycleConfiguration: bucket('administer'),
    PutReplicationConfiguration: bucket('administer'),
    DeleteBucket: bucket('administer'),
    DeleteBucketPolicy: owner('administer'),
    PutBucketPolicy: owner('administer'),
  },
  accountKeys: [],
  viaServiceKeys: [],
  delegationKeys: { account: ['s3:dataaccesspointaccount'], arn: ['s3:dataaccesspointarn'] },
  // How the caller connects and signs is the caller's to choose; it keeps no principal out.
  callerChoice: ['aws:securetransport', 's3:tlsversion', 's3:signatureversion'],
  requestKeys: s3RequestKeys,
  anonymous: true,
};
