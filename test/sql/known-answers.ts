import type { Client } from 'pg';
import {
  access,
  account,
  administrators,
  arn,
  bucket,
  days,
  ids,
  key,
  keyMetric,
  keyType,
  keyTypeNames,
  principal,
  reading,
  readings,
  resource,
  roleArn,
  today,
  yesterday,
} from './rows.ts';
import { insert } from './tables.ts';

const { data, compute, legacy, suspended, auditor, organization } = ids;
const east = 'us-east-1';
const west = 'eu-west-1';

/**
 * An organization of which not all is known: `data` has every case, `compute` little, `legacy` was read yesterday and
 * locked us out today, `suspended` cannot be read by anybody, `management` was never read.
 */
export async function insertKnownAnswers(client: Client): Promise<void> {
  await insert(client, 'aws_encryption_key_types', ...keyTypeNames.map(keyType));
  await insert(
    client,
    'aws_encryption_accounts',
    account('management'),
    account('data'),
    account('compute'),
    account('legacy'),
    account('suspended', { state: 'SUSPENDED', in_scope: false, skip_reason: 'account_suspended' }),
  );
  await insert(client, 'aws_encryption_coverage', ...coverage);
  await insert(client, 'aws_encryption_keys', ...keys);
  await insert(client, 'aws_encryption_key_access', ...accesses);
  await insert(client, 'aws_encryption_key_principals', ...principals);
  await insert(client, 'aws_encryption_key_last_usage', ...usages);
  await insert(client, 'aws_encryption_key_metrics', ...metrics);
  await insert(client, 'aws_encryption_s3_buckets', ...buckets);
  await insert(client, 'aws_encryption_resources', ...resources);
  await insert(client, 'aws_encryption_custom_key_stores', ...stores);
  await insert(client, 'aws_encryption_key_policies', {
    ...today,
    account_id: data,
    region: east,
    key_id: 'half-read',
    policy_name: 'default',
    understood: false,
    problem: 'statement 1: the operator StringSounds is not known',
  });
}

const coverage = [
  reading(data, 'global', 'organization_policies'),
  ...readings(data, [east]),
  ...readings(data, [west]).filter(
    ({ region, table_name }) => region === west && table_name !== 'aws_encryption_keys',
  ),
  reading(data, west, 'keys', {
    status: 'partial',
    reason: 'access_denied',
    message: 'kms:DescribeKey failed',
  }),
  ...readings(compute, [east, west]),
  ...readings(legacy, [east], yesterday),
  reading(legacy, 'global', '*', {
    status: 'failed',
    reason: 'assume_role_denied',
    message: 'sts:AssumeRole failed',
    last_complete_at: null,
  }),
  reading(suspended, 'global', '*', {
    status: 'skipped',
    reason: 'account_suspended',
    last_complete_at: null,
  }),
  // Yesterday the whole account failed; it has been read since, so that is over.
  reading(compute, 'global', '*', {
    ...yesterday,
    status: 'failed',
    reason: 'timeout',
    last_complete_at: null,
  }),
];

const notRotating = (reason: string) => ({
  rotation_state: 'not_supported',
  rotation_paused: null,
  rotation_not_supported_reason: reason,
});

