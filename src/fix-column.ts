/** One step of a fix as a column `fix` has it. Its texts are from strangers in part. */
export interface FixStep {
  /** A word with underscores: `key_policy_statement`. */
  readonly kind: string;
  readonly on: string;
  readonly why: string;
  /** What is added, or which statement goes; null: the command or the reason says all. */
  readonly statement: object | null;
  /** A line each; null: there is none. */
  readonly command: string | null;
  /** What else changes by it, a line each; empty where nobody asked, or nothing can. */
  readonly also: readonly string[];
}

/** A word that is none of these takes away: to let in more by mistake would be worse. */
const purposes = ['take_away', 'unlock', 'keep_key', 'turn_on'] as const;

/** What ends a finding for some who fare alike, or for a key or setting (`keep_key`, `turn_on`: for nobody in particular). */
export interface FixEntry {
  /** In words: the first of them. */
  readonly names: readonly string[];
  /** How many there are. */
  readonly parties: number;
  readonly purpose: (typeof purposes)[number];
  readonly steps: readonly FixStep[];
}

type Raw = Readonly<Record<string, unknown>>;

/** Reads an entry of a column `fix`; null where it is none, as views and checks of one's own may have it. */
export function fixEntry(value: unknown): FixEntry | null {
  if (!isObject(value) || !Array.isArray(value.steps)) return null;
  const names = Array.isArray(value.for) ? value.for.map(String) : [];
  return {
    names,
    parties: typeof value.parties === 'number' ? value.parties : names.length,
    purpose: purposes.find((purpose) => purpose === value.purpose) ?? 'take_away',
    steps: value.steps.filter(isObject).map(stepOf),
  };
}

const stepOf = ({ kind, on, why, statement, command, also }: Raw): FixStep => ({
  kind: String(kind ?? ''),
  on: String(on ?? ''),
  why: String(why ?? ''),
  statement: isObject(statement) ? statement : null,
  command: typeof command === 'string' ? command : null,
  also: Array.isArray(also) ? also.map(String) : [],
});

export const isObject = (value: unknown): value is Raw => typeof value === 'object' && value !== null;
