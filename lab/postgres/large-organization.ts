import type { Client } from 'pg';

export interface LargeOptions {
  readonly accounts: number;
  /** Whether keys are open to the world, deleted while in use and lock buckets, as in an organization that nobody tends. */
  readonly untended?: boolean;
}

/**
 * An organization of any size, in two regions with ten keys an account, of which few let an account outside in, many
 * share inside, some could not be read: as many rows as a page has to stay readable with. Rows go straight into tables
 * that are there; views have to be applied.
 */
export async function insertLargeOrganization(client: Client, options: LargeOptions): Promise<void> {
  await client.query(large(options.accounts));
  if (options.untended) await client.query(UNTENDED);
  await client.query('ANALYZE');
}

const large = (accounts: number): string => `
  CREATE TEMP TABLE member AS
    SELECT n, (100000000000 + n)::text AS id, 'a-rather-long-account-name-' || n AS name,
      n % 61 = 5 AS dark, now() AT TIME ZONE 'UTC' AS at
    FROM generate_series(0, ${accounts - 1}) AS n;
  CREATE TEMP TABLE place AS
    SELECT * FROM member, (VALUES ('us-east-1'), ('eu-west-1')) AS region (region);

  INSERT INTO aws_encryption_key_types (key_type, title, _cq_id)
    SELECT name, name, gen_random_uuid() FROM unnest(ARRAY[
      'customer_managed_external_material', 'customer_managed_cloudhsm', 'customer_managed_xks',
      'customer_managed_aws_material', 'aws_managed', 'aws_owned']) AS name;
  INSERT INTO aws_encryption_accounts (account_id, region, name, organization_id, organization_units, in_scope, _cq_id)
    SELECT id, 'global', name, 'o-large', ARRAY['r-root', 'ou-root-' || (ARRAY['prod', 'test', 'shared'])[n % 3 + 1]]
      || CASE WHEN n % 3 = 0 THEN ARRAY['ou-root-team' || n % 7] ELSE '{}' END, true, gen_random_uuid() FROM member;
  INSERT INTO aws_encryption_coverage
    (account_id, account_name, region, table_name, status, reason, message, started_at, finished_at,
      last_complete_at, _cq_sync_time, _cq_source_name, _cq_id)
    SELECT id, name, region, 'aws_encryption_' || table_name, 'complete', NULL, NULL, at, at, at, at, 's',
      gen_random_uuid()
    FROM place, unnest(ARRAY['keys', 'key_access', 'key_policies', 'key_grants', 's3_buckets', 'resources', 'foreign_keys'])
      AS table_name
    WHERE NOT dark
    UNION ALL
    SELECT id, name, 'global', '*', 'failed', 'assume_role_denied', 'sts:AssumeRole failed', at, at, NULL, at, 's',
      gen_random_uuid()
    FROM member WHERE dark;
  INSERT INTO aws_encryption_keys
    (account_id, account_name, region, partition, key_id, arn, enumerated_by, key_type, key_state, aliases,
      sharing, sharing_complete, shared_account_ids, shared_organization_ids, shared_outside_organization,
      shared_access, rotation_state, monthly_fee_usd, creation_date, deletion_date, sync_generation,
      _cq_sync_time, _cq_source_name, _cq_id)
    SELECT id, name, region, 'aws', 'k' || i, 'arn:aws:kms:' || region || ':' || id || ':key/k' || i, 'kms',
      CASE WHEN i = 3 AND n % 97 = 0 THEN NULL WHEN i = 8 THEN 'aws_managed' ELSE 'customer_managed_aws_material' END,
      CASE WHEN i = 4 AND n % 40 = 0 THEN 'PendingDeletion' ELSE 'Enabled' END,
      ARRAY['alias/' || name || '/' || i], 'not_shared', true, '{}', '{}', false, '{}',
      CASE WHEN i = 3 AND n % 97 = 0 THEN NULL WHEN i = 4 AND n % 40 = 0 THEN 'suspended' WHEN i = 8 THEN 'required' WHEN i < n % 4 THEN 'disabled'
        ELSE 'enabled' END,
      CASE WHEN i = 3 AND n % 97 = 0 THEN NULL WHEN i = 8 THEN 0 ELSE 1 END, at - (n || ' days')::interval,
      CASE WHEN i = 4 AND n % 40 = 0 THEN at + interval '9 days' END, 1, at, 's', gen_random_uuid()
    FROM place, generate_series(0, 9) AS i WHERE NOT dark;
  INSERT INTO aws_encryption_key_access
    (account_id, region, key_id, source, source_id, effect, principal_type, principal, principal_account_id, trust,
      access, certainty, reason, sync_generation, _cq_sync_time, _cq_source_name, _cq_id)
    SELECT owner.id, owner.region, 'k' || i, 'key_policy', '1', 'Allow', 'account', reader.id, reader.id,
      'organization', ARRAY['use'], 'unconditional', 'member', 1, owner.at, 's', gen_random_uuid()
    FROM place AS owner, member AS reader, generate_series(0, 1) AS i
    WHERE NOT owner.dark AND reader.n <> owner.n AND (reader.n < 3 OR (reader.n * 7 + owner.n) % 173 = 0)
    UNION ALL
    SELECT id, region, 'k0', 'grant', 'g', 'Allow', 'account', '999900000001', '999900000001',
      'external', ARRAY['use'], 'unconditional', 'vendor', 1, at, 's', gen_random_uuid()
    FROM place WHERE NOT dark AND n % 100 = 7;
`;

