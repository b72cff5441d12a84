/** Whom keys let in now, as read: what a place that could not be read again keeps is no new reading. */
const READ = `
  read AS MATERIALIZED (
    SELECT
      account_id, region, key_id, arn, sharing, effective_sharing,
      COALESCE(sharing_complete, false) AS sharing_complete,
      ARRAY(SELECT id FROM unnest(shared_account_ids) AS id ORDER BY id COLLATE "C") AS account_ids,
      ARRAY(SELECT id FROM unnest(shared_organization_ids) AS id ORDER BY id COLLATE "C") AS organization_ids,
      ARRAY(SELECT id FROM unnest(effective_shared_account_ids) AS id ORDER BY id COLLATE "C") AS effective_ids,
      ARRAY(SELECT id FROM unnest(effective_shared_organization_ids) AS id ORDER BY id COLLATE "C") AS effective_organizations,
      ARRAY(SELECT id FROM unnest(organization_policy_ids) AS id ORDER BY id COLLATE "C") AS policy_ids,
      shared_account_ids IS NULL AS accounts_unknown,
      shared_organization_ids IS NULL AS organizations_unknown,
      effective_shared_account_ids IS NULL AS effective_unknown,
      effective_shared_organization_ids IS NULL AS effective_organizations_unknown,
      organization_policy_ids IS NULL AS policies_unknown,
      effective_sharing_complete,
      sync_generation, seen_at
    FROM aws_encryption.current_keys
    WHERE freshness = 'current' AND key_type NOT IN ('aws_managed', 'aws_owned')
  ),
  reading AS (
    SELECT
      account_id, region, key_id, arn, sharing, effective_sharing, sharing_complete,
      CASE WHEN NOT accounts_unknown THEN account_ids END AS shared_account_ids,
      CASE WHEN NOT organizations_unknown THEN organization_ids END AS shared_organization_ids,
      effective_sharing_complete,
      CASE WHEN NOT effective_unknown THEN effective_ids END AS effective_shared_account_ids,
      CASE WHEN NOT effective_organizations_unknown THEN effective_organizations END AS effective_shared_organization_ids,
      CASE WHEN NOT policies_unknown THEN policy_ids END AS organization_policy_ids,
      sync_generation, seen_at
    FROM read
  )`;

const OF_KEY = `open.account_id = reading.account_id AND open.region = reading.region AND open.key_id = reading.key_id`;

/** What a row of the history says of a key: another value of any of these begins another row. */
const told = [
  ...['sharing', 'effective_sharing', 'sharing_complete', 'shared_account_ids', 'shared_organization_ids'],
  ...['effective_sharing_complete', 'effective_shared_account_ids', 'organization_policy_ids'],
  'effective_shared_organization_ids',
];

const of = (row: string): string => told.map((column) => `${row}.${column}`).join(', ');

const SAME = `(${of('open')}) IS NOT DISTINCT FROM (${of('reading')})`;

/** Ends rows that are not so any more, ends those of keys that are gone, and begins a row for each change. */
export const RECORD_SHARING: readonly string[] = [
  `
  WITH ${READ}
  UPDATE aws_encryption.key_sharing_history AS open
  SET valid_to = reading.seen_at, to_generation = reading.sync_generation
  FROM reading
  WHERE open.valid_to IS NULL AND ${OF_KEY} AND reading.seen_at > open.valid_from AND NOT (${SAME})
  `,
  `
  -- As sets: the view is read once, whatever PostgreSQL knows of its size.
  WITH gone AS MATERIALIZED (
    SELECT account_id, region, key_id FROM aws_encryption.key_sharing_history WHERE valid_to IS NULL
    EXCEPT
    SELECT account_id, region, key_id FROM aws_encryption.current_keys
  )
  UPDATE aws_encryption.key_sharing_history AS open
  SET valid_to = listing.synced_at, to_generation = listing.last_complete_generation
  FROM gone
  JOIN aws_encryption.coverage AS listing ON listing.account_id = gone.account_id AND listing.region = gone.region
  WHERE open.valid_to IS NULL
    AND open.account_id = gone.account_id AND open.region = gone.region AND open.key_id = gone.key_id
    AND listing.table_name = 'aws_encryption_keys' AND listing.status = 'complete'
    AND listing.synced_at > open.valid_from
  `,
  `
  UPDATE aws_encryption.key_sharing_history AS open
  SET valid_to = listing.synced_at
  FROM (
    SELECT max(synced_at) AS synced_at FROM aws_encryption.coverage
    WHERE table_name = 'aws_encryption_accounts'
    HAVING bool_and(status = 'complete')
  ) AS listing
  WHERE open.valid_to IS NULL AND listing.synced_at > open.valid_from
    -- Its account has left.
    AND NOT EXISTS (SELECT FROM aws_encryption_accounts AS member WHERE member.account_id = open.account_id)
    AND NOT EXISTS (SELECT FROM aws_encryption.coverage AS place WHERE place.account_id = open.account_id)
  `,
  `
  WITH ${READ}
  INSERT INTO aws_encryption.key_sharing_history
    (account_id, region, key_id, arn, ${told.join(', ')}, from_generation, valid_from)
  SELECT account_id, region, key_id, arn, ${told.join(', ')}, sync_generation, seen_at
  FROM reading
  WHERE NOT EXISTS (SELECT FROM aws_encryption.key_sharing_history AS open WHERE open.valid_to IS NULL AND ${OF_KEY})
  ON CONFLICT (account_id, region, key_id, valid_from) DO NOTHING
  `,
];
