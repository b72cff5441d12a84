import type { Client } from 'pg';

/** An organization of a million pairs of a key and a role: accounts × keys each × roles each, and root users. */
export const size = { accounts: 20, keys: 100, roles: 500 } as const;

/** The accounts are numbered from 1. */
export const accountIdOf = (index: number): string => String(100_000_000_000 + index);

/**
 * Fills empty tables. Of an account, the root user and three roles can administer every key; each twentieth role can
 * decrypt with every key (half of them under conditions), each fifth with one key in ten; one can make grants, one
 * reaches the keys through another; the rest reads metadata. One key is open to the next account. Two more keys sign:
 * one role can use the one, nobody the other.
 */
export async function insertMillion(client: Client): Promise<void> {
  for (const statement of [
    accounts,
    coverage,
    keys,
    access,
    iamPrincipals,
    iamPolicies,
    principals,
    otherPrincipals,
    signingKeys,
    signer,
  ])
    await client.query(statement);
}

const sync = `date_trunc('hour', now() AT TIME ZONE 'UTC') AS _cq_sync_time, 'aws-encryption' AS _cq_source_name, 2 AS sync_generation`;
const eachAccount = `generate_series(1, ${size.accounts}) AS account (n), LATERAL (SELECT (100000000000 + account.n)::text AS id) AS of`;
const eachKey = `${eachAccount}, generate_series(1, ${size.keys}) AS key (n)`;
const keyArn = `format('arn:aws:kms:us-east-1:%s:key/%s', of.id, key.n)`;
const roleArn = `format('arn:aws:iam::%s:role/role-%s', of.id, role.n)`;

const accounts = `
  INSERT INTO aws_encryption_accounts (_cq_sync_time, _cq_source_name, sync_generation, account_id, region, name, state, organization_id, in_scope)
  SELECT ${sync}, of.id, 'global', 'account ' || account.n, 'ACTIVE', 'o-1', true FROM ${eachAccount}
`;

const coverage = `
  INSERT INTO aws_encryption_coverage (_cq_sync_time, _cq_source_name, sync_generation, account_id, region, table_name, status, started_at, finished_at, last_complete_at, last_complete_generation)
  SELECT ${sync}, of.id, place.region, 'aws_encryption_' || place.table_name, 'complete', now(), now(), now(), 2
  FROM ${eachAccount},
    (VALUES ('us-east-1', 'keys'), ('us-east-1', 'key_access'), ('us-east-1', 'key_principals'),
      ('global', 'iam_principals'), ('global', 'iam_policies')) AS place (region, table_name)
`;

const keys = `
  INSERT INTO aws_encryption_keys (_cq_sync_time, _cq_source_name, sync_generation, account_id, region, partition, key_id, arn, enumerated_by, key_type, key_state, key_usage, aliases, sharing, sharing_complete, shared_account_ids, shared_organization_ids, shared_outside_organization, shared_access)
  SELECT ${sync}, of.id, 'us-east-1', 'aws', key.n::text, ${keyArn}, 'kms', 'customer_managed_aws_material', 'Enabled', 'ENCRYPT_DECRYPT',
    ARRAY[format('alias/key-%s', key.n)], 'not_shared', true, '{}', '{}', false, '{}'
  FROM ${eachKey}
`;

const access = `
  INSERT INTO aws_encryption_key_access (_cq_sync_time, _cq_source_name, sync_generation, account_id, region, key_id, source, source_id, principal, principal_type, principal_account_id, effect, trust, access, certainty)
  SELECT ${sync}, of.id, 'us-east-1', key.n::text, 'key_policy', '0', format('arn:aws:iam::%s:root', of.id), 'account', of.id, 'Allow', 'same_account', ARRAY['use', 'administer'], 'unconditional'
  FROM ${eachKey}
`;

const iamPrincipals = `
  INSERT INTO aws_encryption_iam_principals (_cq_sync_time, _cq_source_name, sync_generation, account_id, region, partition, arn, principal_type, name, created_at, policies, service_linked, identity_center)
  SELECT ${sync}, of.id, 'global', 'aws', ${roleArn}, 'role', format('role-%s', role.n), now() - interval '500 days',
    jsonb_build_array(jsonb_build_object('name', 'p', 'arn', format('arn:aws:iam::%s:policy/policy-%s', of.id, role.n % 100))), false, false
  FROM ${eachAccount}, generate_series(1, ${size.roles}) AS role (n)
`;

