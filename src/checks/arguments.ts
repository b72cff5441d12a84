import { readFile } from 'node:fs/promises';
import { messageOf } from '../postgres/failure.ts';
import { connectionOf, formatOf, listed, secondsOf, UsageError, type Values } from '../verb.ts';
import { type Check, isAtLeast, type Severity, severities } from './check.ts';
import { isOfFramework, leftOutFrameworks } from './compliance.ts';
import type { Display } from './format/display.ts';
import { formatJson } from './format/json.ts';
import { formatJunit } from './format/junit.ts';
import { formatPrometheus } from './format/prometheus.ts';
import { formatSarif } from './format/sarif.ts';
import { formatTable } from './format/table.ts';
import type { Report } from './model.ts';
import type { AskedScope } from './scope.ts';
import type { Waiver } from './waivers/waiver.ts';

/** Turns a report into text. */
export type Format = (report: Report, threshold: Severity, display: Display) => string;

const formats = new Map<string, Format>([
  ['table', formatTable],
  ['json', formatJson],
  ['sarif', formatSarif],
  ['junit', formatJunit],
  ['prometheus', formatPrometheus],
]);

export interface CheckArguments {
  readonly connection: string;
  readonly threshold: Severity;
  readonly format: Format;
  /** Seconds. */
  readonly maxAge: number;
  readonly checks: readonly Check[];
  readonly scope: AskedScope;
  readonly waivers: readonly Waiver[];
  readonly record: boolean;
}

/** What the verb takes on the command line. */
export const options = {
  connection: { type: 'string' },
  threshold: { type: 'string', default: 'medium' },
  format: { type: 'string', default: 'table' },
  'max-age': { type: 'string', default: '24h' },
  check: { type: 'string', multiple: true },
  // As 0.1.0 called it.
  only: { type: 'string', multiple: true },
  severity: { type: 'string', default: 'low' },
  framework: { type: 'string' },
  account: { type: 'string', multiple: true },
  ou: { type: 'string', multiple: true },
  waivers: { type: 'string' },
  record: { type: 'boolean', default: false },
} as const;

/** What those values ask of the given checks. @throws UsageError */
export async function readArguments(
  values: Values<typeof options>,
  all: readonly Check[],
): Promise<CheckArguments> {
  const connection = connectionOf(values.connection);
  const threshold = severityOf('--threshold', values.threshold);
  const format = formatOf(values.format, formats);
  const least = severityOf('--severity', values.severity);
  const checks = ofFramework(values.framework, chosen(values, all)).filter(({ severity }) =>
    isAtLeast(severity, least),
  );
  if (!checks.some(({ severity }) => isAtLeast(severity, threshold)))
    throw new UsageError(
      `No check that is asked for is at or above --threshold ${threshold}: nothing would count.`,
    );
  return {
    connection,
    threshold,
    format,
    maxAge: secondsOf('--max-age', values['max-age']),
    checks,
    record: values.record,
    waivers: values.waivers === undefined ? [] : await readWaivers(values.waivers, all),
    scope: { accounts: listed(...(values.account ?? [])), units: listed(...(values.ou ?? [])) },
  };
}

function severityOf(option: string, value: string): Severity {
  const severity = severities.find((known) => known === value);
  if (!severity) throw new UsageError(`${option} ${value} is none of ${severities.join(', ')}.`);
  return severity;
}

/** Checks that a framework asks, with its controls alone. */
function ofFramework(name: string | undefined, checks: readonly Check[]): readonly Check[] {
  if (name === undefined) return checks;
  const asked = checks
    .map((check) => ({
      ...check,
      controls: check.controls.filter((control) => isOfFramework(control, name)),
    }))
    .filter(({ controls }) => controls.length > 0);
  if (asked.length > 0) return asked;
  const known = new Set(checks.flatMap(({ controls }) => controls.map(({ framework }) => framework)));
  throw new UsageError(
    `--framework ${name} asks none of the checks; there are ${[...known].sort().join(', ')}; left out: ${leftOutFrameworks}.`,
  );
}

async function readWaivers(path: string, all: readonly Check[]): Promise<readonly Waiver[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(`--waivers: ${path} cannot be read: ${messageOf(error)}.`);
  });
  // Only who has waivers needs YAML.
  const { parseWaivers } = await import('./waivers/parse.ts');
  return parseWaivers(
    text,
    all.map(({ id }) => id),
  );
}

function chosen({ check, only }: Values<typeof options>, all: readonly Check[]): readonly Check[] {
  if (check === undefined && only === undefined) return all;
  const option = check === undefined ? '--only' : '--check';
  const ids = new Set(listed(...(check ?? []), ...(only ?? [])));
  const unknown = [...ids].filter((id) => !all.some((each) => each.id === id));
  if (unknown.length > 0)
    throw new UsageError(
      `${option} names ${unknown.join(', ')}, which is no check; there are ${all.map(({ id }) => id).join(', ')}.`,
    );
  if (ids.size === 0) throw new UsageError(`${option} names no check.`);
  // What is asked for by name is not left out because it is off.
  return all.filter(({ id }) => ids.has(id)).map((each) => ({ ...each, optional: null }));
}
