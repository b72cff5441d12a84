-- What a quantum computer would break, key by key: public keys of RSA and of elliptic curves fall to Shor's algorithm,
-- while AES-256, HMAC, ML-DSA and ML-KEM are what NIST keeps or has standardized (FIPS 203 and 204, 2024-08-13; NIST IR 8547).
CREATE OR REPLACE VIEW aws_encryption.quantum_readiness AS
WITH told AS (
  SELECT
    key.*,
    CASE
      WHEN key_spec LIKE 'RSA\_%' THEN 'RSA'
      WHEN key_spec LIKE 'ECC\_%' THEN 'elliptic curve'
      WHEN key_spec = 'SM2' THEN 'SM2'
      WHEN key_spec LIKE 'ML\_DSA\_%' THEN 'ML-DSA'
      WHEN key_spec LIKE 'ML\_KEM\_%' THEN 'ML-KEM'
      WHEN key_spec LIKE 'HMAC\_%' THEN 'HMAC'
      -- In China regions SYMMETRIC_DEFAULT is SM4 (KMS developer guide, "Key spec reference", read 2026-11-30).
      WHEN key_spec = 'SYMMETRIC_DEFAULT' AND partition = 'aws-cn' THEN 'SM4'
      WHEN key_spec = 'SYMMETRIC_DEFAULT' THEN 'AES-256'
    END AS algorithm
  FROM aws_encryption.current_keys AS key
  WHERE key_type <> 'aws_owned'
),
judged AS (
  SELECT
    *,
    CASE
      WHEN algorithm IN ('RSA', 'elliptic curve', 'SM2') THEN 'vulnerable'
      WHEN algorithm IN ('AES-256', 'HMAC', 'ML-DSA', 'ML-KEM') THEN 'resistant'
      -- 128 bits: fewer than AES-256, and AWS says nothing of it.
      ELSE 'unknown'
    END AS quantum
  FROM told
)
SELECT
  account_id,
  account_name,
  region,
  key_id,
  arn,
  name,
  key_type,
  key_state,
  key_spec,
  key_usage,
  algorithm,
  quantum,
  CASE quantum
    WHEN 'resistant' THEN false
    WHEN 'vulnerable' THEN key_usage IN ('ENCRYPT_DECRYPT', 'KEY_AGREEMENT')
  END AS is_at_risk_today,
  freshness
FROM judged
ORDER BY
  array_position(ARRAY['vulnerable', 'unknown', 'resistant'], quantum),
  is_at_risk_today DESC NULLS FIRST, account_id, region, key_id;

COMMENT ON VIEW aws_encryption.quantum_readiness IS 'Every key but AWS owned ones: whether its algorithm withstands a quantum computer; what does not comes first.';
COMMENT ON COLUMN aws_encryption.quantum_readiness.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.quantum_readiness.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.quantum_readiness.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.quantum_readiness.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.quantum_readiness.arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.quantum_readiness.name IS 'Its first alias, else its id.';
COMMENT ON COLUMN aws_encryption.quantum_readiness.key_type IS 'The key''s type, or unknown.';
COMMENT ON COLUMN aws_encryption.quantum_readiness.key_state IS 'Enabled, Disabled, …; null when not read.';
COMMENT ON COLUMN aws_encryption.quantum_readiness.key_spec IS 'As AWS says: RSA_2048, ML_DSA_44, …; null when not read.';
COMMENT ON COLUMN aws_encryption.quantum_readiness.key_usage IS 'ENCRYPT_DECRYPT, SIGN_VERIFY, …; null when not read.';
COMMENT ON COLUMN aws_encryption.quantum_readiness.algorithm IS 'RSA, elliptic curve, SM2, SM4, AES-256, HMAC, ML-DSA, ML-KEM; null for a key spec that is not read or not known here.';
COMMENT ON COLUMN aws_encryption.quantum_readiness.quantum IS 'vulnerable, resistant or unknown. Of an external key store it is the key that AWS adds: what the store itself uses AWS does not know.';
COMMENT ON COLUMN aws_encryption.quantum_readiness.is_at_risk_today IS 'Whether what is recorded now can be read once there is such a computer: encryption and key agreement under a vulnerable key. Signatures are not. Null when not known.';
COMMENT ON COLUMN aws_encryption.quantum_readiness.freshness IS 'current, kept or unknown, as in current_keys.';
