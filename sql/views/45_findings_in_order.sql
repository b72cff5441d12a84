-- What to do first: every finding about one key, bucket or resource that lets the wrong ones in or the right ones down, the
-- worst first (`urgency_rank`). What is not known about one of them is a row `unknown`, after all others; so is a part whose
-- tables are not synced.
CREATE OR REPLACE VIEW aws_encryption.findings_in_order AS
WITH findings AS (
  SELECT * FROM aws_encryption.findings_outside
  UNION ALL
  SELECT * FROM aws_encryption.findings_lost_keys
  UNION ALL
  SELECT * FROM aws_encryption.findings_locked_buckets
  UNION ALL
  SELECT * FROM aws_encryption.findings_locked_resources
  UNION ALL
  SELECT * FROM aws_encryption.findings_under_outside_keys
  UNION ALL
  SELECT * FROM aws_encryption.findings_of_keys
  UNION ALL
  SELECT * FROM aws_encryption.findings_not_synced
),
named AS (
  SELECT
    finding.*,
    account.name AS account_name,
    account.organization_units,
    account.organization_unit_names,
    key.aliases[1] AS key_alias,
    key.key_id,
    aws_encryption.owner_by_tags(key.tags) AS owner,
    ARRAY(
      SELECT COALESCE(other.name || ' (' || id || ')', 'account ' || id)
      FROM unnest(finding.who_account_ids) WITH ORDINALITY AS named (id, place)
      LEFT JOIN aws_encryption_accounts AS other ON other.account_id = named.id
      ORDER BY place
    ) || COALESCE(finding.who, '{}') AS names
  FROM findings AS finding
  LEFT JOIN aws_encryption_accounts AS account ON account.account_id = finding.account_id
  LEFT JOIN aws_encryption.current_keys AS key ON key.arn = finding.key_arn
)
SELECT
  aws_encryption.urgency_rank(urgency) AS rank,
  urgency,
  account_id,
  account_name,
  organization_units,
  organization_unit_names,
  region,
  service,
  resource_type,
  arn,
  name,
  key_alias,
  COALESCE(key_id, substring(key_arn FROM ':key/(.+)$')) AS key_id,
  key_arn,
  names AS who,
  days_left,
  (
    SELECT min(history.first_seen)
    FROM aws_encryption.finding_history AS history
    WHERE history.resolved_at IS NULL AND history.resource = named.arn AND history.check_id = ANY (named.check_ids)
  ) AS first_seen,
  owner,
  replace(sentence, '%1$s', COALESCE(NULLIF(aws_encryption.first_names(names, 3), ''), 'somebody')) AS sentence,
  fix,
  freshness,
  check_ids[1] AS check_id
FROM named
ORDER BY
  aws_encryption.urgency_rank(urgency), days_left NULLS LAST, check_ids[1] IS NOT DISTINCT FROM 'rotation-off',
  account_name, account_id, organization_units, owner, arn;

COMMENT ON VIEW aws_encryption.findings_in_order IS 'What to do first: keys that are public or usable outside the organization, deletions of keys in use, whom keys lock out, disabled keys in use, things under keys of outsiders and keys that could rotate and do not, the worst first; and those of which it is not known, last.';
COMMENT ON COLUMN aws_encryption.findings_in_order.rank IS 'Its place in the order, 1 to 6; 7 where it is not known whether there is anything.';
COMMENT ON COLUMN aws_encryption.findings_in_order.urgency IS 'public, outside (usable outside the organization without conditions), deletion_in_use, locked_out, outside_under_conditions, rest, or unknown.';
COMMENT ON COLUMN aws_encryption.findings_in_order.account_id IS 'The account that owns it; null where a part is not synced.';
COMMENT ON COLUMN aws_encryption.findings_in_order.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.findings_in_order.organization_units IS 'Its organizational units from the root down; null when not read.';
COMMENT ON COLUMN aws_encryption.findings_in_order.organization_unit_names IS 'Their names; null when one was not read.';
COMMENT ON COLUMN aws_encryption.findings_in_order.region IS 'The region; null where a part is not synced.';
COMMENT ON COLUMN aws_encryption.findings_in_order.service IS 'kms, s3, …: what it is about; null where a part is not synced.';
COMMENT ON COLUMN aws_encryption.findings_in_order.resource_type IS 'key, bucket, queue, …; null where a part is not synced.';
COMMENT ON COLUMN aws_encryption.findings_in_order.arn IS 'The ARN of that; null for a key whose ARN was not read, and where a part is not synced.';
COMMENT ON COLUMN aws_encryption.findings_in_order.name IS 'Of a key its first alias, else its id; of a bucket its name; of others the last part of the ARN; of a part that is not synced what it is about.';
COMMENT ON COLUMN aws_encryption.findings_in_order.key_alias IS 'First alias of the key that it is about or under; null when there is none or it was not read.';
COMMENT ON COLUMN aws_encryption.findings_in_order.key_id IS 'The id of that key; null when it is not known.';
COMMENT ON COLUMN aws_encryption.findings_in_order.key_arn IS 'Its ARN; null when it is not known.';
COMMENT ON COLUMN aws_encryption.findings_in_order.who IS 'Who is let in, is locked out, still uses the key, or owns it: accounts with their names, principals as written.';
COMMENT ON COLUMN aws_encryption.findings_in_order.days_left IS 'Of a key pending deletion; null for others and where there is no date.';
COMMENT ON COLUMN aws_encryption.findings_in_order.first_seen IS 'Time of the first sync (UTC) in which a check found it, by finding_history; null where check --record has not recorded it.';
COMMENT ON COLUMN aws_encryption.findings_in_order.owner IS 'By a tag owner, team, … of the key, in any letter case; null when there is none, or tags or key were not read.';
COMMENT ON COLUMN aws_encryption.findings_in_order.sentence IS 'What is wrong, in one sentence.';
COMMENT ON COLUMN aws_encryption.findings_in_order.fix IS 'What ends it, step by step, as in the views it comes from; null where none is proposed.';
COMMENT ON COLUMN aws_encryption.findings_in_order.freshness IS 'current, kept or unknown, as in current_keys.';
COMMENT ON COLUMN aws_encryption.findings_in_order.check_id IS 'The check that finds it; null where a part is not synced.';
