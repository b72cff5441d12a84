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
  // Few accounts have any.
  byDefault: false,
  coveredByRcps: true,
  whenKeyIsLost: 'not_known',
  viaService: 's3',
  defaultAlias: 'alias/aws/s3',
  checkedAgainst: 'service',
  encryptionContext: () => ({}),
} as const;

const callsOfGrants = { 's3:ListAccessGrants': null, 's3:GetBucketEncryption': null } as const;

/**
 * The S3 Access Grants instance of an account in a region, by which its grants are found as well. Its policy lets other
 * accounts ask it for credentials, and a grant must be theirs besides (S3 user guide, "S3 Access Grants cross-account
 * access", read 2026-11-29). It keeps no data itself.
 */
export const accessGrantsRules = {
  ...accessGrants,
  title: 'Instances of S3 Access Grants',
  resourceTypes: { access_grants_instance: 'of S3 Access Grants: it keeps nothing itself' },
  calls: {
    's3:GetAccessGrantsInstance': null,
    's3:GetAccessGrantsInstanceResourcePolicy': null,
    ...callsOfGrants,
  },
  // Neither tells of the policy.
  encryptionCalls: ['s3:ListAccessGrants', 's3:GetBucketEncryption'],
  sharedBy: 'policy',
  grammar: instanceGrammar,
  operations: [doingElse('ask for access', asking, byNobody)],
  caveat: 'whoever asks is given what a grant of its own is for, each of which has a row',
} as const satisfies SortRules;

const read = reading('read objects', asking, byService);
const write = writing('write objects', asking, byService);

/**
 * Grants, each to one grantee. S3 Access Grants assumes the role of the grant's location and vends credentials of it (S3
 * user guide, "Register a location" and "Working with grants in S3 Access Grants", read 2026-11-29): what the grantee
 * itself may do with the bucket or its key plays no part.
 */
export const accessGrantRules = {
  ...accessGrants,
  title: 'Grants of S3 Access Grants',
  resourceTypes: {
    access_grant:
      'of S3 Access Grants, to a user, role or group: by the key of its bucket, let in by the policy of the instance as well',
  },
  calls: callsOfGrants,
  // The instance is asked for first.
  whenEmpty: [],
  // Of one.
  sharedBy: 'accounts',
  grammar: grantGrammar('read', 'write'),
  operations: [read, write],
  keyOfAnother: true,
  policyNames: (arn: string) => arn.replace(/\/grant\/[^/]*$/, ''),
  caveat:
    "its grantee acts as the IAM role of the grant's location, whose permission on the bucket and its key is not evaluated; objects may be under other keys than the bucket's default",
} as const satisfies SortRules;

const readGrant: ResourceRules = { ...accessGrantRules, grammar: grantGrammar('read'), operations: [read] };
const writeGrant: ResourceRules = {
  ...accessGrantRules,
  grammar: grantGrammar('write'),
  operations: [write],
};

/** By the permission of a grant; a word that is not known may be for both. */
export const rulesOfGrant = (permission: string): ResourceRules =>
  permission === 'READ' ? readGrant : permission === 'WRITE' ? writeGrant : accessGrantRules;

/** A bucket's default; KMS without a key means `aws/s3`. */
export const bucketDefault = encryptionByType({
  AES256: 'aws_owned',
  'aws:kms': 'kms',
  'aws:kms:dsse': 'kms',
});
