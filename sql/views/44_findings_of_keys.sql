-- Parts of findings_in_order that the keys' own rows tell whole: keys that could rotate and do not, and related keys of
-- multi-Region families that nobody has seen: each decrypts what any of the family encrypted.
CREATE OR REPLACE VIEW aws_encryption.findings_of_keys AS
SELECT
  CASE rotation_state WHEN 'disabled' THEN 'rest' ELSE 'unknown' END AS urgency,
  account_id, region, 'kms' AS service, 'key' AS resource_type, arn, name, arn AS key_arn, NULL::integer AS days_left,
  NULL::text[] AS who, NULL::text[] AS who_account_ids,
  CASE
    WHEN rotation_state = 'unknown' THEN 'Not known whether it rotates.'
    WHEN multi_region_key_type = 'REPLICA' THEN 'Could rotate and does not; that is set on its primary key.'
    ELSE 'Could rotate and does not.'
  END AS sentence,
  CASE rotation_state
    WHEN 'disabled' THEN aws_encryption.fix_of_rotation_off(arn, key_state, multi_region_key_type, primary_key_arn)
  END AS fix,
  freshness, ARRAY['rotation-off'] AS check_ids
FROM aws_encryption.current_keys
WHERE rotation_state IN ('disabled', 'unknown')
UNION ALL
SELECT
  'unknown', family.account_id, split_part(seen.arn, ':', 4), 'kms', 'key', seen.arn,
  family.key_id, seen.arn, NULL, NULL, NULL,
  format('Not seen, and decrypts what its related keys in %s encrypt: not known whom it lets in.', array_to_string(family.regions, ', ')),
  NULL, 'unknown', ARRAY['key-usable-outside-organization']
FROM aws_encryption.multi_region_exposure AS family
CROSS JOIN LATERAL unnest(family.not_seen_arns) AS seen (arn);
