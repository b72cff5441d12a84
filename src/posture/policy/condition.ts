/** What an operator compares, without its set prefix, its negation and `IfExists`. */
export type Comparison =
  | 'StringEquals'
  | 'StringEqualsIgnoreCase'
  | 'StringLike'
  | 'Arn'
  | 'Bool'
  | 'Null'
  /** Numbers, dates, addresses and binary values: read, and never decided by this reader. */
  | 'Other';

/** One line of a Condition block: one operator, one key, its values (of which one must match). */
export interface Condition {
  /** As the document writes it: `ForAllValues:StringNotLikeIfExists`. */
  readonly operator: string;
  /** As the document writes it; `id` is the lower-case form, since condition keys ignore case. */
  readonly key: string;
  readonly id: string;
  readonly comparison: Comparison;
  readonly negated: boolean;
  readonly ifExists: boolean;
  /** `ForAllValues`, `ForAnyValue` or none. */
  readonly over: 'all' | 'any' | null;
  readonly values: readonly string[];
  /** Policy variables are only replaced in documents of version 2012-10-17. */
  readonly variables: boolean;
}

interface Operator {
  readonly comparison: Comparison;
  readonly negated: boolean;
}

/** IAM user guide, "Condition operators", read 2026-11-23. ArnEquals and ArnLike behave alike. */
const operators: Readonly<Record<string, Operator>> = {
  stringequals: { comparison: 'StringEquals', negated: false },
  stringnotequals: { comparison: 'StringEquals', negated: true },
  stringequalsignorecase: { comparison: 'StringEqualsIgnoreCase', negated: false },
  stringnotequalsignorecase: { comparison: 'StringEqualsIgnoreCase', negated: true },
  stringlike: { comparison: 'StringLike', negated: false },
  stringnotlike: { comparison: 'StringLike', negated: true },
  arnequals: { comparison: 'Arn', negated: false },
  arnlike: { comparison: 'Arn', negated: false },
  arnnotequals: { comparison: 'Arn', negated: true },
  arnnotlike: { comparison: 'Arn', negated: true },
  bool: { comparison: 'Bool', negated: false },
  null: { comparison: 'Null', negated: false },
  binaryequals: { comparison: 'Other', negated: false },
  ipaddress: { comparison: 'Other', negated: false },
  notipaddress: { comparison: 'Other', negated: true },
  numericequals: { comparison: 'Other', negated: false },
  numericnotequals: { comparison: 'Other', negated: true },
  numericlessthan: { comparison: 'Other', negated: false },
  numericlessthanequals: { comparison: 'Other', negated: false },
  numericgreaterthan: { comparison: 'Other', negated: false },
  numericgreaterthanequals: { comparison: 'Other', negated: false },
  dateequals: { comparison: 'Other', negated: false },
  datenotequals: { comparison: 'Other', negated: true },
  datelessthan: { comparison: 'Other', negated: false },
  datelessthanequals: { comparison: 'Other', negated: false },
  dategreaterthan: { comparison: 'Other', negated: false },
  dategreaterthanequals: { comparison: 'Other', negated: false },
};

const prefixes: Readonly<Record<string, 'all' | 'any'>> = { forallvalues: 'all', foranyvalue: 'any' };

/** A Condition block as a list of lines that must all hold, or one sentence on what is not understood. */
export function readConditions(block: unknown, variables: boolean): readonly Condition[] | string {
  if (block === undefined) return [];
  if (!isObject(block)) return 'Condition is not an object';
  const conditions: Condition[] = [];
  for (const [operator, keys] of Object.entries(block)) {
    const parsed = readOperator(operator);
    if (parsed === null) return `unknown condition operator ${operator}`;
    if (!isObject(keys)) return `the condition keys of ${operator} are not an object`;
    const seen = new Set<string>();
    for (const [key, raw] of Object.entries(keys)) {
      const id = key.toLowerCase();
      if (seen.has(id)) return `${operator} names the condition key ${key} twice`;
      seen.add(id);
      const values = readValues(raw);
      if (values === null) return `a value of ${operator} ${key} is not a string, a number or a boolean`;
      if (parsed.comparison === 'Null' && !values.every((v) => /^(true|false)$/i.test(v)))
        return `Null ${key} is neither true nor false`;
      conditions.push({ operator, key, id, values, variables, ...parsed });
    }
  }
  return conditions;
}

function readOperator(
  operator: string,
): Pick<Condition, 'comparison' | 'negated' | 'ifExists' | 'over'> | null {
  const [, prefix, name = '', suffix] = /^(?:(\w+):)?(\w+?)(IfExists)?$/i.exec(operator) ?? [];
  const base = Object.hasOwn(operators, name.toLowerCase()) ? operators[name.toLowerCase()] : undefined;
  const over = prefix === undefined ? null : prefixes[prefix.toLowerCase()];
  if (base === undefined || over === undefined) return null;
  if (base.comparison === 'Null' && (suffix !== undefined || over !== null)) return null;
  return { ...base, over, ifExists: suffix !== undefined };
}

function readValues(raw: unknown): readonly string[] | null {
  const values: string[] = [];
  for (const value of Array.isArray(raw) ? raw : [raw]) {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return null;
    values.push(String(value));
  }
  return values;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Does the condition hold for a request that does not carry the key? (Null is decided on its own.) */
export function holdsWhenAbsent(condition: Condition): boolean {
  if (condition.ifExists || condition.over === 'all') return true;
  return condition.over === null && condition.negated;
}

/** Texts or ARNs that one of the values must match, for requests that carry the key. */
export const isPlain = ({ comparison, negated, ifExists, over }: Condition): boolean =>
  /^String|^Arn/.test(comparison) && !negated && !ifExists && over !== 'all';

/** `StringEqualsIfExists aws:PrincipalOrgID`, for sentences. */
export const named = (condition: Condition): string => `${condition.operator} ${condition.key}`;
