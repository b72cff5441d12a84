import type { Client } from 'pg';
import { type Cells, insert } from './tables.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.now();

/** A time relative to the start of the tests, as PostgreSQL prints it. */
export const days = (count: number): string =>
  new Date(Math.floor((start + count * day) / 1000) * 1000).toISOString().slice(0, 19).replace('T', ' ');

/** Two syncs of one source: one of yesterday, one of an hour ago. */
export const yesterday = { _cq_sync_time: days(-1), _cq_source_name: 'aws-encryption', sync_generation: 1 };
export const today = { _cq_sync_time: days(-1 / 24), _cq_source_name: 'aws-encryption', sync_generation: 2 };

/** The organization of the tests, and an account outside it. */
export const ids = {
  organization: 'o-1',
  management: '111111111111',
  data: '222222222222',
  compute: '333333333333',
  legacy: '444444444444',
  suspended: '555555555555',
  auditor: '999988887777',
} as const;

export const arn = (accountId: string, region: string, keyId: string): string =>
  `arn:aws:kms:${region}:${accountId}:key/${keyId}`;

export function account(
  name: Exclude<keyof typeof ids, 'organization' | 'auditor'>,
  more: Cells = {},
): Cells {
  return {
    ...today,
    account_id: ids[name],
    region: 'global',
    name,
    state: 'ACTIVE',
    organization_id: ids.organization,
    in_scope: true,
    ...more,
  };
}

/** What a complete reading of a table in a place says. */
export function reading(accountId: string, region: string, table: string, more: Cells = {}): Cells {
  const sync = { ...today, ...more };
  return {
    ...today,
    account_id: accountId,
    region,
    table_name: table === '*' ? '*' : `aws_encryption_${table}`,
    status: 'complete',
    started_at: sync._cq_sync_time,
    finished_at: sync._cq_sync_time,
    last_complete_at: sync._cq_sync_time,
    ...more,
  };
}

/** Of Decrypt, within 13 and a half days. */
export function keyMetric(accountId: string, region: string, keyId: string, more: Cells = {}): Cells {
  return {
    ...today,
    account_id: accountId,
    region,
    key_id: keyId,
    operation: 'Decrypt',
    key_arn: arn(accountId, region, keyId),
    requests: 1,
    window_start: days(-13.5),
    window_end: days(0),
    last_day_with_requests: days(-3),
    ...more,
  };
}

/** Tables that are read region by region. */
const regionTables = [
  'keys',
  'key_aliases',
  'key_rotations',
  'key_policies',
  'key_grants',
  'key_access',
  'key_principals',
  'key_last_usage',
  'key_metrics',
  'custom_key_stores',
  'foreign_keys',
  'resources',
  'resource_policies',
] as const;

/** Complete readings of all tables of an account in its regions. */
export function readings(accountId: string, regions: readonly string[], more: Cells = {}): Cells[] {
  return [
    ...regions.flatMap((region) => regionTables.map((table) => reading(accountId, region, table, more))),
    ...['s3_buckets', 's3_bucket_access', 'resource_policies', 'iam_principals', 'iam_policies'].map(
      (table) => reading(accountId, 'global', table, more),
    ),
  ];
}

/** An enabled symmetric key of AWS material that rotates and that nobody else can use. */
export function key(accountId: string, region: string, keyId: string, more: Cells = {}): Cells {
  return {
    ...today,
    account_id: accountId,
    region,
    partition: 'aws',
    key_id: keyId,
    arn: arn(accountId, region, keyId),
    enumerated_by: 'kms',
    key_type: 'customer_managed_aws_material',
    key_state: 'Enabled',
    aliases: [`alias/${keyId}`],
    multi_region: false,
    sharing: 'not_shared',
    sharing_complete: true,
    shared_account_ids: [],
    shared_organization_ids: [],
    shared_outside_organization: false,
    shared_access: [],
    rotation_state: 'enabled',
    rotation_paused: false,
    monthly_fee_usd: 1,
    ...more,
  };
}

/** A statement of a key's policy that lets a role use the key. */
export function access(accountId: string, region: string, keyId: string, more: Cells = {}): Cells {
  return {
    ...today,
    account_id: accountId,
    region,
    key_id: keyId,
    source: 'key_policy',
    source_id: '0',
    effect: 'Allow',
    principal_type: 'account',
    principal: `arn:aws:iam::${accountId}:root`,
    principal_account_id: accountId,
    trust: 'same_account',
    access: ['use', 'grant'],
    certainty: 'unconditional',
    reason: 'own account: delegates to its IAM policies',
    ...more,
  };
}

