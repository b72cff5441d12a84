-- Keys of accounts outside the organization on which resources depend: their owner can lock the data
SELECT account_name, region, arn, owner_account_id, owner_name, trust, resources_count
FROM aws_encryption_foreign_keys
WHERE 'resource' = ANY (found_by) AND trust <> 'organization'
ORDER BY resources_count DESC NULLS FIRST, account_name, region;

-- Keys that others share by AWS RAM and that nothing is known to use
SELECT account_name, region, arn, owner_account_id, owner_name
FROM aws_encryption_foreign_keys
WHERE found_by = ARRAY['ram'] AND resources_count = 0
ORDER BY owner_account_id, account_name, region;
