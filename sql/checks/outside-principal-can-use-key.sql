-- id: outside-principal-can-use-key
-- severity: high
-- urgency: outside
-- title: A user or role outside the organization that can really use a key
-- why: A key policy that names an outside account says who is let in; what counts is who can come in, all policies of both sides taken together. Each of them can read what the key protects wherever it gets hold of it.
-- fix: Remove the account from the key policy or revoke its grant; if the sharing is wanted, waive it (`check --waivers`); a name in known_accounts marks the account and hides nothing.
-- needs: aws_encryption_keys, aws_encryption_key_principals
-- optional: include_iam
WITH others AS (
  SELECT
    account_id,
    account_name,
    region,
    key_arn,
    key_name,
    principal_account_id,
    from_where,
    bool_or(is_iam_read) AS is_iam_read,
    (array_agg(principal_arn ORDER BY principal_arn))[:3] AS principal_arns,
    sum(principals_count) AS principals,
    bool_or(certainty = 'unconditional') AS is_unconditional,
    min(conditions[1]) AS why_not,
    principal_account_id IS NULL AND key_arn IN (
      SELECT seen.key_arn FROM aws_encryption.principals_seen AS seen WHERE seen.is_only_not_asked
    ) AS is_only_not_asked
  FROM aws_encryption.principals_of_other_accounts
  WHERE from_where <> 'organization'
  GROUP BY account_id, account_name, region, key_arn, key_name, principal_account_id, from_where
)
SELECT
  account_id,
  account_name,
  region,
  key_arn AS resource,
  CASE
    WHEN is_only_not_asked THEN 'whom grants of such keys let in was not asked: include_grants is false in the source''s spec'
    WHEN principal_account_id IS NULL
      THEN format('it is not known who outside the organization can use %s: %s', key_name, why_not)
    ELSE format('%s can be used %sby account %s%s (%s%s)%s', key_name,
      CASE WHEN is_unconditional THEN '' ELSE 'under conditions ' END,
      principal_account_id,
      CASE from_where WHEN 'outside' THEN '' ELSE ', of which it is not known whether it is in the organization' END,
      array_to_string(principal_arns, ', '),
      CASE WHEN principals > 3 THEN format(' and others, %s in all', principals) ELSE '' END,
      CASE WHEN is_iam_read THEN '' ELSE ', and by whomever it lets' END)
  END AS message,
  CASE
    -- A null stands for whoever else there may be: no waiver for some principals holds of it.
    WHEN key_arn IN (SELECT arn FROM aws_encryption.current_keys WHERE sharing_complete IS NOT TRUE)
      THEN ARRAY[principal_account_id, NULL]
    ELSE ARRAY[principal_account_id]
  END AS principals,
  CASE WHEN from_where = 'outside' THEN 'violation' WHEN is_only_not_asked THEN 'not_asked' ELSE 'unknown' END AS status
FROM others
-- That there may be more is no news of a key that is a finding already.
WHERE principal_account_id IS NOT NULL
  OR NOT EXISTS (
    SELECT FROM others AS found
    WHERE found.key_arn = others.key_arn AND found.principal_account_id IS NOT NULL
  )
ORDER BY status DESC, account_id, region, resource, message;