/** What a role of the key's account can do with the key: by default use it, whatever the request. */
export function principal(accountId: string, region: string, keyId: string, more: Cells = {}): Cells {
  return {
    ...today,
    account_id: accountId,
    region,
    partition: 'aws',
    key_id: keyId,
    arn: arn(accountId, region, keyId),
    principal_arn: roleArn(accountId, 'app'),
    principal_type: 'role',
    principal_account_id: accountId,
    access: ['use'],
    actions: ['kms:Decrypt'],
    unconditional_actions: ['kms:Decrypt'],
    certainty: 'unconditional',
    conditions: [],
    allowed_by: ['iam', 'key_policy'],
    policy_arns: [],
    limited_by: [],
    reached_through: [],
    can_escalate: false,
    service_linked: false,
    identity_center: false,
    last_used_at: days(-2),
    principals_count: 1,
    ...more,
  };
}

export const roleArn = (accountId: string, name: string): string => `arn:aws:iam::${accountId}:role/${name}`;

/** A role that IAM lists: made long ago, used of late. */
export function iamRole(accountId: string, name: string, more: Cells = {}): Cells {
  return {
    ...today,
    account_id: accountId,
    region: 'global',
    partition: 'aws',
    arn: roleArn(accountId, name),
    principal_type: 'role',
    name,
    created_at: days(-500),
    policies: '[]',
    assumable: 'yes',
    service_linked: false,
    identity_center: false,
    last_used_at: days(-2),
    ...more,
  };
}

/** A customer managed policy of the statements. */
export function iamPolicy(accountId: string, name: string, statements: unknown, more: Cells = {}): Cells {
  return {
    ...today,
    account_id: accountId,
    region: 'global',
    partition: 'aws',
    kind: 'customer_managed',
    arn: `arn:aws:iam::${accountId}:policy/${name}`,
    sha256: `hash-of-${name}`,
    name,
    document: { Version: '2012-10-17', Statement: statements },
    understood: true,
    mentions_kms: true,
    ...more,
  };
}

export function bucket(accountId: string, name: string, more: Cells = {}): Cells {
  return {
    ...today,
    account_id: accountId,
    region: 'us-east-1',
    name,
    arn: `arn:aws:s3:::${name}`,
    sse_algorithm: 'AES256',
    key_reference: 'none',
    key_type: 'aws_owned',
    shared_account_ids: [],
    shared_organization_ids: [],
    shared_with_anyone: false,
    shared_services: [],
    sharing_complete: true,
    cross_account_read: 'not_shared',
    readable_account_ids: [],
    blocked_account_ids: [],
    unknown_account_ids: [],
    blocked_organization_ids: [],
    blocked_services: [],
    explanation: `${name} is explained`,
    cross_account_write: 'not_shared',
    writable_account_ids: [],
    write_blocked_account_ids: [],
    write_unknown_account_ids: [],
    write_blocked_organization_ids: [],
    write_blocked_services: [],
    write_explanation: `writing to ${name} is explained`,
    replication: '[]',
    logging_target_bucket: '',
    ...more,
  };
}

export function resource(accountId: string, name: string, more: Cells = {}): Cells {
  return {
    ...today,
    account_id: accountId,
    region: 'us-east-1',
    arn: `arn:aws:sqs:us-east-1:${accountId}:${name}`,
    service: 'sqs',
    resource_type: 'queue',
    encryption_state: 'aws_owned',
    key_reference: 'none',
    key_type: 'aws_owned',
    shared_account_ids: [],
    shared_organization_ids: [],
    shared_with_anyone: false,
    judged_operation: 'read',
    key_checked_against: 'caller',
    cross_account_use: 'not_shared',
    blocked_account_ids: [],
    unknown_account_ids: [],
    explanation: `${name} is explained`,
    ...more,
  };
}

/** A trail under a key of its account, which `letsInCloudTrail` is the statement of. */
export const trail = (accountId: string, keyId: string, more: Cells = {}): Cells =>
  resource(accountId, 'trail', {
    arn: trailArn(accountId),
    service: 'cloudtrail',
    resource_type: 'trail',
    encryption_state: 'kms',
    key_reference: 'arn',
    kms_key_arn: arn(accountId, 'us-east-1', keyId),
    key_account_id: accountId,
    key_type: 'customer_managed_aws_material',
    ...more,
  });

