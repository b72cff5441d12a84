-- Rotation by eligibility: only a key that can rotate can fail to. What cannot be told stays apart.
CREATE OR REPLACE VIEW aws_encryption.rotation AS
WITH judged AS (
  SELECT
    account_id,
    account_name,
    key_type,
    CASE
      WHEN rotation_state IN ('enabled', 'disabled', 'suspended') THEN 'optional'
      WHEN rotation_state = 'required' THEN 'required'
      WHEN rotation_state = 'not_supported' THEN 'none'
      WHEN rotation_state = 'not_visible' THEN 'not_visible'
      ELSE 'unknown'
    END AS eligibility,
    CASE WHEN rotation_state = 'enabled' AND rotation_paused THEN 'paused' ELSE rotation_state END AS rotation,
    rotation_not_supported_reason AS reason
  FROM aws_encryption.current_keys
)
SELECT account_id, account_name, key_type, eligibility, rotation, reason, count(*) AS keys
FROM judged
GROUP BY account_id, account_name, key_type, eligibility, rotation, reason
ORDER BY account_id, key_type, eligibility, rotation, reason;

COMMENT ON VIEW aws_encryption.rotation IS 'Keys by whether they can rotate and whether they do, for each account and key type.';
COMMENT ON COLUMN aws_encryption.rotation.account_id IS 'The account that owns the keys.';
COMMENT ON COLUMN aws_encryption.rotation.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.rotation.key_type IS 'The keys'' type, or unknown.';
COMMENT ON COLUMN aws_encryption.rotation.eligibility IS 'optional (the owner decides), required (AWS rotates it), none (AWS never rotates such a key), not_visible (AWS owned), unknown.';
COMMENT ON COLUMN aws_encryption.rotation.rotation IS 'enabled, paused (enabled, but the key is disabled), disabled, suspended (pending deletion hides it), required, not_supported, not_visible, unknown.';
COMMENT ON COLUMN aws_encryption.rotation.reason IS 'Why such a key never rotates: asymmetric, hmac, external_material, cloudhsm or xks; null otherwise.';
COMMENT ON COLUMN aws_encryption.rotation.keys IS 'Number of keys.';
