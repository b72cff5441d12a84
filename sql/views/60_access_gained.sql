-- Who got access to which key, and when: parties of a reading of the key (`check --record`) that were in no earlier one
-- since all of its sharing was known, and those that policies of the organization kept out until then. What could not be
-- seen before is told apart from what is new.
CREATE OR REPLACE VIEW aws_encryption.access_gained AS
WITH readings AS (
  SELECT
    *,
    COALESCE(shared_account_ids, '{}') || COALESCE(shared_organization_ids, '{}')
      || CASE sharing WHEN 'public' THEN ARRAY['*'] ELSE '{}'::text[] END AS parties,
    lag(sharing_complete) OVER of_key AS was_complete,
    -- The last reading before this one of which all is known.
    max(valid_from) FILTER (WHERE sharing_complete)
      OVER (of_key ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS known_at,
    min(valid_from) OVER (PARTITION BY account_id, region) AS place_since
  FROM aws_encryption.key_sharing_history
  WINDOW of_key AS (PARTITION BY account_id, region, key_id ORDER BY valid_from)
),
let_in AS (
  SELECT
    readings.*,
    party,
    aws_encryption.left_by_policies(
      party, sharing, effective_sharing, effective_sharing_complete, shared_account_ids, effective_shared_account_ids,
      effective_shared_organization_ids, organization_policy_ids
    ) AS after_policies
  FROM readings
  CROSS JOIN LATERAL unnest(parties) AS party
),
-- By windows, not by joins with itself: PostgreSQL cannot tell how many rows these are.
compared AS (
  SELECT
    *,
    lag(valid_from) OVER so_far AS let_in_at,
    -- Its answers in the readings before this one that were held against policies; the last one counts.
    array_agg(after_policies) FILTER (WHERE effective_sharing IS NOT NULL)
      OVER (so_far ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS evaluated,
    bool_or(valid_to IS NULL) OVER of_party AS still,
    max(after_policies) FILTER (WHERE valid_to IS NULL) OVER of_party AS last_after_policies
  FROM let_in
  WINDOW
    of_party AS (PARTITION BY account_id, region, key_id, party),
    so_far AS (PARTITION BY account_id, region, key_id, party ORDER BY valid_from)
),
gained AS (
  SELECT
    *,
    let_in_at IS NULL OR let_in_at < known_at AS by_itself,
    evaluated[cardinality(evaluated)] = 'no' AND after_policies <> 'no' AND effective_sharing IS NOT NULL AS by_policies
  FROM compared
)
SELECT
  account_id,
  region,
  key_id,
  arn,
  party,
  CASE
    WHEN party = '*' THEN 'anyone'
    WHEN party ~ '^\d{12}$' THEN 'account'
    ELSE 'organization'
  END AS party_type,
  CASE
    WHEN by_itself IS NOT TRUE THEN 'let_through_by_policies'
    WHEN was_complete THEN 'new_access'
    WHEN NOT was_complete THEN 'not_known_before'
    WHEN valid_from = place_since THEN 'first_reading'
    ELSE 'new_key'
  END AS how,
  valid_from AS gained_at,
  from_generation AS generation,
  still,
  after_policies,
  COALESCE(last_after_policies, 'no') AS still_after_policies,
  CASE WHEN after_policies <> 'yes' THEN organization_policy_ids ELSE '{}' END AS organization_policy_ids
FROM gained
WHERE by_itself OR by_policies
ORDER BY gained_at DESC, account_id, region, key_id, party;

COMMENT ON VIEW aws_encryption.access_gained IS 'Accounts, organizations and the public that a key began to let in, or that policies of the organization no longer keep out, by the readings that check --record keeps.';
COMMENT ON COLUMN aws_encryption.access_gained.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.access_gained.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.access_gained.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.access_gained.arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.access_gained.party IS 'Who was let in: an account, an organization, or * for anyone.';
COMMENT ON COLUMN aws_encryption.access_gained.party_type IS 'account, organization or anyone.';
COMMENT ON COLUMN aws_encryption.access_gained.how IS 'new_access: all was known before, and this was not there. not_known_before: it may have been there. new_key: the key is new. first_reading: of the account and region; nobody looked before. let_through_by_policies: the key let it in before, and organization policies surely kept it out until then.';
COMMENT ON COLUMN aws_encryption.access_gained.gained_at IS 'Time of the sync (UTC) that first saw it.';
COMMENT ON COLUMN aws_encryption.access_gained.generation IS 'That sync''s generation; 0 without backend_options.';
COMMENT ON COLUMN aws_encryption.access_gained.still IS 'Whether the key itself has it still, by its last reading; it may know less than all.';
COMMENT ON COLUMN aws_encryption.access_gained.after_policies IS 'Whether it remained then after organization policies: yes; no: they surely keep it out; unknown: they were not evaluated, may take it away, or leave some accounts of an organization that they keep out.';
COMMENT ON COLUMN aws_encryption.access_gained.still_after_policies IS 'The same by the last reading of the key; no, too, where the key itself does not let it in any more.';
COMMENT ON COLUMN aws_encryption.access_gained.organization_policy_ids IS 'Where it did not surely remain: the policies that took sharing of the key away then; null where they were not evaluated.';
