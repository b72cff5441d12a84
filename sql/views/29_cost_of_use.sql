-- What requests on keys cost a month at list price, from two weeks of CloudWatch's count, and what bucket keys could
-- save of it at most: the metric does not tell S3's requests from others'.
CREATE OR REPLACE VIEW aws_encryption.cost_of_use AS
-- AWS's price list, service awskms, in US dollars for 10,000 requests (read second-hand 2026-11-23). Not here, so null:
-- key pairs (their price goes by the pair's own spec), ReEncrypt (whether it is one request or two nobody says),
-- DeriveSharedSecret, and what keys without a request_price_class do.
WITH prices (request_price_class, operation, usd_per_10000) AS (
  VALUES
    ('symmetric', 'Encrypt', 0.03),
    ('symmetric', 'Decrypt', 0.03),
    ('symmetric', 'GenerateDataKey', 0.03),
    ('symmetric', 'GenerateDataKeyWithoutPlaintext', 0.03),
    ('asymmetric_rsa_2048', 'Encrypt', 0.03),
    ('asymmetric_rsa_2048', 'Decrypt', 0.03),
    ('asymmetric_rsa_2048', 'Sign', 0.03),
    ('asymmetric_rsa_2048', 'Verify', 0.03),
    ('asymmetric', 'Encrypt', 0.15),
    ('asymmetric', 'Decrypt', 0.15),
    ('asymmetric', 'Sign', 0.15),
    ('asymmetric', 'Verify', 0.15)
),
-- Bucket keys serve SSE-KMS, not DSSE-KMS ("Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys", read 2026-11-30).
without_bucket_key AS (
  SELECT kms_key_arn, count(*) AS buckets
  FROM aws_encryption.current_buckets
  WHERE sse_algorithm = 'aws:kms' AND bucket_key_enabled IS false AND kms_key_arn IS NOT NULL
  GROUP BY kms_key_arn
),
counted AS (
  SELECT
    key.account_id,
    key.account_name,
    key.region,
    key.key_id,
    key.arn,
    key.name,
    key.key_type,
    key.key_spec,
    metric.operation,
    metric.requests,
    metric.window_start,
    metric.window_end,
    prices.usd_per_10000,
    metric.requests * prices.usd_per_10000 / 10000 AS usd_in_window,
    30 * 86400 / NULLIF(EXTRACT(EPOCH FROM metric.window_end - metric.window_start), 0)::numeric AS windows_a_month,
    without_bucket_key.buckets,
    CASE WHEN 'kept' IN (key.freshness, metric.freshness) THEN 'kept' ELSE metric.freshness END AS freshness
  FROM aws_encryption.current_key_metrics AS metric
  JOIN aws_encryption.current_keys AS key
    ON key.account_id = metric.account_id
    AND key.region = metric.region
    AND key.key_id = metric.key_id
  LEFT JOIN prices
    ON prices.request_price_class = key.request_price_class AND prices.operation = metric.operation
  LEFT JOIN without_bucket_key
    ON without_bucket_key.kms_key_arn = key.arn
    -- What AWS says that bucket keys make fewer.
    AND metric.operation IN ('Decrypt', 'GenerateDataKey', 'Encrypt')
  -- Not made without the table, rather than empty.
  WHERE EXISTS (SELECT FROM aws_encryption_key_metrics)
)
SELECT
  account_id,
  account_name,
  region,
  key_id,
  arn,
  name,
  key_type,
  key_spec,
  operation,
  requests,
  window_start,
  window_end,
  usd_per_10000 AS usd_per_10000_requests,
  round(usd_in_window, 4) AS usd_in_window,
  round(usd_in_window * windows_a_month, 4) AS usd_month,
  buckets AS buckets_without_bucket_key,
  CASE WHEN buckets > 0 THEN round(usd_in_window * windows_a_month * 0.99, 4) END AS bucket_key_saves_at_most_usd_month,
  freshness
FROM counted
ORDER BY usd_month DESC NULLS LAST, requests DESC, account_id, region, key_id, operation;

COMMENT ON VIEW aws_encryption.cost_of_use IS 'Requests on keys by operation within 14 days, what they cost a month at list price without the free tier, and what bucket keys could save at most. AWS charges the account that makes a request, not the one that owns the key.';
COMMENT ON COLUMN aws_encryption.cost_of_use.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.cost_of_use.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.cost_of_use.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.cost_of_use.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.cost_of_use.arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.cost_of_use.name IS 'Its first alias, else its id.';
COMMENT ON COLUMN aws_encryption.cost_of_use.key_type IS 'The key''s type, or unknown. Of requests on AWS managed keys some services pay the price themselves.';
COMMENT ON COLUMN aws_encryption.cost_of_use.key_spec IS 'SYMMETRIC_DEFAULT, RSA_2048, …; null when not read.';
COMMENT ON COLUMN aws_encryption.cost_of_use.operation IS 'Decrypt, GenerateDataKey, …; ReEncryptFrom and ReEncryptTo for the two keys of a ReEncrypt.';
COMMENT ON COLUMN aws_encryption.cost_of_use.requests IS 'Successful requests within the window.';
COMMENT ON COLUMN aws_encryption.cost_of_use.window_start IS 'From when requests are counted (UTC).';
COMMENT ON COLUMN aws_encryption.cost_of_use.window_end IS 'Until when (UTC).';
COMMENT ON COLUMN aws_encryption.cost_of_use.usd_per_10000_requests IS 'List price of 10,000 such requests in most regions, in US dollars; null where no price is sourced, and in other partitions than aws.';
COMMENT ON COLUMN aws_encryption.cost_of_use.usd_in_window IS 'What the requests of the window cost, in US dollars, the free tier of 20,000 requests a month left out; null where no price is known.';
COMMENT ON COLUMN aws_encryption.cost_of_use.usd_month IS 'The same for 30 days: times 30, divided by the days of the window (13 to 14, since the last of its days has only begun); null where no price is known.';
COMMENT ON COLUMN aws_encryption.cost_of_use.buckets_without_bucket_key IS 'Buckets that were seen with SSE-KMS under the key and without a bucket key, of whatever account; null for operations that bucket keys save nothing of, and where there is none.';
COMMENT ON COLUMN aws_encryption.cost_of_use.bucket_key_saves_at_most_usd_month IS 'An upper bound of what bucket keys in those buckets save a month: 99 % of usd_month ("up to 99 percent", AWS), as if S3 had made all of the requests, for new objects; null where no such bucket is known.';
COMMENT ON COLUMN aws_encryption.cost_of_use.freshness IS 'current, kept or unknown, as in current_keys.';
