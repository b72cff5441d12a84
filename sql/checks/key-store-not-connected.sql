-- id: key-store-not-connected
-- severity: high
-- title: A custom key store that is not connected
-- why: The article takes a custom key store where tenancy or audit asks for it. While it is not connected none of its keys can be used, and nothing under them be read.
-- fix: Find the cause in connection_error_code and connect the store again (kms:ConnectCustomKeyStore).
-- needs: aws_encryption_custom_key_stores
-- sees: account
SELECT
  store.account_id,
  COALESCE(store.account_name, account.name) AS account_name,
  store.region,
  store.custom_key_store_id AS resource,
  CASE
    WHEN store.connection_state IS NULL THEN format('it is not known whether key store %s is connected', store.name)
    ELSE format('key store %s is %s%s; keys in it: %s', store.name, store.connection_state,
      COALESCE(' (' || store.connection_error_code || ')', ''),
      (SELECT count(*) FROM aws_encryption.current_keys AS key
        WHERE key.account_id = store.account_id AND key.region = store.region AND key.custom_key_store_id = store.custom_key_store_id))
  END AS message,
  CASE WHEN store.connection_state IS NULL THEN 'unknown' ELSE 'violation' END AS status,
  aws_encryption.fix_of_key_store(
    store.region, store.custom_key_store_id, store.connection_state, store.connection_error_code
  ) AS fix
FROM aws_encryption_custom_key_stores AS store
LEFT JOIN aws_encryption_accounts AS account
  ON account.account_id = store.account_id
LEFT JOIN aws_encryption.coverage AS reading
  ON reading.account_id = store.account_id
  AND reading.region = store.region
  AND reading.table_name = 'aws_encryption_custom_key_stores'
WHERE store.connection_state IS DISTINCT FROM 'CONNECTED'
  -- A store that a later, whole listing did not find again is gone.
  AND (
    store._cq_sync_time < reading.synced_at
    AND (reading.listed OR store.sync_generation BETWEEN 1 AND reading.last_complete_generation - 1)
  ) IS NOT TRUE
  -- Where rows are not deleted, the account may have left the organization since.
  AND NOT EXISTS (
    SELECT FROM aws_encryption_coverage AS place
    WHERE place.account_id = store.account_id
      AND place.region = 'global'
      AND place.table_name = '*'
      AND place.reason = 'account_left'
      AND place._cq_sync_time > store._cq_sync_time
  )
ORDER BY status DESC, store.account_id, store.region, store.custom_key_store_id;
