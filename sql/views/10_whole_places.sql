-- What the last syncs said of accounts and regions as a whole, which speaks for tables of which nothing else is known.
CREATE OR REPLACE VIEW aws_encryption.whole_places AS
SELECT
  account_id,
  region,
  bool_or(COALESCE(status IN ('failed', 'skipped'), false)) AS is_unread,
  max(_cq_sync_time) FILTER (WHERE reason = 'account_left') AS left_at
FROM aws_encryption_coverage
WHERE table_name = '*'
GROUP BY account_id, region;

COMMENT ON VIEW aws_encryption.whole_places IS 'What was said of accounts and regions as a whole: which could not be read, and which accounts have left the organization.';
COMMENT ON COLUMN aws_encryption.whole_places.account_id IS 'The account, 12 digits.';
COMMENT ON COLUMN aws_encryption.whole_places.region IS 'The region, or global for the whole account.';
COMMENT ON COLUMN aws_encryption.whole_places.is_unread IS 'Whether a sync failed to read it or skipped it.';
COMMENT ON COLUMN aws_encryption.whole_places.left_at IS 'Time of the sync that found that the account had left the organization (UTC); null when none did.';
