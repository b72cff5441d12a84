-- Who can decrypt with a key: unconditional rights first, and through which roles
SELECT principal_arn, principal_type, reached_through, allowed_by, policy_arns, limited_by,
  'kms:Decrypt' = ANY (unconditional_actions) AS unconditional, conditions
FROM aws_encryption_key_principals
WHERE arn LIKE 'arn:aws:kms:%:key/%' -- the key
  AND ('kms:Decrypt' = ANY (actions) OR cardinality(reached_through) > 0)
ORDER BY unconditional DESC, principal_arn;

-- Who can delete, disable or change which keys
SELECT arn, principal_arn, policy_arns,
  ARRAY(
    SELECT action FROM unnest(actions) AS action
    WHERE action IN ('kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:PutKeyPolicy', 'kms:DeleteImportedKeyMaterial')
  ) AS can, conditions
FROM aws_encryption_key_principals
WHERE 'administer' = ANY (access)
ORDER BY arn, principal_arn;

-- Users and roles of other accounts that can really use keys
SELECT arn, principal_account_id, principal_arn, certainty, conditions, allowed_by
FROM aws_encryption_key_principals
WHERE principal_account_id <> account_id AND 'use' = ANY (access)
ORDER BY arn, principal_arn;

-- Of which keys that may not be the whole truth
SELECT account_id, region, status, reason, message
FROM aws_encryption_coverage
WHERE table_name = 'aws_encryption_key_principals' AND status <> 'complete'
ORDER BY account_id, region;
