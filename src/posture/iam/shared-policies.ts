import { createHash } from 'node:crypto';
import { type PolicyDocument, readPolicy, unreadablePolicy } from '../policy/document.ts';
import type { PolicyForm } from '../policy/statement.ts';
import { isAboutJudged } from './judged-services.ts';

/** A policy of a user, group or role. */
export interface IdentityPolicy {
  /** Of a managed policy; null: inline. */
  readonly arn: string | null;
  readonly name: string;
  /** The group by which a user has it; null: its own. */
  readonly group: string | null;
  /** As rules take it: see `SharedPolicies`. */
  readonly document: PolicyDocument;
}

/** All that identity policies allow and deny to whoever has the same ones. */
export interface PolicySet {
  readonly policies: readonly IdentityPolicy[];
  /** Null: nothing bounds its permissions. */
  readonly boundary: IdentityPolicy | null;
}

/**
 * The documents of all accounts of a sync, each distinct text once, and without what no verdict asks about: statements on
 * other services, and the JSON value. What is not understood stays.
 */
export class SharedPolicies {
  readonly #documents = new Map<string, PolicyDocument>();
  readonly #unreadable = new Map<string, PolicyDocument>();
  readonly #sets = new Map<string, PolicySet>();

  /** Distinct documents that are held. */
  get count(): number {
    return this.#documents.size + this.#unreadable.size;
  }

  /** @param text JSON; null: not given, so that it may allow or deny anything */
  document(text: string | null, form: PolicyForm): PolicyDocument {
    if (text === null) return this.unreadable('AWS gave no text of it that can be decoded');
    const name = digest(`${form} ${text}`);
    const before = this.#documents.get(name);
    if (before !== undefined) return before;
    const read = readPolicy(text, form);
    const held = Object.freeze({
      ...read,
      value: null,
      statements: read.statements.filter(isAboutJudged),
    });
    this.#documents.set(name, held);
    return held;
  }

  /** @param problem a phrase: why nothing is known of it */
  unreadable(problem: string): PolicyDocument {
    const before = this.#unreadable.get(problem);
    if (before !== undefined) return before;
    const held = unreadablePolicy(problem);
    this.#unreadable.set(problem, held);
    return held;
  }

  /** The one set of these policies, in whatever order they come. */
  set(policies: readonly IdentityPolicy[], boundary: IdentityPolicy | null): PolicySet {
    const sorted = policies
      .map((policy) => [nameOf(policy), policy] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const names = [boundary === null ? '' : nameOf(boundary), ...sorted.map(([name]) => name)];
    const key = digest(JSON.stringify(names));
    const before = this.#sets.get(key);
    if (before !== undefined) return before;
    const made = Object.freeze({ policies: Object.freeze(sorted.map(([, policy]) => policy)), boundary });
    this.#sets.set(key, made);
    return made;
  }
}

const nameOf = ({ arn, name, group, document }: IdentityPolicy): string =>
  JSON.stringify([arn, name, group, document.sha256, document.problem]);

const digest = (text: string): string => createHash('sha256').update(text).digest('base64');
