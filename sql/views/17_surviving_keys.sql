-- Whether ciphertext of a multi-Region key can be decrypted without it. A related key that could not be read again may
-- have gone since.
CREATE OR REPLACE VIEW aws_encryption.surviving_keys AS
SELECT
  key_arn,
  CASE
    WHEN bool_or(related_state = 'Enabled' AND related_freshness <> 'kept') THEN true
    WHEN bool_or(related_state IS NULL OR related_freshness = 'kept') THEN NULL
    ELSE false
  END AS recoverable_by_replica
FROM aws_encryption.related_keys
GROUP BY key_arn;

COMMENT ON VIEW aws_encryption.surviving_keys IS 'Multi-Region keys that have related ones, and whether one of these is enabled.';
COMMENT ON COLUMN aws_encryption.surviving_keys.key_arn IS 'The key.';
COMMENT ON COLUMN aws_encryption.surviving_keys.recoverable_by_replica IS 'Whether a related key is enabled, so that in its region ciphertext of this one can be decrypted; null when their state is not known.';
