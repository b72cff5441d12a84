import {
  byNobody,
  byService,
  doingElse,
  oneOf,
  type ResourceRules,
  reading,
  writing,
} from '../../posture/resource/rules.ts';
import { encryptionByType } from '../encryption-by-type.ts';
import type { SortRules } from '../sort-rules.ts';
import { grantGrammar, instanceGrammar } from './grammar.ts';

const asking = oneOf('s3', 'GetDataAccess');

const accessGrants = {
  service: 's3-access-grants',
  coveredByRcps: true,
  viaService: 's3',
  defaultAlias: 'alias/aws/s3',
  checkedAgainst: 'service',
  encryptionContext: () => ({}),
} as const;

/**
 * The S3 Access Grants instance of an account in a region, with its grants. Its policy lets other accounts ask it for
 * credentials, and a grant must be theirs besides (S3 user guide, "S3 Access Grants cross-account access", read
 * 2026-11-29). It keeps no data itself.
 */
export const accessGrantsRules = {
  ...accessGrants,
  // Few accounts have one.
  byDefault: false,
  title: 'S3 Access Grants',
  resourceTypes: {
    access_grants_instance: 'of S3 Access Grants: it keeps nothing itself',
    access_grant:
      "of S3 Access Grants, to one grantee: under the key of its bucket's default, let in by the policy of the instance as well",
  },
  calls: {
    's3:GetAccessGrantsInstance': null,
    's3:GetAccessGrantsInstanceResourcePolicy': null,
    's3:ListAccessGrants': null,
    's3:GetBucketEncryption': null,
  },
  // Neither tells of the policy.
  encryptionCalls: ['s3:ListAccessGrants', 's3:GetBucketEncryption'],
  sharedBy: 'policy',
  whenKeyIsLost: 'not_known',
  grammar: instanceGrammar,
  operations: [doingElse('ask for access', asking, byNobody)],
  caveat: 'whoever asks is given what a grant of its own is for, each of which has a row',
} as const satisfies SortRules;

const grant = {
  ...accessGrants,
  keyOfAnother: true,
  policyNames: (arn: string) => arn.replace(/\/grant\/[^/]*$/, ''),
  caveat:
    "its grantee acts as the IAM role of the grant's location, whose permission on the bucket and its key is not evaluated; objects may be under other keys than the bucket's default",
} as const;

const read = reading('read objects', asking, byService);
const write = writing('write objects', asking, byService);

const readGrant: ResourceRules = { ...grant, grammar: grantGrammar('read'), operations: [read] };
const writeGrant: ResourceRules = { ...grant, grammar: grantGrammar('write'), operations: [write] };
const readWriteGrant: ResourceRules = {
  ...grant,
  grammar: grantGrammar('read', 'write'),
  operations: [read, write],
};

/**
 * By the permission of a grant. S3 Access Grants assumes the location's role, in the account of the instance, and vends
 * credentials of it (S3 user guide, "Register a location" and "Accessing S3 data using credentials vended by S3 Access
 * Grants", read 2026-11-29): what the grantee itself may do with the key plays no part. A word that is not known may be
 * for both.
 */
export const rulesOfGrant = (permission: string): ResourceRules =>
  permission === 'READ' ? readGrant : permission === 'WRITE' ? writeGrant : readWriteGrant;

/** A bucket's default; KMS without a key means `aws/s3`. */
export const bucketDefault = encryptionByType({
  AES256: 'aws_owned',
  'aws:kms': 'kms',
  'aws:kms:dsse': 'kms',
});
