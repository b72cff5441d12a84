import { isObject } from '../policy/condition.ts';
import { writtenStatements } from '../policy/document.ts';

/** A statement as a policy has it. */
export type RawStatement = Readonly<Record<string, unknown>>;

/** KMS developer guide, "Resource quotas": a key policy is at most 32 KB (read 2026-11-30). */
export const keyPolicyBytes = 32_768;

/** Bytes of a policy as it is put. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** The policy's text with statements behind its own; without white space between. */
export function withStatements(text: string, added: readonly RawStatement[]): string {
  const value: unknown = JSON.parse(text);
  const statements = writtenStatements({ value }) ?? [];
  return JSON.stringify({ ...(isObject(value) ? value : {}), Statement: [...statements, ...added] });
}

/** Bytes of the policy's text as it stands, with its white space, and statements added to it. */
export const bytesAsEdited = (text: string, added: readonly RawStatement[]): number =>
  added.reduce((sum, statement) => sum + bytesOf(JSON.stringify(statement)) + 1, bytesOf(text));
