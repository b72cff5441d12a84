import type { Effect } from '../../lab/aws/faults.ts';
import { type FaultCase, ofKeys, ofTables, testCases } from './cases.ts';
import { data, keyNamed, organization } from './organization.ts';

/** What comes in place of an answer, what it means, and the code that KMS and S3 give it. */
const answers: readonly [name: string, effect: Effect, reason: string, kms: string, s3?: string][] = [
  ['error 500', { kind: 'internal' }, 'service_error', 'KMSInternalException', 'InternalError'],
  ['throttling', { kind: 'throttle' }, 'throttled', 'ThrottlingException', 'SlowDown'],
  ['connection reset', { kind: 'cut', when: 'before' }, 'connection', 'ECONNRESET'],
  ['connection reset in the middle', { kind: 'cut', when: 'middle' }, 'connection', 'ECONNRESET'],
  ['truncated body', { kind: 'truncated_body' }, 'malformed_answer', 'unreadable_answer'],
  ['malformed body', { kind: 'malformed_body' }, 'malformed_answer', 'unreadable_answer'],
  ['empty body', { kind: 'empty_body' }, 'malformed_answer', 'unreadable_answer'],
  ['HTML with status 200', { kind: 'html', status: 200 }, 'malformed_answer', 'unreadable_answer'],
  ['HTML with status 403', { kind: 'html', status: 403 }, 'malformed_answer', 'unreadable_answer'],
  ['HTML with status 429', { kind: 'html', status: 429 }, 'throttled', 'unreadable_answer'],
  ['HTML with status 503', { kind: 'html', status: 503 }, 'service_error', 'unreadable_answer'],
];

const orders = keyNamed(organization(), 'orders').metadata.KeyId;

const lasting = answers.flatMap(([name, effect, reason, kms, s3 = kms]): FaultCase[] => [
  {
    name: `${name} to ListKeys of a region`,
    faults: [{ account: data, region: 'eu-west-1', operation: 'kms:ListKeys', effect }],
    rows: [
      ...['keys', 'key_access of', 'key_policies of', 'key_rotations of', 'key_last_usage of'].map(
        (table) => `data eu-west-1 ${table} archive missing`,
      ),
      'data eu-west-1 key_principals: every row missing',
    ],
    coverage: ofKeys('data eu-west-1', `failed ${reason}, kms:ListKeys ${kms} × 1`),
  },
  {
    name: `${name} to ListResourceTags of a key`,
    faults: [{ account: data, operation: 'kms:ListResourceTags', resource: orders, effect }],
    rows: [`data us-east-1 keys orders: tags=null [kms:ListResourceTags ${kms}]`],
    // Conditions on tags decide who can use a key.
    coverage: ofTables(
      'data us-east-1',
      ['keys', 'key_principals'],
      `partial ${reason}, kms:ListResourceTags ${kms} × 1`,
    ),
  },
  {
    name: `${name} to GetBucketEncryption of a bucket`,
    faults: [{ account: data, operation: 's3:GetBucketEncryption', resource: 'lake-logs', effect }],
    rows: [
      'data eu-west-1 keys aws-owned/s3 missing',
      `data eu-west-1 s3_buckets lake-logs: sse_algorithm=null, key_reference=null, key_type=null, key_depends_on_writer=null, bucket_key_enabled=null, blocked_encryption_types=null, explanation≠ [s3:GetBucketEncryption ${s3}]`,
    ],
    coverage: [
      `data eu-west-1 foreign_keys: partial ${reason}, s3:GetBucketEncryption ${s3} × 1`,
      `data global s3_buckets: partial ${reason}, s3:GetBucketEncryption ${s3} × 1`,
    ],
  },
  {
    name: `${name} to GetBucketPolicy of a bucket`,
    faults: [{ account: data, operation: 's3:GetBucketPolicy', resource: 'lake', effect }],
    rows: [
      `data us-east-1 resource_policies lake: sha256=null, document=null, understood=null, statements_count=null, mentions_kms=null [s3:GetBucketPolicy ${s3}]`,
      'data us-east-1 s3_bucket_access lake missing',
      `data us-east-1 s3_buckets lake: shared_account_ids=null, write_account_ids=null, shared_organization_ids=null, shared_with_anyone=null, shared_services=null, sharing_complete=false, cross_account_read=unknown, read_verdicts=[unknown], readable_account_ids=null, blocked_account_ids=null, unknown_account_ids=null, blocked_organization_ids=null, blocked_services=null, explanation≠, cross_account_write=unknown, write_verdicts=[unknown], writable_account_ids=null, write_blocked_account_ids=null, write_unknown_account_ids=null, write_blocked_organization_ids=null, write_blocked_services=null, write_explanation≠, organization_policies=null, organization_policy_ids=null, iam_evaluated=null, reader_principal_arns=null, reader_principals_count=null, root_user_can=null [s3:GetBucketPolicy ${s3}]`,
    ],
    coverage: ofTables(
      'data global',
      ['s3_buckets', 's3_bucket_access', 'resource_policies'],
      `partial ${reason}, s3:GetBucketPolicy ${s3} × 1`,
    ),
  },
]);

const everyOperation = [
  ...['organizations:ListAccounts', 'organizations:ListRoots', 'sts:GetCallerIdentity', 'sts:AssumeRole'],
  ...['account:ListRegions', 'kms:ListKeys', 'kms:ListAliases', 'kms:DescribeKey', 'kms:GetKeyPolicy'],
  ...['kms:ListGrants', 'kms:ListResourceTags', 'kms:GetKeyRotationStatus', 'kms:ListKeyRotations'],
  ...['kms:DescribeCustomKeyStores', 's3:ListBuckets', 's3:GetBucketPolicy', 's3:GetBucketEncryption'],
  ...['s3control:GetPublicAccessBlock', 'sqs:ListQueues', 'sqs:GetQueueAttributes', 'sns:ListTopics'],
  'iam:GetAccountAuthorizationDetails',
];

const passing = answers.map(
  ([name, effect]): FaultCase => ({
    name: `${name} once to each operation: tried again, and nothing is lost`,
    faults: everyOperation.map((operation) => ({ operation, nth: 1, effect })),
    rows: [],
    coverage: [],
  }),
);

const slow: FaultCase = {
  name: 'slow answers: nothing is lost',
  faults: [{ account: data, effect: { kind: 'slow', ms: 150 } }],
  rows: [],
  coverage: [],
};

testCases([...lasting, ...passing, slow]);
