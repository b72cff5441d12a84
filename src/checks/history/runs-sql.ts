/**
 * Says of the checks `$1` that they were recorded of the last sync. Of one sync that is recorded twice the run that saw
 * more stands.
 */
export const RECORD_RUN = `
  INSERT INTO aws_encryption.check_history AS earlier (synced_at, check_id, severity, saw_all, not_known)
  SELECT last.synced_at, checks.check_id, checks.severity, checks.saw_all, checks.not_known
  FROM jsonb_to_recordset($1::jsonb) AS checks (check_id text, severity text, saw_all boolean, not_known integer)
  CROSS JOIN (SELECT max(synced_at) AS synced_at FROM aws_encryption.coverage) AS last
  WHERE last.synced_at IS NOT NULL
  ON CONFLICT (synced_at, check_id) DO UPDATE
  SET severity = excluded.severity, saw_all = excluded.saw_all, not_known = excluded.not_known, no_longer_checked = false
  WHERE earlier.no_longer_checked OR NOT (earlier.saw_all AND NOT excluded.saw_all)
    AND (earlier.severity, earlier.saw_all, earlier.not_known)
      IS DISTINCT FROM (excluded.severity, excluded.saw_all, excluded.not_known)
`;
