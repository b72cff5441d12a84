import * as z from 'zod/mini';
import type { TextFormat } from './text-format.ts';

/** What JSON Schema and documentation say of a key beside its type. */
export interface FieldDoc {
  /** One or two sentences, units and the meaning of leaving it out included. */
  readonly doc: string;
  /** Absent: no default. */
  readonly default?: unknown;
  /** Absent where there is nothing to show. */
  readonly example?: unknown;
  /** Checks that zod has no words for. */
  readonly jsonSchema?: Readonly<Record<string, unknown>>;
}

/** Everything said by `key` and `documented`, by schema. */
export const fieldDocs = z.registry<FieldDoc>();

/** A key that may be left out; null and a bare YAML `key:` mean the same, as they do to CloudQuery's source. */
export function key<S extends z.ZodMiniType>(
  schema: S,
  doc: FieldDoc,
): z.ZodMiniOptional<z.ZodMiniNullable<S>> {
  const optional = z.optional(z.nullable(schema));
  fieldDocs.add(optional, doc);
  return optional;
}

/** A key that must be there, or a whole mapping. */
export function documented<S extends z.ZodMiniType>(schema: S, doc: FieldDoc): S {
  fieldDocs.add(schema, doc);
  return schema;
}

/** The `error` of every schema below ends the sentence "it must be …". */
export function text({ pattern, mustBe }: TextFormat): z.ZodMiniString {
  return z.string({ error: mustBe }).check(z.regex(new RegExp(`^(?:${pattern})$`), { error: mustBe }));
}

/** Empty text means "not given", as it does to CloudQuery's source. */
export function textOrEmpty({ pattern, mustBe }: TextFormat): z.ZodMiniString {
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

export function yesOrNo(): z.ZodMiniBoolean {
  return z.boolean({ error: 'true or false' });
}
