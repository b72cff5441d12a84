import * as z from 'zod/mini';
import type { TextFormat } from './text-format.ts';

/** What JSON Schema, documentation and messages say of a key beside its type. */
export interface FieldDoc {
  /** One or two sentences, units and the meaning of leaving it out included. */
  readonly doc: string;
  /** Absent: no default. */
  readonly default?: unknown;
  /** Absent where there is nothing to show. */
  readonly example?: unknown;
  /** Checks that zod has no words for. */
  readonly jsonSchema?: Readonly<Record<string, unknown>>;
  /** True where no message may repeat the value. */
  readonly isSecret?: boolean;
}

/** What a key that has an effect must say. */
export type KeyDoc = FieldDoc & Required<Pick<FieldDoc, 'example'>>;

/** Everything said of keys and mappings, by schema. */
export const fieldDocs = z.registry<FieldDoc>();

/** A key that must be there, or a whole mapping. */
export function documented<S extends z.ZodMiniType>(schema: S, doc: FieldDoc): S {
  fieldDocs.add(schema, doc);
  return schema;
}

/** A key that may be left out; null and a bare YAML `key:` mean the same, as they do to CloudQuery's source. */
function optional<S extends z.ZodMiniType, T>(
  schema: S,
  doc: KeyDoc,
  settle: (written: z.output<S> | null | undefined) => T,
) {
  return documented(z.pipe(z.optional(z.nullable(schema)), z.transform(settle)), doc);
}

/** Null when it is left out. */
export function key<S extends z.ZodMiniType>(schema: S, doc: KeyDoc) {
  return optional(schema, doc, (written) => written ?? null);
}

/** The default when it is left out. */
export function keyWithDefault<S extends z.ZodMiniType>(
  schema: S,
  doc: KeyDoc & { readonly default: z.output<S> },
) {
  return optional(schema, doc, (written) => written ?? doc.default);
}

/** Null when it is left out, and when it is empty text, as to CloudQuery's source. */
export function textKey(format: TextFormat, doc: KeyDoc) {
  return optional(textOrEmpty(format), doc, (written) => written || null);
}

/** The default, or an empty list, when it is left out or empty. */
export function listKey<S extends z.ZodMiniType>(
  schema: z.ZodMiniArray<S>,
  doc: KeyDoc & { readonly default?: z.output<S>[] },
) {
  return optional(schema, doc, (written) => (written?.length ? written : (doc.default ?? [])));
}

/** Checked, and taken by nobody: always null. */
export function withoutEffect<S extends z.ZodMiniType>(schema: S) {
  return z.pipe(
    schema,
    z.transform(() => null),
  );
}

/** The `error` of every schema below ends the sentence "it must be …". */
export function text({ pattern, mustBe }: TextFormat): z.ZodMiniString<string> {
  return z.string({ error: mustBe }).check(z.regex(new RegExp(`^(?:${pattern})$`), { error: mustBe }));
}

export function textOrEmpty({ pattern, mustBe }: TextFormat): z.ZodMiniString<string> {
  return text({ pattern: `(?:${pattern})?`, mustBe });
}

export function list<S extends z.ZodMiniType>(item: S, mustBe: string): z.ZodMiniArray<S> {
  return z.array(item, { error: mustBe });
}

export function wholeNumber(unit: string, minimum: number, maximum?: number): z.ZodMiniNumberFormat {
  const range = maximum === undefined ? `, ${minimum} or more` : ` from ${minimum} to ${maximum}`;
  const error = `a whole number of ${unit}${range}`;
  const atLeast = z.int({ error }).check(z.minimum(minimum, { error }));
  return maximum === undefined ? atLeast : atLeast.check(z.maximum(maximum, { error }));
}

export function yesOrNo(): z.ZodMiniBoolean<boolean> {
  return z.boolean({ error: 'true or false' });
}
