-- id: trail-key-keeps-cloudtrail-out
-- severity: high
-- urgency: locked_out
-- title: A trail whose key locks CloudTrail out
-- why: While the key is disabled, or its policy does not let cloudtrail.amazonaws.com generate data keys for the trail, CloudTrail cannot deliver logs: what happens meanwhile is on no record, and nobody is told. A bucket whose own key keeps log delivery out is a finding of writers-locked-out-of-bucket.
-- fix: Let the service principal cloudtrail.amazonaws.com use kms:GenerateDataKey* in the key policy, limited by aws:SourceArn to the trail's ARN, or enable the key again.
-- needs: aws_encryption_resources, aws_encryption_keys, aws_encryption_key_access
WITH trails AS (
  SELECT
    *,
    -- What CloudTrail says of itself when it asks for a data key.
    jsonb_build_object(
      'aws:sourcearn', arn,
      'aws:sourceaccount', split_part(arn, ':', 5),
      'aws:principalisawsservice', 'true',
      'kms:encryptioncontext:aws:cloudtrail:arn', arn
    ) AS request
  FROM aws_encryption.current_resources
  WHERE service = 'cloudtrail' AND resource_type = 'trail'
),
statements AS (
  SELECT
    trails.arn,
    COALESCE(lower(access.effect) = 'deny', false) AS is_deny,
    access.principal = 'cloudtrail.amazonaws.com' AS is_named,
    COALESCE(cardinality(access.limited_by) > 0, false) AS is_limited,
    -- The constraints of grants are written in another way, and so not known to hold.
    aws_encryption.conditions_hold(access.conditions, trails.request) AS holds
  FROM trails
  JOIN aws_encryption.current_access AS access
    ON access.key_arn = trails.kms_key_arn
    AND 'kms:GenerateDataKey' = ANY (access.actions)
    AND (access.principal IN ('cloudtrail.amazonaws.com', 'Service:*') OR access.principal_type = 'anyone')
    AND ('cloudtrail.amazonaws.com' = ANY (access.except_principals)) IS NOT TRUE
    AND access.role IS DISTINCT FROM 'retiring'
    -- A Deny without conditions is in what the others say of themselves.
    AND CASE lower(access.effect)
      WHEN 'deny' THEN access.conditions IS NOT NULL
      ELSE access.certainty IS DISTINCT FROM 'denied'
    END
),
policies AS (
  SELECT
    arn,
    bool_or(NOT is_deny AND is_named AND NOT is_limited AND holds = 'yes') AS is_let_in,
    bool_or(NOT is_deny AND holds <> 'no') AS may_be_let_in,
    bool_or(is_deny AND holds = 'yes') AS is_denied,
    bool_or(is_deny AND holds = 'unknown') AS may_be_denied
  FROM statements
  GROUP BY arn
),
answered AS (
  SELECT
    trails.account_id,
    trails.account_name,
    trails.region,
    trails.arn,
    trails.kms_key_arn,
    key.name AS key_name,
    key.key_state,
    COALESCE(is_let_in AND NOT may_be_denied AND NOT is_denied, false) AS is_let_in_by_policy,
    CASE
      WHEN key.arn IS NULL THEN 'key_not_read'
      WHEN key.key_state IN ('Disabled', 'PendingDeletion', 'PendingReplicaDeletion', 'PendingImport', 'Unavailable') THEN 'state'
      WHEN is_denied THEN 'denied'
      WHEN may_be_let_in IS NOT TRUE AND key.sharing_complete THEN 'not_let_in'
      WHEN key.key_state = 'Enabled' AND is_let_in AND NOT may_be_denied THEN 'let_in'
      ELSE 'unknown'
    END AS answer
  FROM trails
  LEFT JOIN aws_encryption.current_keys AS key ON key.arn = trails.kms_key_arn
  LEFT JOIN policies ON policies.arn = trails.arn
  WHERE trails.encryption_state IS DISTINCT FROM 'aws_owned'
)
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  CASE answer
    WHEN 'state' THEN format('CloudTrail cannot write the logs of %s: its key %s is %s', arn, key_name, key_state)
    WHEN 'denied' THEN format('CloudTrail cannot write the logs of %s: a statement of the policy of %s denies it', arn, key_name)
    WHEN 'not_let_in' THEN format('CloudTrail cannot write the logs of %s: the policy of %s does not let it in for this trail', arn, key_name)
    WHEN 'key_not_read' THEN format('it is not known whether CloudTrail can write the logs of %s: its key%s was not read', arn, COALESCE(' ' || kms_key_arn, ''))
    ELSE format('it is not known whether the policy of %s lets CloudTrail write the logs of %s', key_name, arn)
  END AS message,
  CASE WHEN answer IN ('state', 'denied', 'not_let_in') THEN 'violation' ELSE 'unknown' END AS status,
  -- Where the state alone is in the way.
  CASE
    WHEN answer = 'state' AND is_let_in_by_policy AND key_state IN ('Disabled', 'PendingDeletion', 'PendingReplicaDeletion')
      THEN aws_encryption.fix_of_lost_key(kms_key_arn, key_state)
  END AS fix
FROM answered
WHERE answer <> 'let_in'
UNION ALL
SELECT NULL, NULL, NULL, NULL,
  CASE WHEN is_not_asked THEN 'trails were not asked for: resource_services leaves out cloudtrail'
    ELSE 'no trail was read, so it is not known whether CloudTrail can write its logs' END,
  CASE WHEN is_not_asked THEN 'not_asked' ELSE 'unknown' END,
  NULL
FROM (
  SELECT bool_and('cloudtrail' = ANY (services_left_out)) AS is_not_asked
  FROM aws_encryption.coverage
  WHERE table_name = 'aws_encryption_resources' AND status IN ('complete', 'partial')
) AS reading
WHERE NOT EXISTS (SELECT FROM trails)
ORDER BY status DESC, account_id, region, resource;