const keys = [
  key(data, east, 'lake', {
    sharing: 'external',
    shared_account_ids: [compute, auditor],
    shared_outside_organization: true,
    shared_access: ['use', 'read_metadata'],
    monthly_fee_usd: 3,
    request_price_class: 'symmetric',
  }),
  key(data, east, 'metadata-only', {
    sharing: 'external',
    shared_account_ids: [compute, auditor],
    shared_outside_organization: true,
    shared_access: ['use', 'read_metadata'],
    rotation_state: 'disabled',
    request_price_class: 'asymmetric_rsa_2048',
  }),
  key(data, east, 'public', { sharing: 'public', shared_outside_organization: true, shared_access: ['use'] }),
  // Outsiders may read its metadata; what its grants let them do was not read.
  key(data, east, 'half-read', {
    sharing: 'external',
    sharing_complete: false,
    shared_account_ids: [auditor],
    shared_outside_organization: true,
    shared_access: ['read_metadata'],
    errors: { 'kms:ListGrants': { code: 'AccessDeniedException', message: 'no' } },
  }),
  key(data, east, 'rsa', notRotating('asymmetric')),
  key(data, east, 'imported', {
    ...notRotating('external_material'),
    key_type: 'customer_managed_external_material',
    material_state: 'imported',
    valid_to: days(9.5),
  }),
  key(data, east, 'forever', {
    ...notRotating('external_material'),
    key_type: 'customer_managed_external_material',
    material_state: 'imported',
  }),
  key(data, east, 'hsm', {
    ...notRotating('cloudhsm'),
    key_type: 'customer_managed_cloudhsm',
    custom_key_store_id: 'cks-1',
  }),
  key(data, east, 'aws-s3', {
    key_type: 'aws_managed',
    aliases: ['alias/aws/s3'],
    aws_service: 's3',
    sharing: 'not_shareable',
    rotation_state: 'required',
    rotation_paused: null,
    monthly_fee_usd: 0,
  }),
  key(data, east, 'aws-owned/s3', {
    // Seen yesterday: a listing of keys says nothing about it.
    ...yesterday,
    arn: null,
    aliases: null,
    enumerated_by: 'resource',
    key_type: 'aws_owned',
    key_state: null,
    sharing: 'not_visible',
    sharing_complete: null,
    rotation_state: 'not_visible',
    rotation_paused: null,
    monthly_fee_usd: 0,
  }),
  key(data, east, 'deleting', {
    key_state: 'PendingDeletion',
    deletion_date: days(5.5),
    rotation_state: 'suspended',
    rotation_paused: null,
    monthly_fee_usd: 0,
  }),
  key(compute, west, 'waiting', {
    key_state: 'PendingReplicaDeletion',
    rotation_state: 'suspended',
    rotation_paused: null,
    monthly_fee_usd: null,
  }),
  key(compute, west, 'empty', {
    ...notRotating('external_material'),
    key_type: 'customer_managed_external_material',
    key_state: 'PendingImport',
    material_state: 'never_imported',
  }),
  // Yesterday's, which today's whole listing did not find: gone.
  key(data, east, 'gone', { ...yesterday, sharing: 'public' }),
  key(data, east, 'mrk-1', {
    multi_region: true,
    multi_region_key_type: 'PRIMARY',
    primary_key_arn: arn(data, east, 'mrk-1'),
    replica_key_arns: [arn(data, west, 'mrk-1')],
  }),
  key(data, west, 'mrk-1', {
    multi_region: true,
    multi_region_key_type: 'REPLICA',
    primary_key_arn: arn(data, east, 'mrk-1'),
    replica_key_arns: [arn(data, west, 'mrk-1')],
    sharing: 'organization',
    shared_account_ids: [compute],
    shared_access: ['use'],
  }),
  // DescribeKey was denied: everything about it is unknown.
  {
    ...today,
    account_id: data,
    region: west,
    key_id: 'dark',
    arn: arn(data, west, 'dark'),
    enumerated_by: 'kms',
    key_type_reason: 'DescribeKey was not answered',
    errors: { 'kms:DescribeKey': { code: 'AccessDeniedException', message: 'no' } },
  },
  key(compute, east, 'paused', { key_state: 'Disabled', rotation_paused: true }),
  key(compute, east, 'mrk-2', {
    multi_region: true,
    multi_region_key_type: 'PRIMARY',
    primary_key_arn: arn(compute, east, 'mrk-2'),
    replica_key_arns: [arn(compute, 'ap-east-1', 'mrk-2')],
  }),
  key(legacy, east, 'old', { ...yesterday, rotation_state: 'disabled' }),
];

const role = (accountId: string) => `arn:aws:iam::${accountId}:role/analytics`;

