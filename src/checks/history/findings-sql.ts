import { OF_THE_ORGANIZATION } from '../knowledge.ts';

/** Of entries as `$1` and checks with their tables as `$2`: when each entry's place was last read. */
const FOUND = `
  entries AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS entry (
      check_id text, severity text, account_id text, account_name text, region text, resource text,
      findings integer, waived boolean
    )
  ),
  needed AS (
    SELECT checks.check_id, table_name
    FROM jsonb_to_recordset($2::jsonb) AS checks (check_id text, needs jsonb)
    CROSS JOIN LATERAL jsonb_array_elements_text(checks.needs) AS table_name
  ),
  -- What is kept of a place that could not be read was seen when it last was.
  read AS (
    SELECT account_id, region, table_name,
      max(CASE WHEN status IN ('complete', 'partial') THEN synced_at ELSE last_complete_at END) AS seen_at
    FROM aws_encryption.coverage
    WHERE table_name <> '*'
    GROUP BY account_id, region, table_name
  ),
  of_check AS (
    SELECT needed.check_id, read.account_id, read.region, max(read.seen_at) AS seen_at
    FROM needed JOIN read USING (table_name)
    GROUP BY needed.check_id, read.account_id, read.region
  ),
  last AS (SELECT max(synced_at) AS seen_at FROM aws_encryption.coverage),
  found AS (
    SELECT entries.*, COALESCE(GREATEST(here.seen_at, everywhere.seen_at), last.seen_at) AS seen_at
    FROM entries
    CROSS JOIN last
    LEFT JOIN of_check AS here
      ON here.check_id = entries.check_id AND here.account_id = entries.account_id AND here.region = entries.region
    LEFT JOIN of_check AS everywhere
      ON everywhere.check_id = entries.check_id AND everywhere.account_id = entries.account_id
      AND everywhere.region = 'global'
  )`;

const SAME = `
  open.check_id = found.check_id AND COALESCE(open.account_id, '') = COALESCE(found.account_id, '')
  AND COALESCE(open.region, '') = COALESCE(found.region, '') AND COALESCE(open.resource, '') = COALESCE(found.resource, '')`;

/** Writes down what is found: anew, or again. */
export const RECORD_FINDINGS = `
  WITH ${FOUND},
  again AS (
    UPDATE aws_encryption.finding_history AS open
    SET severity = found.severity, account_name = found.account_name, findings = found.findings,
      waived = found.waived, last_seen = GREATEST(open.last_seen, found.seen_at)
    FROM found
    WHERE open.resolved_at IS NULL AND ${SAME}
      AND (open.severity, open.account_name, open.findings, open.waived, open.last_seen)
        IS DISTINCT FROM (found.severity, found.account_name, found.findings, found.waived,
          GREATEST(open.last_seen, found.seen_at))
  )
  INSERT INTO aws_encryption.finding_history
    (check_id, severity, account_id, account_name, region, resource, findings, waived, first_seen, last_seen)
  SELECT check_id, severity, account_id, account_name, region, resource, findings, waived, seen_at, seen_at
  FROM found
  WHERE NOT EXISTS (
    SELECT FROM aws_encryption.finding_history AS open WHERE open.resolved_at IS NULL AND ${SAME}
  )
`;

/**
 * Resolves what is open and was not found, of the checks `$3` and the accounts `$4` (null: all), where all tables
 * that the check needs were read whole in the place, or its account has left. A doubt (`$2`) keeps what it is about.
 */
