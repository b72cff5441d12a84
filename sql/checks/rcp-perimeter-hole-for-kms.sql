-- id: rcp-perimeter-hole-for-kms
-- severity: low
-- title: An account outside every resource control policy that keeps outsiders from its keys
-- why: The organization uses resource control policies as a data perimeter: under them a key policy or grant that names an outsider opens nothing. An account that none of them covers is open by its own documents, and nobody notices.
-- fix: Attach the policy to the root or to the account's organizational unit, or note why the account is left out. The management account is never bound by such policies, so keep no keys there that matter.
-- needs: aws_encryption_accounts, aws_encryption_organization_policies
WITH perimeters AS (
  SELECT
    policy_id,
    name,
    denies_outside_decrypt,
    CASE WHEN targets IS NULL THEN NULL ELSE ARRAY(SELECT target ->> 'id' FROM jsonb_array_elements(targets) AS target) END AS target_ids
  FROM aws_encryption_organization_policies
  WHERE type = 'RESOURCE_CONTROL_POLICY'
    AND aws_managed IS NOT TRUE
    AND denies_outside_decrypt IS NOT FALSE
),
members AS (
  SELECT account_id, name, account_id || COALESCE(organization_units, '{}') AS places, organization_units
  FROM aws_encryption_accounts
  WHERE is_management_account IS NOT TRUE
    AND state IS DISTINCT FROM 'CLOSED'
),
judged AS (
  SELECT
    members.account_id,
    members.name,
    bool_or(perimeters.denies_outside_decrypt AND perimeters.target_ids && members.places) AS is_covered,
    -- Attached nobody knows where, denying nobody knows what, or over a unit that may be the account's.
    bool_or(
      perimeters.target_ids IS NULL
      OR (perimeters.denies_outside_decrypt IS NULL AND perimeters.target_ids && members.places)
      OR members.organization_units IS NULL
    ) AS may_be_covered
  FROM members
  CROSS JOIN perimeters
  -- In use: one of them is attached somewhere.
  WHERE EXISTS (
    SELECT FROM perimeters AS used
    WHERE used.denies_outside_decrypt AND cardinality(used.target_ids) > 0
  )
  GROUP BY members.account_id, members.name
)
SELECT
  account_id,
  name AS account_name,
  'global' AS region,
  account_id AS resource,
  CASE
    WHEN may_be_covered THEN format('it is not known whether a resource control policy keeps outsiders from the keys of account %s', account_id)
    ELSE format('no resource control policy keeps outsiders from the keys of account %s', account_id)
  END AS message,
  CASE WHEN may_be_covered THEN 'unknown' ELSE 'violation' END AS status
FROM judged
WHERE is_covered IS NOT TRUE
ORDER BY status DESC, account_id;
