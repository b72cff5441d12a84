-- Each related key of a multi-Region family decrypts what any of them encrypted, and each has its own policy: a
-- family is as exposed as its most exposed member. A member that was not seen leaves that open.
CREATE OR REPLACE VIEW aws_encryption.multi_region_exposure AS
WITH members AS (
  SELECT *
  FROM aws_encryption.current_keys
  WHERE multi_region OR key_id LIKE 'mrk-%'
),
related AS (
  SELECT account_id, key_id, arn FROM members
  UNION
  SELECT account_id, key_id, primary_key_arn FROM members
  UNION
  SELECT member.account_id, member.key_id, replica.arn
  FROM members AS member
  CROSS JOIN LATERAL unnest(member.replica_key_arns) AS replica (arn)
),
not_seen AS (
  SELECT related.account_id, related.key_id, array_agg(related.arn ORDER BY related.arn) AS arns
  FROM related
  WHERE related.arn IS NOT NULL AND NOT EXISTS (SELECT FROM members WHERE members.arn = related.arn)
  GROUP BY related.account_id, related.key_id
),
ranked AS (
  SELECT
    *,
    array_position(ARRAY['not_shared', 'organization', 'other_account', 'external', 'public'], sharing) AS width,
    -- Metadata that was not read names no relatives.
    (sharing_complete AND multi_region AND primary_key_arn IS NOT NULL) IS TRUE AS fully_known
  FROM members
),
families AS (
  SELECT
    account_id,
    account_name,
    key_id,
    max(primary_key_arn) AS primary_key_arn,
    array_agg(region ORDER BY region) AS regions,
    (ARRAY['not_shared', 'organization', 'other_account', 'external', 'public'])[max(width)] AS widest_proven,
    bool_and(fully_known) AND bool_and(sharing <> 'unknown') AS all_known,
    count(DISTINCT sharing) > 1 AS members_differ
  FROM ranked
  GROUP BY account_id, account_name, key_id
)
SELECT
  family.account_id,
  family.account_name,
  family.key_id,
  family.primary_key_arn,
  family.regions,
  COALESCE(not_seen.arns, '{}') AS not_seen_arns,
  CASE
    WHEN family.widest_proven = 'public' THEN 'public'
    WHEN family.all_known AND not_seen.arns IS NULL THEN family.widest_proven
    ELSE 'unknown'
  END AS exposure,
  family.widest_proven,
  ARRAY(
    SELECT ranked.region FROM ranked
    WHERE ranked.account_id = family.account_id AND ranked.key_id = family.key_id
      AND ranked.sharing = family.widest_proven
    ORDER BY ranked.region
  ) AS widest_in_regions,
  ARRAY(
    SELECT DISTINCT shared.id
    FROM ranked CROSS JOIN LATERAL unnest(ranked.shared_account_ids) AS shared (id)
    WHERE ranked.account_id = family.account_id AND ranked.key_id = family.key_id
    ORDER BY shared.id
  ) AS shared_account_ids,
  family.members_differ
FROM families AS family
LEFT JOIN not_seen
  ON not_seen.account_id = family.account_id AND not_seen.key_id = family.key_id
ORDER BY family.account_id, family.key_id;

COMMENT ON VIEW aws_encryption.multi_region_exposure IS 'How widely each multi-Region family of keys is shared: the widest of its related keys.';
COMMENT ON COLUMN aws_encryption.multi_region_exposure.account_id IS 'The account that owns the family.';
COMMENT ON COLUMN aws_encryption.multi_region_exposure.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.multi_region_exposure.key_id IS 'The id that all related keys have.';
COMMENT ON COLUMN aws_encryption.multi_region_exposure.primary_key_arn IS 'The primary key; null when no member told it.';
COMMENT ON COLUMN aws_encryption.multi_region_exposure.regions IS 'Regions whose key was seen.';
COMMENT ON COLUMN aws_encryption.multi_region_exposure.not_seen_arns IS 'Related keys that were not seen.';
COMMENT ON COLUMN aws_encryption.multi_region_exposure.exposure IS 'not_shared, organization, other_account, external or public; unknown when a related key, its policy or its grants were not seen, unless one is public anyway.';
COMMENT ON COLUMN aws_encryption.multi_region_exposure.widest_proven IS 'The widest sharing of the keys that were seen; null when none is proven.';
COMMENT ON COLUMN aws_encryption.multi_region_exposure.widest_in_regions IS 'Regions whose key is shared that widely.';
COMMENT ON COLUMN aws_encryption.multi_region_exposure.shared_account_ids IS 'Accounts that any of the related keys lets in.';
COMMENT ON COLUMN aws_encryption.multi_region_exposure.members_differ IS 'Whether the related keys are shared differently.';
