-- id: unencrypted-database
-- severity: medium
-- title: A database, data warehouse, cache or search domain that is not encrypted
-- why: No key stands before what is in it, nor before its automated backups and snapshots: whoever gets hold of one has the data.
-- fix: Most cannot be encrypted in place: copy a snapshot with encryption under a customer managed key and restore it; Redshift clusters and search domains can be changed.
-- needs: aws_encryption_resources
-- services: rds, redshift, redshift-serverless
-- sees: account
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  CASE encryption_state
    WHEN 'none' THEN format('%s is not encrypted', arn)
    ELSE format('it is not known whether %s is encrypted', arn)
  END AS message,
  CASE encryption_state WHEN 'none' THEN 'violation' ELSE 'unknown' END AS status
FROM aws_encryption.current_resources
WHERE (
    (service = 'rds' AND resource_type SIMILAR TO '(neptune_|docdb_)?(instance|cluster)')
    OR (service IN ('redshift', 'memorydb') AND resource_type = 'cluster')
    OR (service = 'redshift-serverless' AND resource_type = 'namespace')
    OR (service = 'elasticache' AND resource_type IN ('replication_group', 'cache_cluster', 'serverless_cache'))
    OR (service = 'es' AND resource_type = 'domain')
  )
  AND COALESCE(encryption_state, 'unknown') IN ('none', 'unknown')
ORDER BY status DESC, account_id, region, arn;
