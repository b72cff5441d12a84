import type { Client } from 'pg';
import {
  account,
  arn,
  bucket,
  days,
  ids,
  key,
  keyMetric,
  readings,
  resource,
  today,
  yesterday,
} from './rows.ts';
import { type Cells, insert } from './tables.ts';

const { data, compute, auditor } = ids;
export const east = 'us-east-1';
export const west = 'eu-west-1';

/** An account that was let in while it was of the organization, and has left it. */
export const leaver = '666666666666';
export const keyArn = (name: string, region = east): string => arn(data, region, name);

/**
 * An organization that was read whole. `hub` is used in every way that there is; of the others one thing each is to be
 * told.
 */
export async function insertKeyUses(client: Client): Promise<void> {
  await insert(client, 'aws_encryption_accounts', account('data'), account('compute'));
  await insert(
    client,
    'aws_encryption_coverage',
    ...readings(data, [east, west]),
    ...readings(compute, [east]),
    left,
  );
  await insert(client, 'aws_encryption_keys', ...keys);
  await insert(client, 'aws_encryption_s3_buckets', ...buckets);
  await insert(client, 'aws_encryption_resources', ...resources);
  await insert(client, 'aws_encryption_key_grants', ...grants);
  await insert(client, 'aws_encryption_key_access', sharedByRam);
  await insert(
    client,
    'aws_encryption_foreign_keys',
    foreign(auditor, 'theirs'),
    foreign(auditor, 'over', yesterday),
  );
  await insert(
    client,
    'aws_encryption_key_metrics',
    keyMetric(data, east, 'hub', { requests: 41 }),
    keyMetric(data, east, 'hub', { operation: 'GenerateDataKey' }),
    // Nothing that is read needs it.
    keyMetric(data, east, 'imported'),
  );
  await insert(client, 'aws_encryption_key_last_usage', {
    ...today,
    account_id: data,
    region: east,
    key_id: 'hub',
    arn: keyArn('hub'),
    last_used_at: days(-3),
    tracking_start_date: days(-200),
  });
}

const left: Cells = {
  ...today,
  account_id: leaver,
  region: 'global',
  table_name: '*',
  status: 'skipped',
  reason: 'account_left',
  started_at: days(-1),
  finished_at: days(-1),
};

const family = (name: string, regions: readonly string[]) => ({
  multi_region: true,
  primary_key_arn: keyArn(name, regions[0]),
  replica_key_arns: regions.slice(1).map((region) => keyArn(name, region)),
});

const keys = [
  key(data, east, 'hub'),
  key(data, east, 'idle', { aliases: ['alias/idle', 'alias/still'] }),
  key(data, east, 'off', { key_state: 'Disabled' }),
  key(data, east, 'going', { key_state: 'PendingDeletion', deletion_date: days(5.5), monthly_fee_usd: 0 }),
  key(data, east, 'unread-grants', {
    errors: { 'kms:ListGrants': { code: 'AccessDeniedException', message: 'no' } },
  }),
  key(data, east, 'for-leaver'),
  key(data, east, 'imported', { material_state: 'imported', key_type: 'customer_managed_external_material' }),
  key(data, east, 'stored', { custom_key_store_id: 'cks-1', key_type: 'customer_managed_cloudhsm' }),
  key(data, east, 'twin', family('twin', [east, west])),
  key(data, west, 'twin', family('twin', [east, west])),
  key(data, east, 'lone', family('lone', [east, west])),
  key(data, west, 'lone', { ...family('lone', [east, west]), key_state: 'Disabled' }),
  key(data, east, 'unseen', family('unseen', [east, 'ap-east-1'])),
  key(data, east, 'aws-owned/sqs', {
    arn: null,
    aliases: null,
    enumerated_by: 'resource',
    key_type: 'aws_owned',
  }),
];

const under = (name: string): Cells => ({
  encryption_state: 'kms',
  key_reference: 'arn',
  kms_key_arn: keyArn(name),
  key_account_id: data,
  key_type: 'customer_managed_aws_material',
});

