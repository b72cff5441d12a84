-- Requests on keys within two weeks, as they were last read. Empty where no sync has made the table, so that views
-- which only know more by it do without.
DO $view$
BEGIN
  IF to_regclass('aws_encryption_key_metrics') IS NULL THEN
    CREATE OR REPLACE VIEW aws_encryption.current_key_metrics AS
    SELECT
      NULL::text AS account_id,
      NULL::text AS region,
      NULL::text AS key_id,
      NULL::text AS operation,
      NULL::bigint AS requests,
      NULL::timestamp AS window_start,
      NULL::timestamp AS window_end,
      NULL::timestamp AS last_day_with_requests,
      NULL::text AS freshness
    WHERE false;
  ELSE
    CREATE OR REPLACE VIEW aws_encryption.current_key_metrics AS
    SELECT
      metric.account_id,
      metric.region,
      metric.key_id,
      metric.operation,
      metric.requests,
      metric.window_start,
      metric.window_end,
      metric.last_day_with_requests,
      aws_encryption.freshness(
        metric._cq_sync_time,
        reading.synced_at,
        reading.status IN ('failed', 'skipped')
        OR (reading.synced_at IS NULL AND (whole_region.is_unread OR whole_account.is_unread))
      ) AS freshness
    FROM aws_encryption_key_metrics AS metric
    LEFT JOIN aws_encryption.whole_places AS whole_account
      ON whole_account.account_id = metric.account_id AND whole_account.region = 'global'
    LEFT JOIN aws_encryption.whole_places AS whole_region
      ON whole_region.account_id = metric.account_id AND whole_region.region = metric.region
    LEFT JOIN aws_encryption.readings AS reading
      ON reading.account_id = metric.account_id
      AND reading.region = metric.region
      AND reading.table_name = 'aws_encryption_key_metrics'
    -- Read since, as a whole, without this one: the key was not used so any more.
    WHERE (
      metric._cq_sync_time < reading.synced_at
      AND (reading.listed OR metric.sync_generation BETWEEN 1 AND reading.last_complete_generation - 1)
    ) IS NOT TRUE
      AND (whole_account.left_at > metric._cq_sync_time) IS NOT TRUE;
  END IF;
END
$view$;

COMMENT ON VIEW aws_encryption.current_key_metrics IS 'Requests on keys within 14 days by key and operation, as they were last read; empty without include_key_metrics.';
COMMENT ON COLUMN aws_encryption.current_key_metrics.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.current_key_metrics.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.current_key_metrics.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.current_key_metrics.operation IS 'Decrypt, GenerateDataKey, …; ReEncryptFrom and ReEncryptTo for the two keys of a ReEncrypt.';
COMMENT ON COLUMN aws_encryption.current_key_metrics.requests IS 'Successful requests within the window.';
COMMENT ON COLUMN aws_encryption.current_key_metrics.window_start IS 'From when requests are counted (UTC).';
COMMENT ON COLUMN aws_encryption.current_key_metrics.window_end IS 'Until when (UTC).';
COMMENT ON COLUMN aws_encryption.current_key_metrics.last_day_with_requests IS 'The last UTC day with a request.';
COMMENT ON COLUMN aws_encryption.current_key_metrics.freshness IS 'current, kept or unknown, as in current_keys.';
