-- id: resource-under-outside-key
-- severity: critical
-- title: A bucket or resource under a key of an account outside the organization
-- why: Whoever owns a key decides who reads what is under it, and can lock it by one call. Data that is put under a stranger's key, or a bucket whose default names one, is how ransom is taken without deleting anything; nobody in the organization can see or change that key's policy. Objects that were written with a key of their own name it nowhere that is read.
-- fix: Find out who set the key and when (CloudTrail), and while the key still works bring the data under a key of your own. If the key is meant to be another's, waive it (`check --waivers`); a name in known_accounts marks the account and hides nothing.
-- needs: aws_encryption_s3_buckets, aws_encryption_resources, aws_encryption_foreign_keys
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  CASE
    WHEN owner_account_id IS NULL
      THEN format('it is not known which key %s %s is under, and so not whose it is', resource_type, arn)
    ELSE format('%s %s %s %s of account %s, %s', resource_type, arn,
      CASE key_role WHEN 'opens' THEN 'can also be opened by key' ELSE 'is under key' END, key_arn, owner_account_id,
      CASE owner_standing WHEN 'outside' THEN 'which is neither in the organization nor in known_accounts'
        WHEN 'known_account' THEN format('which is outside the organization (%s in known_accounts)', owner_name)
        ELSE 'of which it is not known whether it is in the organization or in known_accounts' END)
  END AS message,
  ARRAY[owner_account_id] AS principals,
  CASE WHEN owner_standing IN ('outside', 'known_account') THEN 'violation' ELSE 'unknown' END AS status
FROM aws_encryption.resources_under_foreign_keys
WHERE owner_standing IN ('outside', 'known_account', 'unknown')
ORDER BY status DESC, account_id, region, arn, key_arn;
