/** Accounts × keys each; a million things use these. */
const size = { accounts: 50, keys: 400, resources: 800_000, buckets: 40_000, grants: 160_000 } as const;

/** How many edges of keys there are, aliases aside. */
export const edges: number = size.resources + size.buckets + size.grants;
export const keys: number = size.accounts * size.keys;
/** One of the keys, used by as many things as all others are. */
export const oneKey = 'arn:aws:kms:eu-west-1:100000000001:key/1';

const sync = `date_trunc('hour', now() AT TIME ZONE 'UTC') AS _cq_sync_time, 'aws-encryption' AS _cq_source_name, 2 AS sync_generation`;
const syncColumns = '_cq_sync_time, _cq_source_name, sync_generation';
const eachAccount = `generate_series(1, ${size.accounts}) AS account (n), LATERAL (SELECT (100000000000 + account.n)::text AS id) AS of`;
/** The n-th thing is of the n-th account and uses the n-th key of all, each round and round. */
const accountOf = `(100000000000 + 1 + thing.n % ${size.accounts})::text`;
const keyOf = `1 + thing.n / ${size.accounts} % ${size.keys}`;
const keyArn = `format('arn:aws:kms:eu-west-1:%s:key/%s', ${accountOf}, ${keyOf})`;

/** Statements that fill empty tables. */
export const fill: readonly string[] = [
  `INSERT INTO aws_encryption_accounts (${syncColumns}, account_id, region, name, state, organization_id, in_scope)
   SELECT ${sync}, of.id, 'global', 'account ' || account.n, 'ACTIVE', 'o-1', true FROM ${eachAccount}`,
  `INSERT INTO aws_encryption_coverage (${syncColumns}, account_id, region, table_name, status, started_at, finished_at, last_complete_at, last_complete_generation)
   SELECT ${sync}, of.id, CASE kind.name WHEN 's3_buckets' THEN 'global' ELSE place.region END, 'aws_encryption_' || kind.name,
     'complete', now(), now(), now(), 2
   FROM ${eachAccount},
     (VALUES ('eu-west-1'), ('eu-west-2'), ('eu-central-1'), ('us-east-1'), ('us-west-2')) AS place (region),
     (VALUES ('keys'), ('key_access'), ('key_grants'), ('key_metrics'), ('foreign_keys'), ('resources'), ('s3_buckets')) AS kind (name)
   WHERE kind.name <> 's3_buckets' OR place.region = 'eu-west-1'`,
  `INSERT INTO aws_encryption_keys (${syncColumns}, account_id, region, partition, key_id, arn, enumerated_by, key_type, key_state, key_usage, aliases, multi_region, sharing, sharing_complete)
   SELECT ${sync}, of.id, 'eu-west-1', 'aws', key.n::text, format('arn:aws:kms:eu-west-1:%s:key/%s', of.id, key.n), 'kms',
     'customer_managed_aws_material', CASE key.n % 50 WHEN 0 THEN 'Disabled' WHEN 2 THEN 'PendingDeletion' ELSE 'Enabled' END, 'ENCRYPT_DECRYPT',
     ARRAY[format('alias/key-%s', key.n)], false, 'not_shared', true
   FROM ${eachAccount}, generate_series(1, ${size.keys}) AS key (n)`,
  `INSERT INTO aws_encryption_key_access (${syncColumns}, account_id, region, key_id, source, source_id, principal, principal_type, principal_account_id, effect, trust, access, certainty)
   SELECT ${sync}, of.id, 'eu-west-1', key.n::text, 'key_policy', '0', format('arn:aws:iam::%s:root', of.id), 'account', of.id, 'Allow', 'same_account', ARRAY['use'], 'unconditional'
   FROM ${eachAccount}, generate_series(1, ${size.keys}) AS key (n)`,
  `INSERT INTO aws_encryption_key_metrics (${syncColumns}, account_id, region, key_id, operation, requests, window_start, window_end, last_day_with_requests)
   SELECT ${sync}, of.id, 'eu-west-1', key.n::text, operation, 1000, now() - interval '13 days', now(), date_trunc('day', now())
   FROM ${eachAccount}, generate_series(1, ${size.keys}) AS key (n), unnest(ARRAY['Decrypt', 'Encrypt', 'GenerateDataKey']) AS operation`,
  `INSERT INTO aws_encryption_resources (${syncColumns}, account_id, region, arn, service, resource_type, encryption_state, kms_key_arn, key_type, associated_kms_key_ids)
   SELECT ${sync}, ${accountOf}, 'eu-west-1', format('arn:aws:%s:eu-west-1:%s:%s', sort.service, ${accountOf}, thing.n), sort.service, sort.type,
     'kms', ${keyArn}, 'customer_managed_aws_material', CASE WHEN sort.type = 'snapshot' THEN ARRAY[${keyArn}] END
   FROM generate_series(1, ${size.resources}) AS thing (n),
     LATERAL (SELECT
       (ARRAY['sqs', 'rds', 'ebs', 'ebs', 'logs', 'secretsmanager', 'lambda', 'dynamodb'])[1 + thing.n % 8] AS service,
       (ARRAY['queue', 'instance', 'volume', 'snapshot', 'log_group', 'secret', 'function', 'table'])[1 + thing.n % 8] AS type
     ) AS sort`,
  `INSERT INTO aws_encryption_s3_buckets (${syncColumns}, account_id, region, name, arn, sse_algorithm, kms_key_arn, key_type, replication)
   SELECT ${sync}, ${accountOf}, 'eu-west-1', 'bucket-' || thing.n, 'arn:aws:s3:::bucket-' || thing.n, 'aws:kms', ${keyArn},
     'customer_managed_aws_material',
     CASE WHEN thing.n % 10 = 0 THEN jsonb_build_array(jsonb_build_object('kms_key', ${keyArn}, 'kms_key_arn', ${keyArn})) ELSE '[]' END
   FROM generate_series(1, ${size.buckets}) AS thing (n)`,
  `INSERT INTO aws_encryption_key_grants (${syncColumns}, account_id, region, partition, key_id, grant_id, arn, grantee_principal, issuing_account, operations, constraints)
   SELECT ${sync}, ${accountOf}, 'eu-west-1', 'aws', (${keyOf})::text, 'grant-' || thing.n, ${keyArn}, 'rds.eu-west-1.amazonaws.com',
     ${accountOf}, ARRAY['Decrypt'], jsonb_build_object('EncryptionContextSubset', jsonb_build_object('aws:rds:db-id', 'db-' || thing.n))
   FROM generate_series(1, ${size.grants}) AS thing (n)`,
];
