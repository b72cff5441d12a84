import { CONNECTION_VARIABLE } from '../postgres/database.ts';
import { connectionOf, UsageError, type Values } from '../verb.ts';
import { type Check, isAtLeast, type Severity, severities } from './check.ts';
import { formatJson } from './format/json.ts';
import { formatJunit } from './format/junit.ts';
import { formatSarif } from './format/sarif.ts';
import { formatTable } from './format/table.ts';
import type { Report } from './run.ts';

/** Turns a report into text. */
export type Format = (report: Report, threshold: Severity) => string;

const formats = new Map<string, Format>([
  ['table', formatTable],
  ['json', formatJson],
  ['sarif', formatSarif],
  ['junit', formatJunit],
]);

export interface CheckArguments {
  readonly connection: string;
  readonly threshold: Severity;
  readonly format: Format;
  /** Seconds. */
  readonly maxAge: number;
  readonly checks: readonly Check[];
}

export const usage = `Usage: check --connection <postgresql://…> [--threshold medium] [--format table] [--max-age 24h] [--only id,…]

Runs the checks of sql/checks on the views in the schema aws_encryption (the verb \`views\` makes them).

  --connection  the database of the sync; default: the variable ${CONNECTION_VARIABLE}
  --threshold   low, medium (default), high or critical: checks below it are shown and do not count
  --format      table (default), json, sarif (2.1.0) or junit
  --max-age     how old a reading may be: 90m, 24h (default), 7d
  --only        ids of checks, separated by commas; default: all
  --help        this text

Exit codes:
  0   whole, fresh and clean: every check that counts ran on complete data and found nothing
  1   violations at or above the threshold, even where data is missing (which is then said, too)
  2   no violations, but data is missing, incomplete or older than --max-age, or something is not known
  64  wrong arguments
`;

/** What the verb takes on the command line. */
export const options = {
  connection: { type: 'string' },
  threshold: { type: 'string', default: 'medium' },
  format: { type: 'string', default: 'table' },
  'max-age': { type: 'string', default: '24h' },
  only: { type: 'string', multiple: true },
} as const;

/** What those values ask of the given checks. @throws UsageError */
export function readArguments(values: Values<typeof options>, all: readonly Check[]): CheckArguments {
  const connection = connectionOf(values.connection);
  const threshold = severities.find((severity) => severity === values.threshold);
  if (!threshold)
    throw new UsageError(`--threshold ${values.threshold} is none of ${severities.join(', ')}.`);
  const format = formats.get(values.format);
  if (!format)
    throw new UsageError(`--format ${values.format} is none of ${[...formats.keys()].join(', ')}.`);
  const checks = chosen(values.only, all);
  if (!checks.some(({ severity }) => isAtLeast(severity, threshold)))
    throw new UsageError(`No check of --only is at or above --threshold ${threshold}: nothing would count.`);
  return { connection, threshold, format, maxAge: seconds(values['max-age']), checks };
}

const unitSeconds = new Map([
  ['m', 60],
  ['h', 3_600],
  ['d', 86_400],
]);

function seconds(text: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const factor = unitSeconds.get(unit);
  if (factor === undefined || Number(amount) === 0)
    throw new UsageError(`--max-age ${text} is no time: write 90m, 24h or 7d.`);
  return Number(amount) * factor;
}

function chosen(only: readonly string[] | undefined, all: readonly Check[]): readonly Check[] {
  if (only === undefined) return all;
  const ids = new Set(
    only
      .flatMap((list) => list.split(','))
      .map((id) => id.trim())
      .filter(Boolean),
  );
  const unknown = [...ids].filter((id) => !all.some((check) => check.id === id));
  if (unknown.length > 0)
    throw new UsageError(
      `--only names ${unknown.join(', ')}, which is no check; there are ${all.map(({ id }) => id).join(', ')}.`,
    );
  if (ids.size === 0) throw new UsageError('--only names no check.');
  // What is asked for by name is not left out because it is off.
  return all.filter(({ id }) => ids.has(id)).map((check) => ({ ...check, optional: null }));
}
