-- The article's scenario: buckets whose policy lets in accounts that their key locks out
SELECT account_name, name, cross_account_read, key_type, blocked_account_ids, explanation
FROM aws_encryption_s3_buckets
WHERE cross_account_read LIKE 'blocked_by_%' OR cross_account_read = 'partly_blocked'
ORDER BY account_name, name;

-- Which accounts can read which buckets, as far as bucket and key decide
SELECT account_name, name, unnest(readable_account_ids) AS reader, cross_account_read
FROM aws_encryption_s3_buckets
ORDER BY account_name, name, reader;

-- Whom buckets let write, and their key does not: log delivery, replication, other accounts
SELECT account_name, name, unnest(write_blocked_account_ids || write_blocked_services) AS writer, write_explanation
FROM aws_encryption_s3_buckets
ORDER BY account_name, name, writer;