const iamPolicies = `
  INSERT INTO aws_encryption_iam_policies (_cq_sync_time, _cq_source_name, sync_generation, account_id, region, partition, kind, arn, sha256, name, document, understood, mentions_kms)
  SELECT ${sync}, of.id, 'global', 'aws', 'customer_managed', format('arn:aws:iam::%s:policy/policy-%s', of.id, policy.n), md5(policy.n::text), format('policy-%s', policy.n),
    jsonb_build_object('Statement', jsonb_build_array(jsonb_build_object('Effect', 'Allow', 'Action', 'kms:*',
      'Resource', CASE policy.n WHEN 3 THEN '*' ELSE format('arn:aws:kms:us-east-1:%s:key/%s', of.id, policy.n) END))), true, true
  FROM ${eachAccount}, generate_series(0, 99) AS policy (n)
`;

const principals = `
  INSERT INTO aws_encryption_key_principals (_cq_sync_time, _cq_source_name, sync_generation, account_id, region, partition, key_id, arn, principal_arn, principal_type, principal_account_id,
    access, actions, unconditional_actions, certainty, conditions, allowed_by, policy_arns, limited_by, can_escalate, service_linked, identity_center, last_used_at, reached_through, principals_count)
  SELECT ${sync}, of.id, 'us-east-1', 'aws', key.n::text, ${keyArn},
    CASE role.n WHEN 0 THEN format('arn:aws:iam::%s:root', of.id) ELSE ${roleArn} END,
    CASE role.n WHEN 0 THEN 'root' ELSE 'role' END, of.id,
    CASE rights.kind WHEN 'administer' THEN ARRAY['use', 'grant', 'administer', 'read_metadata'] WHEN 'grant' THEN ARRAY['grant'] WHEN 'use' THEN ARRAY['use', 'read_metadata'] ELSE ARRAY['read_metadata'] END,
    CASE rights.kind WHEN 'administer' THEN rights.administering || rights.reading || rights.using WHEN 'grant' THEN ARRAY['kms:CreateGrant'] WHEN 'use' THEN rights.using || rights.reading ELSE rights.reading END,
    CASE WHEN rights.is_conditional THEN '{}' WHEN rights.kind = 'grant' THEN ARRAY['kms:CreateGrant'] WHEN rights.kind = 'administer' THEN rights.administering || rights.reading || rights.using WHEN rights.kind = 'use' THEN rights.using || rights.reading ELSE rights.reading END,
    CASE WHEN rights.is_conditional THEN 'conditional' ELSE 'unconditional' END,
    CASE WHEN rights.is_conditional THEN ARRAY['kms:ViaService'] ELSE '{}' END,
    ARRAY['iam', 'key_policy'], ARRAY[format('arn:aws:iam::%s:policy/policy-%s', of.id, role.n % 100)], '{}',
    rights.kind IN ('administer', 'grant'), false, false, now() - role.n * interval '1 day',
    CASE WHEN role.n = 499 THEN ARRAY[format('arn:aws:iam::%s:role/role-1', of.id)] ELSE '{}' END, 1
  FROM ${eachKey}, generate_series(0, ${size.roles}) AS role (n),
    LATERAL (SELECT
      CASE WHEN role.n <= 3 THEN 'administer' WHEN role.n = 7 THEN 'grant' WHEN role.n % 20 = 0 OR (role.n % 5 = 1 AND key.n % 10 = 0) THEN 'use' ELSE 'read_metadata' END AS kind,
      role.n % 40 = 0 AND role.n > 3 AS is_conditional,
      ARRAY['kms:CreateGrant', 'kms:DisableKey', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:TagResource'] AS administering,
      ARRAY['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants'] AS reading,
      ARRAY['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'] AS using
    ) AS rights
`;

const otherPrincipals = `
  INSERT INTO aws_encryption_key_principals
  SELECT (jsonb_populate_record(row, jsonb_build_object('principal_arn', format('arn:aws:iam::%s:role/etl', other.id), 'principal_account_id', other.id,
    'last_used_at', row._cq_sync_time, '_cq_id', null))).*
  FROM aws_encryption_key_principals AS row,
    LATERAL (SELECT (100000000000 + row.account_id::bigint % 100000000000 % ${size.accounts} + 1)::text AS id) AS other
  WHERE row.key_id = '1' AND row.principal_arn LIKE '%:role/role-1'
`;

const signingKeys = `
  INSERT INTO aws_encryption_keys
  SELECT (jsonb_populate_record(row, jsonb_build_object('key_id', signing.id, 'arn', row.arn || signing.id, 'key_usage', 'SIGN_VERIFY'))).*
  FROM aws_encryption_keys AS row, (VALUES ('single'), ('dead')) AS signing (id)
  WHERE row.key_id = '1'
`;

const signer = `
  INSERT INTO aws_encryption_key_principals
  SELECT (jsonb_populate_record(row, jsonb_build_object('key_id', 'single', 'arn', row.arn || 'single'))).*
  FROM aws_encryption_key_principals AS row
  WHERE row.key_id = '1' AND row.principal_arn LIKE '%:role/role-1'
`;
