-- The article's table as it holds today, with how many keys of each type there are
SELECT t.title, t.multi_account_access, t.can_view_metadata, t.can_manage_key, t.used_only_for_my_account,
       t.automatic_rotation, t.pricing_class, count(k.key_id) AS keys
FROM aws_encryption_key_types AS t
LEFT JOIN aws_encryption_keys AS k USING (key_type)
GROUP BY t.key_type, t.title, t.multi_account_access, t.can_view_metadata, t.can_manage_key,
         t.used_only_for_my_account, t.automatic_rotation, t.pricing_class
ORDER BY keys DESC;

-- What has changed since the article
SELECT title, coalesce(article_row, 'not in the article') AS article_row, hsm_validation, note
FROM aws_encryption_key_types
ORDER BY key_type;