const accesses = [
  access(data, east, 'lake'),
  access(data, east, 'lake', {
    source_id: '1',
    principal: role(compute),
    principal_account_id: compute,
    trust: 'organization',
    access: ['use'],
    reason: 'account of this organization',
  }),
  access(data, east, 'lake', {
    source: 'grant',
    source_id: 'grant-1',
    principal: role(auditor),
    principal_account_id: auditor,
    known_account_name: 'auditor',
    role: 'grantee',
    trust: 'external',
    access: ['use'],
    certainty: 'conditional',
    reason: 'grantee: account outside this organization',
  }),
  // Of yesterday's generation, and the grants were read today: revoked.
  access(data, east, 'lake', {
    ...yesterday,
    source: 'grant',
    source_id: 'revoked',
    principal: role(auditor),
    principal_account_id: auditor,
    trust: 'external',
  }),
  access(data, east, 'metadata-only', {
    principal: role(auditor),
    principal_account_id: auditor,
    trust: 'external',
    access: ['read_metadata'],
  }),
  access(data, east, 'metadata-only', {
    source_id: '1',
    principal: '*',
    principal_type: 'anyone',
    principal_account_id: null,
    trust: 'organization',
    access: ['use'],
    limited_to_organization_ids: [organization],
  }),
  access(data, east, 'public', {
    sid: 'Everyone',
    principal: '*',
    principal_type: 'anyone',
    principal_account_id: null,
    trust: 'anyone',
    access: ['use'],
    certainty: 'conditional',
    conditions: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
    reason: 'anyone, in any account; kms:ViaService limits no account',
  }),
  // The grants could not be read today: yesterday's are kept.
  access(data, east, 'half-read', {
    ...yesterday,
    source: 'grant',
    source_id: 'grant-2',
    principal: role(suspended),
    principal_account_id: suspended,
    role: 'grantee',
    trust: 'organization',
    access: ['use'],
  }),
  access(data, east, 'half-read', {
    source_id: '1',
    principal: role(auditor),
    principal_account_id: auditor,
    trust: 'external',
    access: ['read_metadata'],
  }),
  // Its policy was read today, though: yesterday's statement is over.
  access(data, east, 'half-read', { ...yesterday, source_id: '7', trust: 'anyone', principal: 'over' }),
  access(data, east, 'mrk-1', {
    principal: 'Service:cloudtrail.amazonaws.com',
    principal_type: 'service',
    principal_account_id: null,
    trust: 'service',
    access: ['use'],
  }),
  // Everyone, limited to two accounts by a condition: the widest trust of the two is on the row.
  access(data, west, 'mrk-1', {
    principal: '*',
    principal_type: 'anyone',
    principal_account_id: null,
    trust: 'external',
    limited_to_account_ids: [compute, auditor],
    access: ['use'],
  }),
  access(data, east, 'rsa', { effect: 'Deny', principal: '*', trust: 'anyone', certainty: 'denied' }),
  access(data, east, 'imported', {
    source: 'grant',
    source_id: 'retire',
    role: 'retiring',
    principal: role(auditor),
    principal_account_id: auditor,
    trust: 'external',
    access: ['use'],
  }),
];

/** Every key has an administrator and a user; of AWS owned and AWS managed keys nothing is said. */
const principals = [
  ...keys
    .filter(({ key_type }) => !['aws_managed', 'aws_owned'].includes(String(key_type)))
    .flatMap(({ account_id, region, key_id, _cq_sync_time, sync_generation }) =>
      administrators(String(account_id), String(region), String(key_id)).map((row) => ({
        ...row,
        _cq_sync_time,
        sync_generation,
      })),
    ),
  ...[roleArn(auditor, 'analytics'), roleArn(auditor, 'reports')].map((principal_arn) =>
    principal(data, east, 'lake', { principal_arn, principal_account_id: auditor }),
  ),
  principal(data, east, 'rsa', { principal_arn: roleArn(data, 'gone'), ...yesterday }),
];

const usages = [
  { key_id: 'lake', last_used_at: days(-2), tracking_start_date: days(-200) },
  { key_id: 'rsa', last_used_at: days(-100), tracking_start_date: days(-200), last_operation: 'Sign' },
  { key_id: 'hsm', last_used_at: null, tracking_start_date: days(-200) },
  { key_id: 'forever', last_used_at: null, tracking_start_date: days(-10) },
].map((usage) => ({ ...today, account_id: data, region: east, ...usage }));

const metrics = [
  keyMetric(data, east, 'lake', { requests: 1_350_000 }),
  keyMetric(data, east, 'lake', { operation: 'GenerateDataKey', requests: 13_500 }),
  keyMetric(data, east, 'lake', { operation: 'ReEncryptFrom', requests: 7 }),
  keyMetric(data, east, 'metadata-only', { operation: 'Sign', requests: 27_000 }),
  // Nobody says what a request on it costs.
  keyMetric(data, east, 'deleting', { last_day_with_requests: days(-12) }),
  // Yesterday's, which today's whole reading did not find.
  keyMetric(data, east, 'lake', { ...yesterday, operation: 'Encrypt', requests: 1000 }),
  // From long ago, of an account that cannot be read any more.
  keyMetric(legacy, east, 'old', { ...yesterday, requests: 5, last_day_with_requests: days(-100) }),
];

