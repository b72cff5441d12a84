/**
 * What checks have found that this version does not know is neither open nor resolved: nobody looks any more. `$1` are
 * the ids of all checks that it knows, asked or not. Where one comes back (two versions that record, say), what was open
 * of it is open again, since its first sync.
 */
export const RETIRE: readonly string[] = [
  `
  UPDATE aws_encryption.finding_history AS finding
  SET no_longer_checked_at = CASE WHEN finding.check_id = ANY ($1) THEN NULL ELSE GREATEST(finding.last_seen, last.synced_at) END
  FROM (SELECT max(synced_at) AS synced_at FROM aws_encryption.coverage) AS last
  WHERE finding.resolved_at IS NULL
    AND (finding.check_id = ANY ($1)) = (finding.no_longer_checked_at IS NOT NULL)
    AND last.synced_at IS NOT NULL
  `,
  `
  INSERT INTO aws_encryption.check_history AS earlier
    (synced_at, check_id, severity, saw_all, not_known, no_longer_checked)
  SELECT last.synced_at, known.check_id, known.severity, false, 0, true
  FROM (
    SELECT DISTINCT ON (check_id) check_id, severity, no_longer_checked
    FROM aws_encryption.check_history
    WHERE check_id <> ALL ($1)
    ORDER BY check_id, synced_at DESC
  ) AS known
  CROSS JOIN (SELECT max(synced_at) AS synced_at FROM aws_encryption.coverage) AS last
  WHERE NOT known.no_longer_checked AND last.synced_at IS NOT NULL
  ON CONFLICT (synced_at, check_id) DO UPDATE SET no_longer_checked = true
  `,
];
