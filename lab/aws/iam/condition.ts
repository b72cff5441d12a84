import { arnLike, inNetwork, like } from './matching.ts';
import { type Condition, list } from './policy.ts';
import type { Context } from './request.ts';
import { substitute } from './variables.ts';

type Matches = (value: string, wanted: string) => boolean;

const same: Matches = (value, wanted) => value === wanted;
const sameIgnoringCase: Matches = (value, wanted) => value.toLowerCase() === wanted.toLowerCase();

interface Operator {
  readonly matches: Matches;
  readonly negated: boolean;
  readonly variables: boolean;
}
const operator = (matches: Matches, negated: boolean, variables = true): Operator => ({
  matches,
  negated,
  variables,
});

const compared =
  (measure: (text: string) => number, holds: (value: number, wanted: number) => boolean): Matches =>
  (value, wanted) =>
    holds(measure(value), measure(wanted));

/** Those of numbers or of dates; what is neither compares with nothing. */
function ordered(kind: string, measure: (text: string) => number): [string, Operator][] {
  const of = (holds: (value: number, wanted: number) => boolean, negated = false): Operator =>
    operator(compared(measure, holds), negated, false);
  return [
    [`${kind}Equals`, of((value, wanted) => value === wanted)],
    [`${kind}NotEquals`, of((value, wanted) => value === wanted, true)],
    [`${kind}LessThan`, of((value, wanted) => value < wanted)],
    [`${kind}LessThanEquals`, of((value, wanted) => value <= wanted)],
    [`${kind}GreaterThan`, of((value, wanted) => value > wanted)],
    [`${kind}GreaterThanEquals`, of((value, wanted) => value >= wanted)],
  ];
}

/** IAM user guide, "Condition operators", read 2026-11-28; IP addresses of version 4 only. */
const operators: Readonly<Record<string, Operator>> = {
  StringEquals: operator(same, false),
  StringNotEquals: operator(same, true),
  StringEqualsIgnoreCase: operator(sameIgnoringCase, false),
  StringNotEqualsIgnoreCase: operator(sameIgnoringCase, true),
  StringLike: operator(like, false),
  StringNotLike: operator(like, true),
  ArnEquals: operator(arnLike, false),
  ArnLike: operator(arnLike, false),
  ArnNotEquals: operator(arnLike, true),
  ArnNotLike: operator(arnLike, true),
  Bool: operator(sameIgnoringCase, false, false),
  IpAddress: operator(inNetwork, false, false),
  NotIpAddress: operator(inNetwork, true, false),
  BinaryEquals: operator(same, false, false),
  ...Object.fromEntries([...ordered('Numeric', Number), ...ordered('Date', Date.parse)]),
};

/** Whether AWS knows such an operator, as of the page above. */
export const isOperator = (name: string): boolean =>
  name === 'Null' || operators[parts(name).base] !== undefined;

/** Every line of the block, each for every key: all must hold. */
export function holds(
  condition: Condition | undefined,
  context: Context,
  version: string | undefined,
  /** What a line comes to whatever it says; null: what it says. */
  otherwise: (operator: string, key: string) => boolean | null = () => null,
): boolean {
  return Object.entries(condition ?? {}).every(([name, keys]) =>
    Object.entries(keys).every(
      ([key, values]) =>
        otherwise(name, key) ?? holdsLine(name, list(values), valuesOf(context, key), context, version),
    ),
  );
}

const pair = 'kms:encryptioncontext:';

/**
 * Names of condition keys are not case-sensitive. Those of an encryption context are, and stand as they are sent, since
 * the constraints of grants ask for them so.
 */
function valuesOf(context: Context, key: string): readonly string[] | undefined {
  const name = key.toLowerCase();
  const values = context.get(name);
  if (values !== undefined || !name.startsWith(pair)) return values;
  return [...context].find(([other]) => other.toLowerCase() === name)?.[1];
}

/**
 * One operator on one key. Of a key that is absent: IfExists holds, ForAllValues holds, ForAnyValue does not ("if the
 * key does not exist, the condition returns false", page on multivalued context keys), a negated operator holds, all
 * others do not.
 */
function holdsLine(
  name: string,
  wanted: readonly string[],
  values: readonly string[] | undefined,
  context: Context,
  version: string | undefined,
): boolean {
  if (name === 'Null') return wanted.some((value) => (value === 'true') === (values === undefined));
  const { set, base, ifExists } = parts(name);
  const operator = operators[base];
  if (operator === undefined) throw new Error(`no such operator: ${name}`);
  const { matches, negated } = operator;
  if (values === undefined) {
    if (ifExists || set === 'ForAllValues') return true;
    return set === 'ForAnyValue' ? false : negated;
  }
  const texts = operator.variables
    ? wanted.flatMap((text) => substitute(text, context, version) ?? [])
    : wanted;
  const one = (value: string): boolean => texts.some((text) => matches(value, text)) !== negated;
  if (set === 'ForAllValues') return values.every(one);
  if (set === 'ForAnyValue') return values.some(one);
  if (values.length > 1) throw new Error(`${name} on a key of several values is not defined`);
  return values.every(one);
}

const parsed = new Map<string, ReturnType<typeof parse>>();

function parts(name: string): ReturnType<typeof parse> {
  const before = parsed.get(name) ?? parse(name);
  parsed.set(name, before);
  return before;
}

function parse(name: string) {
  const [first = '', second] = name.split(':');
  const rest = second ?? first;
  const ifExists = rest.endsWith('IfExists');
  return {
    set: second === undefined ? null : first,
    base: ifExists ? rest.slice(0, -'IfExists'.length) : rest,
    ifExists,
  };
}
