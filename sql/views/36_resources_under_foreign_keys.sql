-- What is under keys of other accounts, and whose these are: whoever owns a key can lock the data under it, by one
-- call. A resource of which nobody knows which key it is under is a row with an owner `unknown`.
CREATE OR REPLACE VIEW aws_encryption.resources_under_foreign_keys AS
WITH things AS (
  SELECT
    account_id, account_name, region, 's3' AS service, 'bucket' AS resource_type, arn,
    COALESCE(kms_key_arn, kms_master_key_id) AS key_arn, key_account_id, 'encrypts' AS key_role,
    key_type = 'unknown' AS is_key_unknown, freshness
  FROM aws_encryption.current_buckets
  UNION ALL
  SELECT
    account_id, account_name, region, service, resource_type, arn,
    COALESCE(kms_key_arn, kms_key_id), key_account_id, 'encrypts',
    -- Which of the two AWS does not say, but neither is another account's.
    key_type = 'unknown' AND encryption_state IS DISTINCT FROM 'aws_owned_or_managed', freshness
  FROM aws_encryption.current_resources
  -- A grant is under its bucket's key, which the bucket has.
  WHERE resource_type IS DISTINCT FROM 'access_grant'
  UNION ALL
  SELECT
    account_id, account_name, region, service, resource_type, arn, associated.key_arn, NULL, 'opens', true, freshness
  FROM aws_encryption.current_resources
  CROSS JOIN unnest(associated_kms_key_ids) AS associated (key_arn)
  WHERE associated.key_arn IS DISTINCT FROM kms_key_arn
  UNION ALL
  SELECT
    account_id, account_name, region, service, resource_type, arn, further.key_arn, NULL, 'encrypts', true, freshness
  FROM aws_encryption.current_resources
  CROSS JOIN unnest(further_kms_key_ids) AS further (key_arn)
  WHERE further.key_arn IS DISTINCT FROM kms_key_arn
),
owned_things AS (
  SELECT
    things.*,
    COALESCE(key_account_id, substring(key_arn FROM '^arn:[^:]*:kms:[^:]*:([0-9]{12}):')) AS owner_account_id
  FROM things
),
foreign_things AS (
  SELECT * FROM owned_things
  WHERE owner_account_id <> account_id OR (owner_account_id IS NULL AND is_key_unknown)
),
-- What the sync said of an owner holds for all of its keys.
owners AS (
  SELECT DISTINCT ON (account_id, owner_account_id)
    account_id, owner_account_id, owner_standing, owner_name
  FROM aws_encryption_foreign_keys
  WHERE owner_standing IS NOT NULL
  ORDER BY account_id, owner_account_id, _cq_sync_time DESC
),
told AS (
  SELECT
    thing.account_id,
    thing.account_name,
    thing.region,
    thing.service,
    thing.resource_type,
    thing.arn,
    thing.key_arn,
    thing.key_role,
    thing.owner_account_id,
    COALESCE(owners.owner_name, member.name) AS owner_name,
    -- Regions whose keys of others are not listed have buckets, too: membership is known of these.
    COALESCE(
      owners.owner_standing,
      CASE WHEN member.organization_id = own.organization_id THEN 'organization' END,
      'unknown'
    ) AS owner_standing,
    thing.freshness
  FROM foreign_things AS thing
  LEFT JOIN owners
    ON owners.account_id = thing.account_id AND owners.owner_account_id = thing.owner_account_id
  LEFT JOIN aws_encryption_accounts AS own ON own.account_id = thing.account_id
  LEFT JOIN aws_encryption.whole_places AS gone
    ON gone.account_id = thing.owner_account_id AND gone.region = 'global' AND gone.left_at IS NOT NULL
  LEFT JOIN aws_encryption_accounts AS member
    ON member.account_id = thing.owner_account_id AND gone.account_id IS NULL
)
SELECT * FROM told
ORDER BY
  array_position(ARRAY['outside', 'unknown', 'known_account', 'organization', 'aws'], owner_standing),
  account_id, service, arn, key_arn;

COMMENT ON VIEW aws_encryption.resources_under_foreign_keys IS 'Buckets and resources under a key of another account, whose it is, and those of which the key is not known.';
COMMENT ON COLUMN aws_encryption.resources_under_foreign_keys.account_id IS 'The account that owns the resource, 12 digits.';
COMMENT ON COLUMN aws_encryption.resources_under_foreign_keys.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.resources_under_foreign_keys.region IS 'The region of the resource.';
COMMENT ON COLUMN aws_encryption.resources_under_foreign_keys.service IS 's3, sqs, ebs, …';
COMMENT ON COLUMN aws_encryption.resources_under_foreign_keys.resource_type IS 'bucket, queue, volume, …';
COMMENT ON COLUMN aws_encryption.resources_under_foreign_keys.arn IS 'The resource''s ARN.';
COMMENT ON COLUMN aws_encryption.resources_under_foreign_keys.key_arn IS 'The key, or its alias where that could not be looked up; null when not known.';
COMMENT ON COLUMN aws_encryption.resources_under_foreign_keys.key_role IS 'encrypts, or opens: a further key that decrypts the data.';
COMMENT ON COLUMN aws_encryption.resources_under_foreign_keys.owner_account_id IS 'The account that owns the key; null when not known.';
COMMENT ON COLUMN aws_encryption.resources_under_foreign_keys.owner_name IS 'Its name in the organization or in the spec''s known_accounts; null otherwise.';
COMMENT ON COLUMN aws_encryption.resources_under_foreign_keys.owner_standing IS 'organization, known_account, aws, outside (none of these), or unknown.';
COMMENT ON COLUMN aws_encryption.resources_under_foreign_keys.freshness IS 'current, kept (not read again since) or unknown.';