const buckets = [
  bucket(data, 'default', { ...under('hub'), encryption_state: undefined, sse_algorithm: 'aws:kms' }),
  // Its copies are under the key, it is not.
  bucket(compute, 'source', {
    replication: JSON.stringify([{ kms_key: keyArn('hub'), kms_key_arn: keyArn('hub') }]),
  }),
  bucket(compute, 'doomed', { ...under('going'), encryption_state: undefined, sse_algorithm: 'aws:kms' }),
].map(({ encryption_state: _, ...cells }) => cells);

const of = (service: string, type: string, more: Cells): Cells =>
  resource(compute, type, {
    service,
    resource_type: type,
    arn: `arn:aws:${service}:${east}:${compute}:${type}`,
    ...more,
  });

const resources = [
  of('rds', 'instance', under('hub')),
  of('ebs', 'volume', under('hub')),
  of('elasticache', 'replication_group', under('hub')),
  of('ebs', 'encryption_by_default', under('hub')),
  of('sns', 'topic', under('hub')),
  of('ebs', 'snapshot', {
    ...under('idle'),
    kms_key_arn: keyArn('elsewhere'),
    associated_kms_key_ids: [keyArn('hub')],
  }),
  of('ec2', 'image', {
    ...under('idle'),
    kms_key_arn: keyArn('elsewhere'),
    further_kms_key_ids: [keyArn('hub')],
  }),
  of('sqs', 'queue', under('off')),
  of('ebs', 'volume', { ...under('off'), arn: `arn:aws:ebs:${east}:${compute}:late` }),
  of('sqs', 'queue', { ...under('twin'), arn: 'arn:aws:sqs:twin' }),
  of('sqs', 'queue', { ...under('lone'), arn: 'arn:aws:sqs:lone' }),
  of('sqs', 'queue', { ...under('unseen'), arn: 'arn:aws:sqs:unseen' }),
];

const grant = (keyId: string, grantId: string, more: Cells): Cells => ({
  ...today,
  account_id: data,
  region: east,
  key_id: keyId,
  arn: keyArn(keyId),
  grant_id: grantId,
  issuing_account: `arn:aws:iam::${compute}:root`,
  operations: ['Decrypt'],
  ...more,
});

const grants = [
  // Of a service that is not read, told by what the request must come from.
  grant('hub', 'by-source', {
    grantee_service_principal: 'braket.amazonaws.com',
    constraints: { SourceArn: `arn:aws:braket:${east}:${compute}:job/1` },
  }),
  grant('hub', 'by-context', {
    grantee_principal: `arn:aws:sts::${compute}:assumed-role/ec2/i-1`,
    constraints: { EncryptionContextSubset: { 'aws:ebs:id': 'vol-1' } },
  }),
  grant('hub', 'by-arn-in-context', {
    grantee_principal: 'anything.amazonaws.com',
    constraints: {
      EncryptionContextEquals: { a: 'b', 'aws:c:arn': `arn:aws:logs:${east}:${compute}:log-group:g` },
    },
  }),
  grant('hub', 'to-a-role', { grantee_principal: `arn:aws:iam::${data}:role/app` }),
  grant('hub', 'revoked', { ...yesterday, grantee_principal: `arn:aws:iam::${data}:role/gone` }),
  grant('for-leaver', 'to-leaver', { grantee_principal: `arn:aws:iam::${leaver}:role/app` }),
];

const sharedByRam: Cells = {
  ...today,
  account_id: data,
  region: east,
  key_id: 'hub',
  source: 'ram',
  source_id: '0',
  effect: 'Allow',
  principal_type: 'account',
  principal: `arn:aws:iam::${auditor}:root`,
  principal_account_id: auditor,
  trust: 'external',
  access: ['use'],
  certainty: 'unconditional',
};

const foreign = (owner: string, name: string, more: Cells = {}): Cells => ({
  ...today,
  account_id: compute,
  region: east,
  arn: arn(owner, east, name),
  owner_account_id: owner,
  found_by: ['ram'],
  ...more,
});
