-- id: ebs-encryption-by-default-off
-- severity: medium
-- title: A region in which new EBS volumes are not encrypted by default
-- why: Where the default is off, every volume that somebody makes without asking for encryption is not encrypted, and so are its snapshots. The default is set in each account and region by itself, those that nobody uses included.
-- fix: Turn encryption by default on (ec2:EnableEbsEncryptionByDefault) and name a customer managed key as the default (ec2:ModifyEbsDefaultKmsKeyId): what is under aws/ebs cannot be shared.
-- needs: aws_encryption_resources
-- services: ebs
-- sees: account
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  CASE encryption_state
    WHEN 'none' THEN format('new EBS volumes of account %s in %s are not encrypted by default', account_id, region)
    ELSE format('it is not known whether new EBS volumes of account %s in %s are encrypted by default', account_id, region)
  END AS message,
  CASE encryption_state WHEN 'none' THEN 'violation' ELSE 'unknown' END AS status,
  CASE encryption_state WHEN 'none' THEN aws_encryption.fix_of_ebs_default(arn, account_id, region) END AS fix
FROM aws_encryption.current_resources
WHERE service = 'ebs'
  AND resource_type = 'encryption_by_default'
  AND COALESCE(encryption_state, 'unknown') IN ('none', 'unknown')
ORDER BY status DESC, account_id, region;
