-- Who got access to which key, and when: parties of a reading of the key (`check --record`) that were in no earlier one
-- since all of its sharing was known. What could not be seen before is told apart from what is new.
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
)
SELECT
  now_in.account_id,
  now_in.region,
  now_in.key_id,
  now_in.arn,
  party,
  CASE
    WHEN party = '*' THEN 'anyone'
    WHEN party ~ '^\d{12}$' THEN 'account'
    ELSE 'organization'
  END AS party_type,
  CASE
    WHEN now_in.was_complete THEN 'new_access'
    WHEN NOT now_in.was_complete THEN 'not_known_before'
    WHEN now_in.valid_from = now_in.place_since THEN 'first_reading'
    ELSE 'new_key'
  END AS how,
  now_in.valid_from AS gained_at,
  now_in.from_generation AS generation,
  EXISTS (
    SELECT FROM readings AS last
    WHERE last.account_id = now_in.account_id AND last.region = now_in.region AND last.key_id = now_in.key_id
      AND last.valid_to IS NULL AND party = ANY (last.parties)
  ) AS still
FROM readings AS now_in
CROSS JOIN LATERAL unnest(now_in.parties) AS party
WHERE NOT EXISTS (
  SELECT FROM readings AS before
  WHERE before.account_id = now_in.account_id AND before.region = now_in.region AND before.key_id = now_in.key_id
    AND before.valid_from < now_in.valid_from
    AND before.valid_from >= COALESCE(now_in.known_at, '-infinity')
    AND party = ANY (before.parties)
)
ORDER BY gained_at DESC, account_id, region, key_id, party;

COMMENT ON VIEW aws_encryption.access_gained IS 'Accounts, organizations and the public that a key began to let in, by the readings that check --record keeps.';
COMMENT ON COLUMN aws_encryption.access_gained.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.access_gained.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.access_gained.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.access_gained.arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.access_gained.party IS 'Who was let in: an account, an organization, or * for anyone.';
COMMENT ON COLUMN aws_encryption.access_gained.party_type IS 'account, organization or anyone.';
COMMENT ON COLUMN aws_encryption.access_gained.how IS 'new_access: all was known before, and this was not there. not_known_before: it may have been there. new_key: the key is new. first_reading: of the account and region; nobody looked before.';
COMMENT ON COLUMN aws_encryption.access_gained.gained_at IS 'Time of the sync (UTC) that first saw it.';
COMMENT ON COLUMN aws_encryption.access_gained.generation IS 'That sync''s generation; 0 without backend_options.';
COMMENT ON COLUMN aws_encryption.access_gained.still IS 'Whether the last reading of the key has it still; it may know less than all.';
