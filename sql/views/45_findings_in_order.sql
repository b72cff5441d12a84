-- What to do first: every finding about one key, bucket or resource that lets the wrong ones in or the right ones down, the
-- worst first (`urgency_rank`). What is not known about one of them is a row `unknown`, after all others.
CREATE OR REPLACE VIEW aws_encryption.findings_in_order AS
WITH outside AS (
  SELECT
    urgency, account_id, region, 'kms' AS service, 'key' AS resource_type, arn, name, arn AS key_arn, NULL::integer AS days_left,
    -- Root users stand for their accounts.
    ARRAY(
      SELECT regexp_replace(principal, '^arn:[^:]*:iam::([0-9]{12}):root$', 'account \1')
      FROM unnest(principals) AS let_in (principal)
    ) AS who,
    NULL::text[] AS who_account_ids,
    CASE
      WHEN urgency = 'unknown' THEN 'Not known whether it can be used outside the organization.'
      WHEN urgency = 'rest' THEN format('Its own policy lets %s in; organization policies stop that (%s).', '%1$s', array_to_string(organization_policy_ids, ', '))
      WHEN urgency = 'public'
        THEN 'Anyone in any AWS account can use it' || CASE WHEN unconditional IS FALSE THEN ', under conditions that limit no account.' ELSE '.' END
      WHEN urgency = 'outside_under_conditions' THEN 'Outside the organization %1$s can use it under conditions.'
      WHEN unconditional THEN 'Outside the organization %1$s can use it without conditions.'
      ELSE 'Outside the organization %1$s can use it; not known whether conditions limit that.'
    END AS sentence,
    fix, freshness,
    CASE urgency WHEN 'public' THEN ARRAY['key-public'] ELSE ARRAY['key-usable-outside-organization'] END AS check_ids
  FROM aws_encryption.usable_outside_organization
),
lost_keys AS (
  SELECT
    account_id, region, arn, name, key_state, days_left, freshness,
    COALESCE(bool_or(use = 'in_use'), false) AS is_used,
    bool_and(use = 'none_found') AS is_unused,
    sum(uses) FILTER (WHERE use = 'in_use') AS uses,
    array_agg(DISTINCT COALESCE(used_by_account_id, 'unknown')) FILTER (WHERE use = 'in_use') AS account_ids
  FROM aws_encryption.uses_of_lost_keys
  GROUP BY account_id, region, arn, name, key_state, days_left, freshness
),
lost AS (
  SELECT
    CASE WHEN NOT is_used THEN 'unknown' WHEN key_state = 'Disabled' THEN 'rest' ELSE 'deletion_in_use' END AS urgency,
    account_id, region, 'kms', 'key', arn, name, arn AS key_arn, days_left, NULL::text[], account_ids,
    CASE
      WHEN key_state = 'Disabled' THEN 'Disabled'
      WHEN days_left IS NULL THEN 'Deleted once its replicas are'
      WHEN days_left = 1 THEN 'Deleted in 1 day'
      ELSE format('Deleted in %s days', days_left)
    END || CASE
      WHEN NOT is_used THEN '; not known whether anything still uses it.'
      WHEN uses = 1 THEN format('; 1 use in %s still needs it.', '%1$s')
      ELSE format('; %s uses in %s still need it.', uses, '%1$s')
    END,
    aws_encryption.fix_of_lost_key(arn, key_state), freshness,
    ARRAY[CASE key_state WHEN 'Disabled' THEN 'key-disabled-in-use' ELSE 'key-pending-deletion-in-use' END]
  FROM lost_keys
  WHERE NOT is_unused
),
locks AS (
  SELECT
    'bucket' AS kind, 'shared-but-locked-bucket' AS check_id, account_id, region, 's3' AS service, 'bucket' AS resource_type, arn,
    bucket AS name, kms_key_arn, state, cross_account_read AS cause, 'read it' AS doing, blocked_account_ids,
    blocked_organization_ids, blocked_services, blocked_anyone, fix, freshness
  FROM aws_encryption.locked_buckets
  -- A public access block that locks does its work.
  WHERE cross_account_read <> 'blocked_by_public_access_block'
  UNION ALL
  SELECT
    'writing', 'writers-locked-out-of-bucket', account_id, region, 's3', 'bucket', arn,
    bucket, kms_key_arn, state, cross_account_write, 'write to it', write_blocked_account_ids,
    write_blocked_organization_ids, write_blocked_services, false, fix, freshness
  FROM aws_encryption.write_locked_buckets
  WHERE cross_account_write <> 'blocked_by_public_access_block'
  UNION ALL
  SELECT
    'resource', 'shared-but-locked-resource', account_id, region, service, resource_type, arn,
    regexp_replace(arn, '^.*:', ''), kms_key_arn, state, cross_account_use, replace(judged_operation, '_', ' ') || ' it',
    blocked_account_ids, blocked_organization_ids, blocked_services, blocked_anyone, fix, freshness
  FROM aws_encryption.locked_resources
),
-- A bucket once, by what is proven of it, reading before writing.
locked AS (
  SELECT DISTINCT ON (arn)
    CASE state WHEN 'unknown' THEN 'unknown' ELSE 'locked_out' END AS urgency,
    account_id, region, service, resource_type, arn, name, kms_key_arn, NULL::integer,
    CASE WHEN blocked_anyone THEN ARRAY['anyone'] ELSE '{}' END
      || COALESCE(blocked_organization_ids, '{}') || COALESCE(blocked_services, '{}'),
    blocked_account_ids,
    CASE
      WHEN state = 'unknown' THEN format('Not known whether all whom it is shared with can %s.', doing)
      ELSE format(
        'Shared with %s, locked out (%s): cannot %s.', '%1$s',
        CASE WHEN cause LIKE 'blocked%' OR cause = 'partly_blocked' THEN replace(cause, '_', ' ') ELSE 'blocked by the key' END,
        doing
      )
    END,
    fix, freshness,
    ARRAY[check_id, 'aws-managed-key-on-shared-' || resource_type, 'aws-managed-key-on-shared-resource']
  FROM locks
  ORDER BY arn, state = 'unknown', kind
),
under_outside_keys AS (
  SELECT
    'rest', account_id, region, service, resource_type, arn, regexp_replace(arn, '^.*:', ''), min(key_arn), NULL::integer,
    NULL::text[], array_agg(DISTINCT owner_account_id),
    'Under a key of %1$s, outside the organization, which can lock it at any time.', NULL::jsonb, min(freshness),
    ARRAY['resource-under-outside-key']
  FROM aws_encryption.resources_under_foreign_keys
  WHERE owner_standing = 'outside'
  GROUP BY account_id, region, service, resource_type, arn
),
findings AS (
  SELECT * FROM outside
  UNION ALL
  SELECT * FROM lost
  UNION ALL
  SELECT * FROM locked
  UNION ALL
  SELECT * FROM under_outside_keys
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
  freshness
FROM named
ORDER BY
  aws_encryption.urgency_rank(urgency), days_left NULLS LAST, account_name, account_id, organization_units, owner, arn;

COMMENT ON VIEW aws_encryption.findings_in_order IS 'What to do first: keys that are public or usable outside the organization, deletions of keys in use, whom keys lock out, disabled keys in use and things under keys of outsiders, the worst first; and those of which it is not known, last.';
COMMENT ON COLUMN aws_encryption.findings_in_order.rank IS 'Its place in the order, 1 to 6; 7 where it is not known whether there is anything.';
COMMENT ON COLUMN aws_encryption.findings_in_order.urgency IS 'public, outside (usable outside the organization without conditions), deletion_in_use, locked_out, outside_under_conditions, rest, or unknown.';
COMMENT ON COLUMN aws_encryption.findings_in_order.account_id IS 'The account that owns it.';
COMMENT ON COLUMN aws_encryption.findings_in_order.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.findings_in_order.organization_units IS 'Its organizational units from the root down; null when not read.';
COMMENT ON COLUMN aws_encryption.findings_in_order.organization_unit_names IS 'Their names; null when one was not read.';
COMMENT ON COLUMN aws_encryption.findings_in_order.region IS 'The region.';
COMMENT ON COLUMN aws_encryption.findings_in_order.service IS 'kms, s3, …: what it is about.';
COMMENT ON COLUMN aws_encryption.findings_in_order.resource_type IS 'key, bucket, queue, ….';
COMMENT ON COLUMN aws_encryption.findings_in_order.arn IS 'The ARN of that; null for a key whose ARN was not read.';
COMMENT ON COLUMN aws_encryption.findings_in_order.name IS 'Of a key its first alias, else its id; of a bucket its name; of others the last part of the ARN.';
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
