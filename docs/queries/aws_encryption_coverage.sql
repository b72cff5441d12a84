-- What could not be seen: look here before you believe a number
SELECT account_id, account_name, region, table_name, status, reason, message
FROM aws_encryption_coverage
WHERE status <> 'complete'
ORDER BY status, account_id, region, table_name;

-- Which AWS operations fail, where and how often
SELECT failed.operation, codes.code, sum(codes.times::bigint) AS times, count(DISTINCT c.account_id) AS accounts
FROM aws_encryption_coverage AS c
CROSS JOIN LATERAL jsonb_each(c.failed_operations) AS failed (operation, codes)
CROSS JOIN LATERAL jsonb_each_text(failed.codes) AS codes (code, times)
GROUP BY failed.operation, codes.code
ORDER BY times DESC;
