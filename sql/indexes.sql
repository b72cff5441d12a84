-- Indexes for many rows of aws_encryption_key_principals (`include_iam`): with them the views about users and roles
-- answer a million rows in a second or two. CloudQuery leaves them alone; run this again after a sync that made the
-- table anew (`migrate_mode: forced`).
CREATE INDEX IF NOT EXISTS aws_encryption_key_principals_by_principal
  ON aws_encryption_key_principals (principal_arn);

-- Who can use, administer or reach a key: mostly few of all rows, since to read metadata is what most can do.
CREATE INDEX IF NOT EXISTS aws_encryption_key_principals_using
  ON aws_encryption_key_principals (account_id, region, key_id)
  WHERE 'use' = ANY (access);

CREATE INDEX IF NOT EXISTS aws_encryption_key_principals_administering
  ON aws_encryption_key_principals (account_id, region, key_id)
  WHERE access && ARRAY['administer', 'grant'];

-- An expression, so that PostgreSQL counts how few these are.
CREATE INDEX IF NOT EXISTS aws_encryption_key_principals_of_other_accounts
  ON aws_encryption_key_principals (NULLIF(principal_account_id, account_id));

CREATE INDEX IF NOT EXISTS aws_encryption_key_principals_through_roles
  ON aws_encryption_key_principals (account_id, region, key_id)
  WHERE cardinality(reached_through) > 0;

ANALYZE aws_encryption_key_principals;

-- What hangs on a key (`key_uses`, the verb `uses`), where a million resources or grants are.
CREATE INDEX IF NOT EXISTS aws_encryption_resources_by_key
  ON aws_encryption_resources (kms_key_arn);

CREATE INDEX IF NOT EXISTS aws_encryption_resources_with_second_keys
  ON aws_encryption_resources (account_id)
  WHERE associated_kms_key_ids IS NOT NULL;

CREATE INDEX IF NOT EXISTS aws_encryption_resources_with_further_keys
  ON aws_encryption_resources (account_id)
  WHERE further_kms_key_ids IS NOT NULL;

CREATE INDEX IF NOT EXISTS aws_encryption_s3_buckets_by_key
  ON aws_encryption_s3_buckets (kms_key_arn);

ANALYZE aws_encryption_resources;
ANALYZE aws_encryption_s3_buckets;
