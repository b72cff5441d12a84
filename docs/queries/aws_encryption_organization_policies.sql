-- Policies that speak of KMS, and where they are attached
SELECT p.policy_id, p.type, p.name, target.value ->> 'kind' AS attached_to, target.value ->> 'name' AS target_name
FROM aws_encryption_organization_policies AS p
LEFT JOIN LATERAL jsonb_array_elements(p.targets) AS target (value) ON true
WHERE p.mentions_kms
ORDER BY p.type, p.name, attached_to, target_name;

-- Policies that were not understood or not read whole: verdicts that hang on them are not sure
SELECT policy_id, type, name, problem, errors
FROM aws_encryption_organization_policies
WHERE understood IS NOT TRUE OR errors IS NOT NULL
ORDER BY type, name;
