import {
  type ActionRule,
  across,
  actionTable,
  noEffect,
  own,
  type ServiceGrammar,
} from '../policy/grammar.ts';
import { s3RequestKeys } from './s3-request-keys.ts';

const object = (access: ActionRule['access']): ActionRule => ({
  access,
  acrossAccounts: true,
  on: 'contents',
});

/**
 * S3 in bucket policies: actions on objects (`arn:aws:s3:::bucket/…`) and on the bucket itself (Service
 * Authorization Reference, as of 2026-09-26, read 2026-11-28). The policy, its status and the like answer only to
 * the owner's account (GetBucketPolicy: 405 MethodNotAllowed for others).
 */
export const s3: ServiceGrammar = {
  service: 's3',
  actions: actionTable(
    [
      object('read'),
      // Annotations are up to 1 MiB each and encrypted as their object is (API reference, PutObjectAnnotation).
      `GetObject GetObjectAnnotation GetObjectTorrent GetObjectVersion GetObjectVersionAnnotation
       GetObjectVersionAnnotationForReplication GetObjectVersionForReplication GetObjectVersionTorrent`,
    ],
    [
      object('write'),
      `AbortMultipartUpload DeleteObject DeleteObjectAnnotation DeleteObjectVersion DeleteObjectVersionAnnotation
       PutObject PutObjectAnnotation PutObjectVersionAnnotation ReplicateDelete ReplicateObject
       ReplicateObjectAnnotation RestoreObject`,
    ],
    [across('list'), 'ListBucket ListBucketMultipartUploads ListBucketVersions'],
    [object('list'), 'ListMultipartUploadParts ListObjectAnnotations ListObjectVersionAnnotations'],
    [
      object('read_metadata'),
      `GetObjectAcl GetObjectAttributes GetObjectLegalHold GetObjectRetention GetObjectTagging
       GetObjectVersionAcl GetObjectVersionAttributes GetObjectVersionTagging`,
    ],
    [
      across('read_metadata'),
      `GetAccelerateConfiguration GetAnalyticsConfiguration GetBucketAbac GetBucketAcl GetBucketCORS
       GetBucketLocation GetBucketLogging GetBucketMetadataTableConfiguration GetBucketNotification
       GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPublicAccessBlock
       GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration
       GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration
       GetMetricsConfiguration GetReplicationConfiguration ListTagsForResource`,
    ],
    [own('read_metadata'), 'GetBucketPolicy GetBucketPolicyStatus'],
    [
      object('administer'),
      `BypassGovernanceRetention DeleteObjectTagging DeleteObjectVersionTagging InitiateReplication
       ObjectOwnerOverrideToBucketOwner PutObjectAcl PutObjectLegalHold PutObjectRetention PutObjectTagging
       PutObjectVersionAcl PutObjectVersionTagging ReplicateTags UpdateObjectEncryption`,
    ],
    [
      across('administer'),
      `AllowVendedLogDeliveryForResource CreateBucketMetadataTableConfiguration DeleteBucket
       DeleteBucketMetadataTableConfiguration DeleteBucketWebsite PauseReplication PutAccelerateConfiguration
       PutAnalyticsConfiguration PutBucketAbac PutBucketAcl PutBucketCORS PutBucketLogging PutBucketNotification
       PutBucketObjectLockConfiguration PutBucketOwnershipControls PutBucketPublicAccessBlock
       PutBucketRequestPayment PutBucketTagging PutBucketVersioning PutBucketWebsite PutEncryptionConfiguration
       PutIntelligentTieringConfiguration PutInventoryConfiguration PutLifecycleConfiguration
       PutMetricsConfiguration PutReplicationConfiguration TagResource UntagResource
       UpdateBucketMetadataAnnotationTableConfiguration UpdateBucketMetadataInventoryTableConfiguration
       UpdateBucketMetadataJournalTableConfiguration`,
    ],
    [own('administer'), 'DeleteBucketPolicy PutBucketPolicy'],
    // Of the account, or of access points, access grants, jobs and Storage Lens, which have policies of their own.
    [
      noEffect,
      `AssociateAccessGrantsIdentityCenter CreateAccessGrant CreateAccessGrantsInstance
       CreateAccessGrantsLocation CreateAccessPoint CreateAccessPointForObjectLambda CreateBucket CreateJob
       CreateMultiRegionAccessPoint CreateStorageLensGroup DeleteAccessGrant DeleteAccessGrantsInstance
       DeleteAccessGrantsInstanceResourcePolicy DeleteAccessGrantsLocation DeleteAccessPoint
       DeleteAccessPointForObjectLambda DeleteAccessPointPolicy DeleteAccessPointPolicyForObjectLambda
       DeleteJobTagging DeleteMultiRegionAccessPoint DeleteStorageLensConfiguration
       DeleteStorageLensConfigurationTagging DeleteStorageLensGroup DescribeJob
       DescribeMultiRegionAccessPointOperation DissociateAccessGrantsIdentityCenter GetAccessGrant
       GetAccessGrantsInstance GetAccessGrantsInstanceForPrefix GetAccessGrantsInstanceResourcePolicy
       GetAccessGrantsLocation GetAccessPoint GetAccessPointConfigurationForObjectLambda
       GetAccessPointForObjectLambda GetAccessPointPolicy GetAccessPointPolicyForObjectLambda
       GetAccessPointPolicyStatus GetAccessPointPolicyStatusForObjectLambda GetAccountPublicAccessBlock
       GetDataAccess GetJobTagging GetMultiRegionAccessPoint GetMultiRegionAccessPointPolicy
       GetMultiRegionAccessPointPolicyStatus GetMultiRegionAccessPointRoutes GetStorageLensConfiguration
       GetStorageLensConfigurationTagging GetStorageLensDashboard GetStorageLensGroup ListAccessGrants
       ListAccessGrantsInstances ListAccessGrantsLocations ListAccessPoints ListAccessPointsForObjectLambda
       ListAllMyBuckets ListCallerAccessGrants ListJobs ListMultiRegionAccessPoints
       ListStorageLensConfigurations ListStorageLensGroups PutAccessGrantsInstanceResourcePolicy
       PutAccessPointConfigurationForObjectLambda PutAccessPointPolicy PutAccessPointPolicyForObjectLambda
       PutAccessPointPublicAccessBlock PutAccountPublicAccessBlock PutJobTagging
       PutMultiRegionAccessPointPolicy PutStorageLensConfiguration PutStorageLensConfigurationTagging
       SubmitMultiRegionAccessPointRoutes UpdateAccessGrantsLocation UpdateJobPriority UpdateJobStatus
       UpdateStorageLensGroup`,
    ],
  ),
  accountKeys: [],
  viaServiceKeys: [],
  delegationKeys: {
    account: ['s3:dataaccesspointaccount'],
    arn: ['s3:dataaccesspointarn'],
    networkOrigin: ['s3:accesspointnetworkorigin'],
  },
  // How the caller connects and signs is the caller's to choose; it keeps no principal out.
  callerChoice: ['aws:securetransport', 's3:tlsversion', 's3:signatureversion'],
  requestKeys: s3RequestKeys,
  anonymous: true,
};

/**
 * The same in policies of access points, which name objects `…:accesspoint/name/object/key` (S3 user guide, "Configuring
 * IAM policies for using access points", read 2026-11-29).
 */
export const s3AccessPoint: ServiceGrammar = { ...s3, separator: '/object/' };