export const RESOLVE_FINDINGS = `
  WITH entries AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS entry (check_id text, account_id text, region text, resource text)
  ),
  doubts AS (
    SELECT * FROM jsonb_to_recordset($2::jsonb) AS doubt (check_id text, account_id text, region text, resource text)
  ),
  needed AS (
    SELECT checks.check_id, table_name, saw_all
    FROM jsonb_to_recordset($3::jsonb) AS checks (check_id text, needs jsonb, saw_all boolean)
    CROSS JOIN LATERAL jsonb_array_elements_text(checks.needs) AS table_name
  ),
  seen AS MATERIALIZED (
    SELECT account_id, region, table_name, status, synced_at
    FROM aws_encryption.coverage
    -- Whether AWS owned keys are looked for: no check is about them.
    WHERE (region, table_name) <> ('global', 'aws_encryption_keys')
      -- A region that is left out or not enabled is nobody's gap but its own, where the lines of its tables say so.
      AND (table_name = '*' AND region <> 'global' AND status = 'skipped') IS NOT TRUE
  ),
  unfound AS MATERIALIZED (
    SELECT open.ctid AS row_id, open.check_id, open.account_id, open.region, open.resource
    FROM aws_encryption.finding_history AS open
    WHERE open.resolved_at IS NULL
      AND open.check_id IN (SELECT check_id FROM needed)
      AND ($4::text[] IS NULL OR open.account_id = ANY ($4))
      AND NOT EXISTS (SELECT FROM entries AS found WHERE ${SAME})
  ),
  gone AS MATERIALIZED (
    SELECT * FROM unfound
    WHERE NOT EXISTS (
      SELECT FROM doubts
      WHERE doubts.check_id = unfound.check_id
        AND (doubts.account_id IS NULL OR doubts.account_id = unfound.account_id)
        AND (doubts.resource IS NULL OR doubts.resource = unfound.resource)
    )
  ),
  places AS MATERIALIZED (SELECT DISTINCT check_id, account_id, region FROM gone),
  of_organization AS (
    SELECT table_name, bool_and(status = 'complete') AS is_whole, max(synced_at) AS seen_at
    FROM seen
    WHERE table_name IN ${OF_THE_ORGANIZATION}
    GROUP BY table_name
  ),
  tables AS (
    SELECT
      places.check_id, places.account_id, places.region, needed.table_name,
      COALESCE(
        bool_or(seen.table_name = needed.table_name AND seen.status = 'complete')
          AND bool_and(seen.status = 'complete'),
        false
      ) AS is_whole,
      max(seen.synced_at) FILTER (WHERE seen.table_name = needed.table_name) AS seen_at
    FROM places
    JOIN needed ON needed.check_id = places.check_id AND needed.table_name NOT IN ${OF_THE_ORGANIZATION}
    LEFT JOIN seen
      ON seen.account_id = places.account_id
      AND seen.table_name IN (needed.table_name, '*')
      -- What is about no region is about all of the account's.
      AND (COALESCE(places.region, 'global') = 'global' OR seen.region IN (places.region, 'global'))
    GROUP BY places.check_id, places.account_id, places.region, needed.table_name
    UNION ALL
    SELECT places.check_id, places.account_id, places.region, needed.table_name,
      COALESCE(of_organization.is_whole, false), of_organization.seen_at
    FROM places
    JOIN needed ON needed.check_id = places.check_id AND needed.table_name IN ${OF_THE_ORGANIZATION}
    LEFT JOIN of_organization USING (table_name)
  ),
  -- Of which nothing is said, by a whole list of accounts.
  left_accounts AS MATERIALIZED (
    SELECT account_id FROM places
    EXCEPT SELECT account_id FROM seen
    EXCEPT SELECT account_id FROM aws_encryption_accounts
  ),
  whole AS (
    SELECT check_id, account_id, region, max(seen_at) AS seen_at
    FROM tables
    GROUP BY check_id, account_id, region
    HAVING bool_and(is_whole)
      -- No place: by a check that saw all.
      OR (account_id IS NULL AND check_id IN (SELECT check_id FROM needed WHERE saw_all))
      OR (
        account_id IN (SELECT account_id FROM left_accounts)
        AND EXISTS (SELECT FROM of_organization WHERE table_name = 'aws_encryption_accounts' AND is_whole)
      )
  )
  UPDATE aws_encryption.finding_history AS open
  SET resolved_at = GREATEST(open.last_seen, COALESCE(whole.seen_at, (SELECT max(synced_at) FROM seen)))
  FROM gone
  JOIN whole
    ON whole.check_id = gone.check_id
    AND COALESCE(whole.account_id, '') = COALESCE(gone.account_id, '')
    AND COALESCE(whole.region, '') = COALESCE(gone.region, '')
  WHERE open.ctid = gone.row_id
`;
