-- When each key was rotated, and how
SELECT account_name, arn, rotation_date, rotation_type, key_material_id
FROM aws_encryption_key_rotations
WHERE rotation_date IS NOT NULL
ORDER BY account_name, arn, rotation_date;

-- Imported material that expires within 90 days
SELECT account_name, arn, key_material_id, key_material_description, key_material_state, valid_to
FROM aws_encryption_key_rotations
WHERE valid_to BETWEEN now() AND now() + interval '90 days'
ORDER BY valid_to;