const UNTENDED = `
  UPDATE aws_encryption_keys SET tags = jsonb_build_object('Owner', 'team-' || right(account_id, 1))
    WHERE right(account_id, 1) < '7';
  -- One in eight accounts has a key for everybody.
  UPDATE aws_encryption_keys AS key
    SET sharing = 'public', shared_outside_organization = true, shared_access = ARRAY['use'],
      aliases = ARRAY['alias/partner-exchange']
    FROM member WHERE member.id = key.account_id AND n % 8 = 0 AND key_id = 'k2' AND region = 'us-east-1';
  INSERT INTO aws_encryption_key_access
    (account_id, region, key_id, source, source_id, effect, principal_type, principal, trust, access, certainty, reason,
      sync_generation, _cq_sync_time, _cq_source_name, _cq_id)
    SELECT account_id, region, key_id, 'key_policy', '7', 'Allow', 'anyone', '*', 'anyone', ARRAY['use'],
      'unconditional', 'anyone in any account', 1, _cq_sync_time, 's', gen_random_uuid()
    FROM aws_encryption_keys WHERE sharing = 'public';
  INSERT INTO aws_encryption_s3_buckets
    (account_id, account_name, region, name, arn, sse_algorithm, key_reference, kms_key_arn, key_account_id, key_type,
      shared_account_ids, sharing_complete, cross_account_read, blocked_account_ids, blocked_organization_ids,
      blocked_services, blocked_anyone, cross_account_write, explanation, sync_generation, _cq_sync_time,
      _cq_source_name, _cq_id)
    SELECT id, name, 'us-east-1', 'reports-' || n || '-' || i, 'arn:aws:s3:::reports-' || n || '-' || i, 'aws:kms', 'arn',
      'arn:aws:kms:us-east-1:' || id || ':key/k' || i, id, 'customer_managed_aws_material', ARRAY[reader], true,
      CASE WHEN i = 4 THEN 'not_shared' ELSE 'blocked_by_key_policy' END,
      CASE WHEN i = 4 THEN '{}' ELSE ARRAY[reader] END, '{}', '{}', false, 'not_shared',
      'Account ' || reader || ' is let in by the bucket policy, and neither key policy nor a grant of the key admits it.',
      1, at, 's', gen_random_uuid()
    FROM (SELECT *, CASE n WHEN 1 THEN '100000000000' ELSE '100000000001' END AS reader FROM member) AS owner,
      generate_series(3, 5) AS i WHERE NOT dark;
  INSERT INTO aws_encryption.finding_history
    (check_id, severity, account_id, region, resource, findings, waived, first_seen, last_seen)
    SELECT 'key-public', 'critical', account_id, region, arn, 1, false, _cq_sync_time - interval '40 days', _cq_sync_time
    FROM aws_encryption_keys WHERE sharing = 'public';
`;
