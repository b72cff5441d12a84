import type { ClientBase } from 'pg';
import type { Ask } from '../fixes/uses-of-keys.ts';
import { withChanges } from '../fixes/with-changes.ts';
import { attempt } from './attempt.ts';
import type { CheckResult, Finding, Fix } from './model.ts';

/** Says in the fixes of findings what else changes by them; that it is not known, where the views are missing. */
export async function withFixChanges(
  client: ClientBase,
  results: readonly CheckResult[],
): Promise<readonly CheckResult[]> {
  const findings = results.flatMap((result) => [
    ...result.findings,
    ...result.waived.map(({ finding }) => finding),
  ]);
  const ask: Ask = async <Row>(sql: string, values: readonly unknown[]) =>
    (await client.query(sql, [...values])).rows as Row[];
  const { value } = await attempt(client, () => withChanges(findings, ask));
  const fixes = value ?? (await withChanges(findings, null));
  const byFinding = new Map(findings.map((finding, i) => [finding, fixes[i] as Fix | null]));
  const told = (finding: Finding): Finding => ({ ...finding, fix: byFinding.get(finding) ?? null });
  return results.map((result) => ({
    ...result,
    findings: result.findings.map(told),
    waived: result.waived.map((each) => ({ ...each, finding: told(each.finding) })),
  }));
}
