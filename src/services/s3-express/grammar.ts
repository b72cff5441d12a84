import {
  actionTable,
  noEffect,
  noOwnKeys,
  type ServiceGrammar,
  tlsOnly,
} from '../../posture/policy/grammar.ts';

/**
 * S3 Express in policies of directory buckets (Service Authorization Reference, read 2026-11-29). A session is for all
 * operations on objects, to read or to read and write (`s3express:SessionMode`); what is done to buckets identity
 * policies allow alone, for the own account only ("Access to bucket-level actions can be granted in only IAM
 * identity-based policies", S3 user guide, "Authorizing Regional endpoint API operations with IAM", read 2026-11-29).
 */
export const s3ExpressGrammar: ServiceGrammar = {
  service: 's3express',
  actions: actionTable(
    [{ access: 'read', also: 'write', acrossAccounts: true, on: 'resource' }, 'CreateSession'],
    [
      noEffect,
      `CreateAccessPoint CreateBucket DeleteAccessPoint DeleteAccessPointPolicy DeleteAccessPointScope DeleteBucket
       DeleteBucketPolicy GetAccessPoint GetAccessPointPolicy GetAccessPointScope GetBucketPolicy
       GetEncryptionConfiguration GetInventoryConfiguration GetLifecycleConfiguration GetMetricsConfiguration
       ListAccessPointsForDirectoryBuckets ListAllMyDirectoryBuckets ListTagsForResource PutAccessPointPolicy
       PutAccessPointScope PutBucketPolicy PutEncryptionConfiguration PutInventoryConfiguration
       PutLifecycleConfiguration PutMetricsConfiguration TagResource UntagResource`,
    ],
  ),
  ...noOwnKeys,
  // S3 user guide, "Configuring IAM policies for using access points for directory buckets", read 2026-11-29.
  delegationKeys: { account: ['s3express:dataaccesspointaccount'], arn: ['s3express:dataaccesspointarn'] },
  // How the caller connects and signs is the caller's to choose; it keeps no principal out.
  callerChoice: ['s3express:tlsversion', 's3express:signatureversion', 's3express:authtype'],
  requestKeys: {
    ...tlsOnly,
    's3express:signatureage': { carriedBy: null, value: 'choice' },
    's3express:x-amz-content-sha256': { carriedBy: null, value: 'choice' },
    // A session to read is none to write: whether one condition leaves both the document alone does not tell.
    's3express:sessionmode': { carriedBy: ['CreateSession'], value: null },
  },
  anonymous: false,
};
