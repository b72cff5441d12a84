-- Policies that could not be read, or were not understood in full: what is known of their resources is a lower bound
SELECT account_name, region, service, resource_arn, problem, errors
FROM aws_encryption_resource_policies
WHERE understood IS NOT TRUE
ORDER BY account_name, service, resource_arn;

-- Each distinct text once, with how many resources have it
SELECT sha256, min(service) AS service, count(*) AS resources, array_agg(DISTINCT account_name) AS accounts,
  (array_agg(document))[1] AS document
FROM aws_encryption_resource_policies
WHERE sha256 IS NOT NULL
GROUP BY sha256
ORDER BY resources DESC;