const buckets = [
  bucket(data, 'private'),
  bucket(data, 'under-aws-s3', {
    sse_algorithm: 'aws:kms',
    key_reference: 'default',
    kms_key_arn: arn(data, east, 'aws-s3'),
    key_type: 'aws_managed',
    shared_account_ids: [compute],
    cross_account_read: 'blocked_by_aws_managed_key',
    blocked_account_ids: [compute],
  }),
  bucket(data, 'partly', {
    sse_algorithm: 'aws:kms',
    bucket_key_enabled: false,
    key_reference: 'arn',
    kms_key_arn: arn(data, east, 'lake'),
    key_type: 'customer_managed_aws_material',
    shared_account_ids: [compute, auditor],
    cross_account_read: 'partly_blocked',
    read_verdicts: ['blocked_by_key_policy', 'possible'],
    readable_account_ids: [compute],
    blocked_account_ids: [auditor],
  }),
  bucket(data, 'possible', {
    sse_algorithm: 'aws:kms',
    key_reference: 'arn',
    kms_key_arn: arn(data, east, 'lake'),
    key_type: 'customer_managed_aws_material',
    shared_account_ids: [compute],
    cross_account_read: 'possible',
    readable_account_ids: [compute],
    cross_account_write: 'blocked_by_key_policy',
    write_blocked_account_ids: [compute],
  }),
  bucket(data, 'logs', {
    sse_algorithm: 'aws:kms',
    key_reference: 'arn',
    kms_key_arn: arn(data, east, 'lake'),
    key_type: 'customer_managed_aws_material',
    write_blocked_services: ['delivery.logs.amazonaws.com'],
  }),
  bucket(data, 'misnamed', { sse_algorithm: 'aws:kms', key_reference: 'invalid', key_type: null }),
  bucket(compute, 'doomed', {
    sse_algorithm: 'aws:kms',
    key_reference: 'arn',
    kms_key_arn: arn(data, east, 'deleting'),
    key_type: 'customer_managed_aws_material',
  }),
  // Neither its policy nor its encryption was read.
  bucket(compute, 'unread', {
    sse_algorithm: null,
    key_reference: null,
    key_type: null,
    shared_account_ids: null,
    shared_organization_ids: null,
    shared_with_anyone: null,
    sharing_complete: false,
    cross_account_read: 'unknown',
    cross_account_write: 'unknown',
  }),
  bucket(legacy, 'old', yesterday),
  // Yesterday's, which today's whole listing did not find.
  bucket(data, 'gone', { ...yesterday, cross_account_read: 'blocked_by_key_policy' }),
];

const resources = [
  resource(data, 'own'),
  resource(data, 'under-aws-sqs', {
    key_type: 'aws_managed',
    kms_key_arn: arn(data, east, 'aws-sqs'),
    shared_account_ids: [compute],
    cross_account_use: 'blocked_by_aws_managed_key',
    blocked_account_ids: [compute],
  }),
  resource(data, 'locked', {
    key_type: 'customer_managed_aws_material',
    kms_key_arn: arn(data, east, 'mrk-1'),
    shared_account_ids: [compute],
    cross_account_use: 'blocked_by_key_policy',
    blocked_account_ids: [compute],
  }),
  resource(compute, 'unread', {
    encryption_state: null,
    key_reference: null,
    key_type: null,
    shared_account_ids: null,
    cross_account_use: null,
  }),
  // Not encrypted and shared: no key stands in the way.
  resource(compute, 'plain', {
    encryption_state: 'none',
    key_type: null,
    shared_account_ids: [data],
    cross_account_use: 'no_kms_barrier',
  }),
  // Subscribers need no key: SNS decrypts for them.
  resource(compute, 'subscribed', {
    key_reference: 'default',
    key_type: 'aws_managed',
    shared_account_ids: [data],
    cross_account_use: 'possible',
  }),
  // A second key lets accounts in to a snapshot: its deletion takes that away.
  resource(compute, 'associated', {
    key_type: 'customer_managed_aws_material',
    kms_key_arn: arn(data, east, 'mrk-1'),
    associated_kms_key_ids: [arn(data, east, 'deleting'), arn(data, east, 'mrk-1')],
  }),
  // Pulled by others with the service's own permission on the key.
  resource(compute, 'pulled', {
    key_reference: 'default',
    key_type: 'aws_managed',
    shared_account_ids: [data],
    key_checked_against: 'service',
    cross_account_use: 'possible',
  }),
];

const stores = [
  { custom_key_store_id: 'cks-1', name: 'main', connection_state: 'DISCONNECTED' },
  { custom_key_store_id: 'cks-2', name: 'spare', connection_state: 'CONNECTED' },
  { ...yesterday, custom_key_store_id: 'cks-3', name: 'gone', connection_state: 'FAILED' },
].map((store) => ({ ...today, account_id: data, region: east, ...store }));
