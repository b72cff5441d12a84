import { likePattern } from '../../posture/policy/pattern.ts';
import { byCaller, oneOf, reading, writing } from '../../posture/resource/rules.ts';
import type { SortRules } from '../sort-rules.ts';
import { s3ExpressGrammar } from './grammar.ts';

const session = oneOf('s3express', 'CreateSession');

/**
 * Directory buckets. Under KMS one customer managed key for the life of the bucket, `aws/s3` is not supported, and who
 * reads or writes needs it (S3 user guide, "Using server-side encryption with AWS KMS keys (SSE-KMS) in directory
 * buckets", read 2026-11-29). AWS names kms:GenerateDataKey and kms:Decrypt for both: who reads is not called locked
 * out for want of the first.
 */
export const s3ExpressRules = {
  service: 's3express',
  // Shareable, but many regions have no address of it, and each would be said not to be known whole.
  byDefault: false,
  title: 'Amazon S3 directory buckets',
  resourceTypes: { directory_bucket: null },
  calls: {
    's3express:ListDirectoryBuckets': null,
    's3express:GetBucketEncryption': null,
    's3express:GetBucketPolicy': null,
  },
  encryptionCalls: ['s3express:GetBucketEncryption'],
  sharedBy: 'policy',
  coveredByRcps: false,
  whenKeyIsLost: 'not_known',
  // The KMS developer guide's list of such names has `s3`, and none for directory buckets (read 2026-11-29).
  viaService: likePattern('s3*'),
  defaultAlias: null,
  checkedAgainst: 'caller',
  grammar: s3ExpressGrammar,
  operations: [
    reading('read objects', session, byCaller('kms:Decrypt')),
    writing('write objects', session, byCaller('kms:GenerateDataKey', 'kms:Decrypt')),
  ],
  // The bucket's ARN, which AWS's example of a CloudTrail event has behind another beginning ("Encryption context" of
  // the same page).
  encryptionContext: (arn) => ({ 'aws:s3express:arn': `*${arn}` }),
  caveat: 'policies of its access points, which may let others in, are not read',
} as const satisfies SortRules;
