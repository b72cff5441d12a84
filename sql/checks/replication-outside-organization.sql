-- id: replication-outside-organization
-- severity: high
-- title: A bucket that is replicated to an account outside the organization
-- why: Replication copies every new object, under a key of the other side, with the permission of a role of the own account: no policy of the bucket shows it, and what is copied stays there. It is a quiet way out of an organization.
-- fix: Remove the rule from the bucket's replication; if the copy is wanted, waive it (`check --waivers`); a name in known_accounts marks the account and hides nothing.
-- needs: aws_encryption_accounts, aws_encryption_s3_buckets
WITH ways AS (
  SELECT DISTINCT
    bucket.account_id,
    bucket.account_name,
    bucket.region,
    bucket.arn,
    bucket.name,
    way ->> 'bucket_arn' AS to_arn,
    COALESCE(way ->> 'account_id', destination.account_id) AS to_account_id,
    way ->> 'known_account_name' AS known_name,
    CASE
      WHEN way ->> 'trust' IN ('same_account', 'organization', 'service') THEN 'fine'
      -- Another organization that is synced is no stranger; an account of the own one that is not in it any more is.
      WHEN member.organization_id IS DISTINCT FROM owner.organization_id AND member.account_id IS NOT NULL THEN 'fine'
      WHEN way ->> 'trust' = 'external' OR way ->> 'known_account_name' IS NOT NULL THEN 'outside'
      WHEN way ->> 'account_id' IS NOT NULL THEN 'membership_not_known'
      -- The rule says no account. A bucket that was seen is of one that is read.
      WHEN destination.account_id IS NOT NULL THEN 'fine'
      ELSE 'account_not_known'
    END AS finding
  FROM aws_encryption.current_buckets AS bucket
  CROSS JOIN LATERAL jsonb_array_elements(
    CASE jsonb_typeof(bucket.replication) WHEN 'array' THEN bucket.replication ELSE '[]' END
  ) AS way
  LEFT JOIN aws_encryption.current_buckets AS destination ON destination.arn = way ->> 'bucket_arn'
  LEFT JOIN aws_encryption_accounts AS member ON member.account_id = way ->> 'account_id'
  LEFT JOIN aws_encryption_accounts AS owner ON owner.account_id = bucket.account_id
  WHERE way ->> 'status' IS DISTINCT FROM 'Disabled'
  UNION ALL
  SELECT account_id, account_name, region, arn, name, NULL, NULL, NULL, 'not_read'
  FROM aws_encryption.current_buckets
  WHERE replication IS NULL
)
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  CASE finding
    WHEN 'outside' THEN format('bucket %s is replicated to %s of account %s, which is %s',
      name, to_arn, to_account_id, CASE WHEN known_name IS NULL THEN 'neither in the organization nor in known_accounts'
        ELSE format('outside the organization (%s in known_accounts)', known_name) END)
    WHEN 'membership_not_known' THEN format('bucket %s is replicated to %s of account %s, of which it is not known whether it is in the organization',
      name, to_arn, to_account_id)
    WHEN 'account_not_known' THEN format('bucket %s is replicated to %s, and it is not known whose bucket that is', name, to_arn)
    ELSE format('it is not known where bucket %s is replicated to', name)
  END AS message,
  ARRAY[to_account_id] AS principals,
  CASE finding WHEN 'outside' THEN 'violation' ELSE 'unknown' END AS status
FROM ways
WHERE finding <> 'fine'
ORDER BY status DESC, account_id, region, resource, message;
