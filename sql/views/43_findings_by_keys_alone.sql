-- Parts of findings_in_order as far as the keys' own rows tell them: they stand in for the views of the next files where a
-- table that one needs is not synced. Then that view cannot be made, and what is known would be hidden with it.
CREATE OR REPLACE VIEW aws_encryption.findings_by_keys_alone AS
WITH outside AS (
  SELECT
    key.*,
    family.regions AS family_regions,
    aws_encryption.outside_urgency(
      CASE WHEN shared_outside_organization AND shared_access && ARRAY['use', 'grant'] THEN 'yes' ELSE 'unknown' END,
      CASE WHEN effective_shared_outside_organization IS FALSE THEN 'no' ELSE 'unknown' END,
      COALESCE(effective_sharing, sharing),
      NULL
    ) AS urgency
  FROM aws_encryption.current_keys AS key
  LEFT JOIN aws_encryption.multi_region_exposure AS family
    ON family.account_id = key.account_id AND family.key_id = key.key_id
  WHERE key_type NOT IN ('aws_managed', 'aws_owned')
    AND (
      shared_outside_organization AND shared_access && ARRAY['use', 'grant']
      OR shared_outside_organization IS NULL OR NOT sharing_complete
    )
)
SELECT
  'findings_outside' AS part,
  urgency, account_id, region, 'kms' AS service, 'key' AS resource_type, arn, name, arn AS key_arn,
  NULL::integer AS days_left, NULL::text[] AS who, shared_account_ids AS who_account_ids,
  CASE urgency
    WHEN 'public' THEN 'Anyone in any AWS account can use it; not known whether conditions limit that.'
    WHEN 'unknown' THEN 'Not known whether it can be used outside the organization.'
    WHEN 'rest' THEN 'Its own policy lets others in outside the organization; organization policies stop that.'
    ELSE 'Can be used outside the organization; not known by whom and whether conditions limit that.'
  END || aws_encryption.relatives_sentence(urgency, family_regions, region) AS sentence,
  fix, freshness,
  CASE urgency WHEN 'public' THEN ARRAY['key-public'] ELSE ARRAY['key-usable-outside-organization'] END AS check_ids
FROM outside
UNION ALL
SELECT
  'findings_lost_keys',
  'unknown', key.account_id, key.region, 'kms', 'key', key.arn, key.name, key.arn, pending.days_left, NULL, NULL,
  aws_encryption.fate_of_lost_key(key.key_state, pending.days_left) || '; not known whether anything still uses it.',
  NULL, key.freshness,
  ARRAY[CASE key.key_state WHEN 'Disabled' THEN 'key-disabled-in-use' ELSE 'key-pending-deletion-in-use' END]
FROM aws_encryption.current_keys AS key
LEFT JOIN aws_encryption.pending_deletions AS pending ON pending.arn = key.arn
WHERE key.key_state IN ('Disabled', 'PendingDeletion', 'PendingReplicaDeletion');

COMMENT ON VIEW aws_encryption.findings_by_keys_alone IS 'Stands in for parts of findings_in_order whose tables are not synced: what the rows of keys tell alone.';
COMMENT ON COLUMN aws_encryption.findings_by_keys_alone.part IS 'The view that it stands in for.';
COMMENT ON COLUMN aws_encryption.findings_by_keys_alone.urgency IS 'As in findings_in_order, like the next columns of the same names.';
COMMENT ON COLUMN aws_encryption.findings_by_keys_alone.account_id IS 'The account that owns it.';
COMMENT ON COLUMN aws_encryption.findings_by_keys_alone.region IS 'The region.';
COMMENT ON COLUMN aws_encryption.findings_by_keys_alone.service IS 'What it is about: kms, s3, ….';
COMMENT ON COLUMN aws_encryption.findings_by_keys_alone.resource_type IS 'What it is about: key, bucket, queue, ….';
COMMENT ON COLUMN aws_encryption.findings_by_keys_alone.arn IS 'Its ARN; null where it was not read.';
COMMENT ON COLUMN aws_encryption.findings_by_keys_alone.name IS 'Its name.';
COMMENT ON COLUMN aws_encryption.findings_by_keys_alone.key_arn IS 'The key that it is about or under; null when it is not known.';
COMMENT ON COLUMN aws_encryption.findings_by_keys_alone.days_left IS 'Of a key pending deletion.';
COMMENT ON COLUMN aws_encryption.findings_by_keys_alone.who IS 'Principals, organizations and services that it is about, as written; null or empty: none.';
COMMENT ON COLUMN aws_encryption.findings_by_keys_alone.who_account_ids IS 'Accounts that it is about; null or empty: none.';
COMMENT ON COLUMN aws_encryption.findings_by_keys_alone.sentence IS 'What is wrong; %1$s where those stand whom it is about.';
COMMENT ON COLUMN aws_encryption.findings_by_keys_alone.fix IS 'What ends it; null where nothing is proposed.';
COMMENT ON COLUMN aws_encryption.findings_by_keys_alone.freshness IS 'current, kept or unknown, as in current_keys.';
COMMENT ON COLUMN aws_encryption.findings_by_keys_alone.check_ids IS 'The checks that find it.';

-- Each part by its columns; the files that follow put the whole answer in its place, where its tables are there.
DO $$
DECLARE
  part text;
  named record;
BEGIN
  FOREACH part IN ARRAY ARRAY[
    'findings_outside', 'findings_lost_keys', 'findings_locked_buckets', 'findings_locked_resources',
    'findings_under_outside_keys', 'findings_of_keys', 'findings_not_synced'
  ] LOOP
    EXECUTE format(
      'CREATE OR REPLACE VIEW aws_encryption.%I AS
        SELECT urgency, account_id, region, service, resource_type, arn, name, key_arn, days_left, who, who_account_ids,
          sentence, fix, freshness, check_ids
        FROM aws_encryption.findings_by_keys_alone WHERE part = %L', part, part
    );
    EXECUTE format('COMMENT ON VIEW aws_encryption.%I IS %L', part, 'A part of findings_in_order, before names are put in.');
    FOR named IN
      SELECT attname AS name, col_description(attrelid, attnum) AS words
      FROM pg_catalog.pg_attribute
      WHERE attrelid = 'aws_encryption.findings_by_keys_alone'::regclass AND attname <> 'part'
    LOOP
      EXECUTE format('COMMENT ON COLUMN aws_encryption.%I.%I IS %L', part, named.name, named.words);
    END LOOP;
  END LOOP;
END
$$;
