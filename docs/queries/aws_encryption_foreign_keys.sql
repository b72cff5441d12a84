-- Keys of accounts outside the organization on which resources depend: their owner can lock the data
SELECT account_name, region, arn, owner_account_id, owner_name, owner_standing, used_by_services, resources_count,
  uses_complete
FROM aws_encryption_foreign_keys
WHERE 'resource' = ANY (found_by) AND owner_standing NOT IN ('organization', 'aws')
ORDER BY owner_standing = 'known_account', resources_count DESC NULLS FIRST, account_name, region;

-- What depends on each of them, with some of the resources
SELECT account_name, region, arn, use ->> 'service' AS service, use ->> 'resource_type' AS resource_type,
  use ->> 'count' AS resources, use -> 'arns' AS among_them, uses_complete
FROM aws_encryption_foreign_keys
CROSS JOIN jsonb_array_elements(uses) AS use
ORDER BY account_name, region, arn, service, resource_type;

-- Keys that others share by AWS RAM and that nothing uses, as far as resources are read
SELECT account_name, region, arn, owner_account_id, owner_name
FROM aws_encryption_foreign_keys
WHERE found_by = ARRAY['ram'] AND uses_complete
ORDER BY owner_account_id, account_name, region;