export const trailArn = (accountId: string): string => `arn:aws:cloudtrail:us-east-1:${accountId}:trail/all`;

/** The statement by which AWS's own key policy for trails lets CloudTrail in. */
export const letsInCloudTrail = (accountId: string, keyId: string, more: Cells = {}): Cells =>
  access(accountId, 'us-east-1', keyId, {
    source_id: 'cloudtrail',
    principal: 'cloudtrail.amazonaws.com',
    principal_type: 'service',
    principal_account_id: null,
    trust: 'service',
    access: ['use'],
    actions: ['kms:GenerateDataKey', 'kms:GenerateDataKeyPair', 'kms:GenerateDataKeyWithoutPlaintext'],
    certainty: 'conditional',
    conditions: {
      StringEquals: { 'aws:SourceArn': trailArn(accountId) },
      StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': `arn:aws:cloudtrail:*:${accountId}:trail/*` },
    },
    ...more,
  });

export const administers = {
  access: ['use', 'grant', 'administer'],
  actions: [
    'kms:CreateGrant',
    'kms:Decrypt',
    'kms:DisableKey',
    'kms:PutKeyPolicy',
    'kms:ScheduleKeyDeletion',
  ],
  unconditional_actions: [
    'kms:CreateGrant',
    'kms:Decrypt',
    'kms:DisableKey',
    'kms:PutKeyPolicy',
    'kms:ScheduleKeyDeletion',
  ],
  can_escalate: true,
};

/** Who can use an ordinary key: its application, its administrator, the root user. */
export const administrators = (accountId: string, region: string, keyId: string): Cells[] => [
  principal(accountId, region, keyId),
  principal(accountId, region, keyId, { ...administers, principal_arn: roleArn(accountId, 'admin') }),
  principal(accountId, region, keyId, {
    ...administers,
    principal_arn: `arn:aws:iam::${accountId}:root`,
    principal_type: 'root',
    service_linked: null,
    identity_center: null,
    last_used_at: null,
  }),
];

export const keyType = (name: string): Cells => ({ ...today, key_type: name, title: `title of ${name}` });

export const keyTypeNames = [
  'customer_managed_external_material',
  'customer_managed_cloudhsm',
  'customer_managed_xks',
  'customer_managed_aws_material',
  'aws_managed',
  'aws_owned',
] as const;

/** An organization that was read whole and an hour ago, in which every check is content. */
export async function insertClean(client: Client): Promise<void> {
  const { data } = ids;
  await insert(client, 'aws_encryption_key_types', ...keyTypeNames.map(keyType));
  await insert(client, 'aws_encryption_accounts', account('data'));
  await insert(client, 'aws_encryption_coverage', ...readings(data, ['us-east-1']));
  await insert(client, 'aws_encryption_coverage', reading(data, 'global', 'organization_policies'));
  const aged = { creation_date: days(-200) };
  await insert(client, 'aws_encryption_keys', key(data, 'us-east-1', 'orders', aged));
  await insert(client, 'aws_encryption_key_access', access(data, 'us-east-1', 'orders'));
  await insert(client, 'aws_encryption_key_access', letsInCloudTrail(data, 'orders'));
  await insert(client, 'aws_encryption_key_principals', ...administrators(data, 'us-east-1', 'orders'));
  await insert(client, 'aws_encryption_iam_principals', iamRole(data, 'app'), iamRole(data, 'admin'));
  await insert(
    client,
    'aws_encryption_iam_policies',
    iamPolicy(data, 'app', {
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: arn(data, 'us-east-1', 'orders'),
    }),
  );
  await insert(client, 'aws_encryption_s3_buckets', bucket(data, 'orders'));
  await insert(client, 'aws_encryption_resources', resource(data, 'orders'), trail(data, 'orders'));
  await insert(client, 'aws_encryption_key_last_usage', {
    ...today,
    account_id: data,
    region: 'us-east-1',
    key_id: 'orders',
    tracking_start_date: days(-200),
    last_used_at: days(-2),
  });
  await insert(client, 'aws_encryption_key_metrics', keyMetric(data, 'us-east-1', 'orders'));
}
