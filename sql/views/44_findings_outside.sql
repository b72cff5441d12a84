-- Part of findings_in_order: keys that are public or usable outside the organization.
CREATE OR REPLACE VIEW aws_encryption.findings_outside AS
SELECT
  key.urgency, key.account_id, key.region, 'kms' AS service, 'key' AS resource_type, key.arn, key.name, key.arn AS key_arn,
  NULL::integer AS days_left,
  -- Root users stand for their accounts.
  ARRAY(
    SELECT regexp_replace(principal, '^arn:[^:]*:iam::([0-9]{12}):root$', 'account \1')
    FROM unnest(key.principals) AS let_in (principal)
  ) AS who,
  NULL::text[] AS who_account_ids,
  CASE
    WHEN key.urgency = 'unknown' THEN 'Not known whether it can be used outside the organization.'
    WHEN key.urgency = 'rest' THEN format('Its own policy lets %s in; organization policies stop that (%s).', '%1$s', array_to_string(key.organization_policy_ids, ', '))
    WHEN key.urgency = 'public'
      THEN 'Anyone in any AWS account can use it' || CASE WHEN key.unconditional IS FALSE THEN ', under conditions that limit no account.' ELSE '.' END
    WHEN key.urgency = 'outside_under_conditions' THEN 'Outside the organization %1$s can use it under conditions.'
    WHEN key.unconditional THEN 'Outside the organization %1$s can use it without conditions.'
    ELSE 'Outside the organization %1$s can use it; not known whether conditions limit that.'
  END || aws_encryption.relatives_sentence(key.urgency, family.regions, key.region) AS sentence,
  key.fix, key.freshness,
  CASE key.urgency WHEN 'public' THEN ARRAY['key-public'] ELSE ARRAY['key-usable-outside-organization'] END AS check_ids
FROM aws_encryption.usable_outside_organization AS key
LEFT JOIN aws_encryption.multi_region_exposure AS family
  ON family.account_id = key.account_id AND family.key_id = key.key_id;
