import { isObject } from '../policy/condition.ts';

/** A statement as a policy has it. */
export type RawStatement = Readonly<Record<string, unknown>>;

/** KMS developer guide, "Resource quotas": a key policy is at most 32 KB (read 2026-11-30). */
export const keyPolicyBytes = 32_768;

/** Bytes of a policy as it is put. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** The policy's text with statements behind its own; without white space between. */
export const withStatements = (text: string, added: readonly RawStatement[]): string =>
  edited(text, (statements) => [...statements, ...added]);

/** Without the statements at some places, from 0. */
export const withoutStatements = (text: string, indices: ReadonlySet<number>): string =>
  edited(text, (statements) => statements.filter((_, index) => !indices.has(index)));

/** Without some principals, as written, of the statement at a place; the statement goes where none is left. */
export const withoutPrincipals = (text: string, index: number, principals: ReadonlySet<string>): string =>
  edited(text, (statements) =>
    statements.flatMap((statement, i) => {
      if (i !== index || !isObject(statement)) return [statement];
      const left = principalsLeft(statement.Principal, principals);
      return left === null ? [] : [{ ...statement, Principal: left }];
    }),
  );

/** How many statements a policy has. */
export const countStatements = (text: string): number => statementsOf(JSON.parse(text)).length;

function edited(text: string, edit: (statements: readonly unknown[]) => readonly unknown[]): string {
  const value: unknown = JSON.parse(text);
  return JSON.stringify({ ...(isObject(value) ? value : {}), Statement: edit(statementsOf(value)) });
}

function statementsOf(value: unknown): readonly unknown[] {
  const raw = isObject(value) ? value.Statement : undefined;
  if (raw === undefined) return [];
  return Array.isArray(raw) ? raw : [raw];
}

function principalsLeft(element: unknown, principals: ReadonlySet<string>): unknown {
  if (!isObject(element)) return null;
  const left = Object.entries(element).flatMap(([kind, raw]) => {
    const list: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
    const kept = list.filter((text) => typeof text !== 'string' || !principals.has(text));
    return kept.length === 0 ? [] : [[kind, Array.isArray(raw) ? kept : raw] as const];
  });
  return left.length === 0 ? null : Object.fromEntries(left);
}
