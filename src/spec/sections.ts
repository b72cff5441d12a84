import * as z from 'zod/mini';
import { definition } from './definition.ts';

type Schema = z.core.$ZodType;
type Shape = Readonly<Record<string, Schema>>;

/** A mapping of the spec with keys of its own, and where it may stand. */
export interface Section {
  /** `''` for the spec itself; `[]` for each item of a list. */
  readonly paths: readonly string[];
  readonly shape: Shape;
}

/** In the order of their depth. */
export const sections: readonly Section[] = findSections();

function findSections(): Section[] {
  const paths = new Map<Schema, string[]>();
  const open: [path: string, schema: Schema][] = [['', definition]];
  for (const [path, schema] of open) {
    const outer = withoutWrapping(schema);
    const isList = outer instanceof z.ZodMiniArray;
    const place = isList ? `${path}[]` : path;
    const mapping = isList ? withoutWrapping(outer.def.element) : outer;
    const fields = Object.entries(shapeOf(mapping));
    if (fields.length > 0) paths.set(mapping, [...(paths.get(mapping) ?? []), place]);
    for (const [name, field] of fields) open.push([place === '' ? name : `${place}.${name}`, field]);
  }
  return [...paths].map(([mapping, each]) => ({ paths: each, shape: shapeOf(mapping) }));
}

/** What stands at a path of a written spec; null where nothing may. */
export function schemaAt(path: readonly PropertyKey[]): Schema | null {
  return path.reduce<Schema | null>((schema, step) => {
    const outer = schema === null ? null : withoutWrapping(schema);
    if (outer instanceof z.ZodMiniArray) return outer.def.element;
    if (outer instanceof z.ZodMiniRecord) return outer.def.valueType;
    return shapeOf(outer)[String(step)] ?? null;
  }, definition);
}

/** The keys that a mapping may have; none where they are data, such as account ids. */
export function keysAt(path: readonly PropertyKey[]): readonly string[] {
  const schema = schemaAt(path);
  const mapping = schema === null ? null : withoutWrapping(schema);
  if (mapping instanceof z.ZodMiniRecord && mapping.def.keyType instanceof z.ZodMiniEnum) {
    return mapping.def.keyType.options.map(String);
  }
  return Object.keys(shapeOf(mapping));
}

function shapeOf(schema: Schema | null): Shape {
  return schema instanceof z.ZodMiniObject ? schema.shape : {};
}

/** The type of a key, without what lets it be left out. */
export function withoutWrapping(schema: Schema): Schema {
  if (schema instanceof z.ZodMiniPipe) return withoutWrapping(schema.def.in);
  if (schema instanceof z.ZodMiniOptional || schema instanceof z.ZodMiniNullable) {
    return withoutWrapping(schema.def.innerType);
  }
  return schema;
}
