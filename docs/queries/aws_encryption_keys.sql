-- Keys that can be used outside the organization, and those of which it is not known
SELECT account_name, region, arn, sharing, shared_account_ids, shared_organization_ids, errors
FROM aws_encryption_keys
WHERE (shared_outside_organization AND shared_access && ARRAY['use', 'grant'])
   OR (shared_outside_organization IS NULL AND enumerated_by = 'kms')
ORDER BY shared_outside_organization DESC NULLS LAST, account_name, region;

-- Keys that could rotate by themselves and do not, and those of which it is not known
SELECT account_name, region, aliases, rotation_state, errors
FROM aws_encryption_keys
WHERE rotation_state IN ('disabled', 'unknown')
ORDER BY rotation_state, account_name, region;
