import type { ClientBase } from 'pg';
import { attempt } from '../attempt.ts';
import type { CheckResult, Finding } from '../model.ts';
import { type Doubt, identityOf, placeOf } from './entries.ts';
import { hasHistory } from './has-history.ts';

/** Says of violations since when they are there, where runs are recorded and the role may read it. */
export async function withFirstSeen(
  client: ClientBase,
  results: readonly CheckResult[],
): Promise<readonly CheckResult[]> {
  if (!(await hasHistory(client))) return results;
  const { value } = await attempt(client, () =>
    client.query<Doubt & { readonly first_seen: string }>(OPEN, [results.map(({ check }) => check.id)]),
  );
  if (value === null) return results;
  const since = new Map(value.rows.map((row) => [identityOf(row), row.first_seen]));
  const told = (finding: Finding): Finding =>
    finding.status === 'violation'
      ? { ...finding, firstSeen: since.get(identityOf(placeOf(finding))) ?? null }
      : finding;
  return results.map((result) => ({
    ...result,
    findings: result.findings.map(told),
    waived: result.waived.map((each) => ({ ...each, finding: told(each.finding) })),
  }));
}

const OPEN = `
  SELECT check_id, account_id, region, resource, to_char(first_seen, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS first_seen
  FROM aws_encryption.finding_history
  WHERE resolved_at IS NULL AND check_id = ANY ($1)
`;
