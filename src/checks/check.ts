import { type SqlFile, sqlFiles } from '../postgres/sql-folder.ts';
import { listed } from '../verb.ts';
import { type Compliance, type Control, readCompliance } from './compliance.ts';

/** From harmless to urgent. */
export const severities = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

export const isAtLeast = (severity: Severity, threshold: Severity): boolean =>
  severities.indexOf(severity) >= severities.indexOf(threshold);

/** What comes first among findings of one severity, as the function `urgency_rank` of the schema has it. */
export const urgencies = [
  'public',
  'outside',
  'deletion_in_use',
  'locked_out',
  'outside_under_conditions',
  'rest',
] as const;
export type Urgency = (typeof urgencies)[number];

/** A question with a wrong answer: a file of `sql/checks`. */
export interface Check {
  readonly id: string;
  readonly severity: Severity;
  /** What its worst finding is; `rest` where a check does not say. */
  readonly urgency: Urgency;
  readonly title: string;
  /** The reasoning, mostly the article's. */
  readonly why: string;
  readonly fix: string;
  /** Controls of CIS, AWS Security Hub, PCI DSS and NIST that ask the same; empty where there is none. */
  readonly controls: readonly Control[];
  /** Tables without which, whole and fresh, nothing can be called fine. */
  readonly needs: readonly string[];
  /** The key of the source's spec that turns on what it is about; null for what every sync reads. */
  readonly optional: string | null;
  /** Services of `aws_encryption_resources` that are read by default and without which it has not looked; mostly none. */
  readonly services: readonly string[];
  /** Whether the answer of an account depends on what was seen of that account alone, or of the whole organization. */
  readonly sees: 'account' | 'organization';
  readonly sql: string;
}

/** Tables that are filled only where a key of the source's spec says so. */
const tablesOf: Readonly<Record<string, readonly string[]>> = {
  include_iam: [
    'aws_encryption_key_principals',
    'aws_encryption_iam_principals',
    'aws_encryption_iam_policies',
  ],
};

/** Whether a check asks for what nobody has turned on: none of the tables that its key fills is read anywhere. */
export function isOff({ optional, needs }: Check, tablesRead: ReadonlySet<string>): boolean {
  if (optional === null) return false;
  return needs.every((table) => !tablesOf[optional]?.includes(table) || !tablesRead.has(table));
}

/** All checks of the package, the most urgent first. */
export async function readChecks(): Promise<readonly Check[]> {
  const compliance = await readCompliance();
  const checks = (await sqlFiles('checks')).map((file) => parseCheck(file, compliance));
  return checks.toSorted(
    (a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity) || a.id.localeCompare(b.id),
  );
}

/** Reads the header, lines of `-- name: value` at the top of the file; throws for one that is not whole. */
function parseCheck({ name, text }: SqlFile, compliance: Compliance): Check {
  const [header = ''] = /^(-- [a-z]+: .*\n)+/.exec(text) ?? [];
  const fields = new Map(
    [...header.matchAll(/^-- ([a-z]+): (.*)$/gm)].map(([, field = '', value = '']) => [field, value.trim()]),
  );
  const field = (key: string): string => {
    const value = fields.get(key);
    if (!value) throw new Error(`sql/checks/${name}.sql has no "-- ${key}: …" at its top.`);
    return value;
  };
  const severity = severities.find((known) => known === field('severity'));
  if (!severity)
    throw new Error(`sql/checks/${name}.sql has the severity ${field('severity')}, which is none.`);
  const urgency = urgencies.find((known) => known === (fields.get('urgency') ?? 'rest'));
  if (!urgency)
    throw new Error(`sql/checks/${name}.sql has the urgency ${fields.get('urgency')}, which is none.`);
  if (field('id') !== name) throw new Error(`sql/checks/${name}.sql calls itself ${field('id')}.`);
  const optional = fields.get('optional') ?? null;
  if (optional !== null && !(optional in tablesOf))
    throw new Error(`sql/checks/${name}.sql is optional by ${optional}, which fills no table.`);
  return {
    id: name,
    severity,
    urgency,
    title: field('title'),
    why: field('why'),
    fix: field('fix'),
    controls: compliance.get(name) ?? [],
    needs: listed(field('needs')),
    optional,
    services: listed(fields.get('services') ?? ''),
    // What is not said to be narrow is taken as wide: nothing is fine while another account may speak against it.
    sees: fields.get('sees') === 'account' ? 'account' : 'organization',
    sql: text.slice(header.length),
  };
}
