import type { ServiceGrammar } from '../policy/grammar.ts';
import type { Statement } from '../policy/statement.ts';
import type { AccountIam } from './account-iam.ts';
import { alikeBy, answerOfPrincipal, type Identities } from './alike.ts';
import { type Asked, askedByAll, askedBySet, isAbout } from './asked.ts';
import { once } from './once.ts';
import type { IdentityPolicy, PolicySet } from './shared-policies.ts';

/** Identities of one account that fare alike with all resources whose policies ask for the same. */
export interface Group {
  readonly policySet: PolicySet;
  readonly isServiceLinked: boolean;
  /** By its own policies. */
  readonly asked: Asked;
  readonly identities: Identities;
}

/** So many lists of parts are kept: most resources ask for the same. */
const partsLimit = 16;

const nameOfAsked = (asked: Asked): string =>
  JSON.stringify({ ...asked, arns: [...asked.arns], resources: [...asked.resources] });

/**
 * The identities of one account, in groups whose own policies say the same of some services, statement by statement:
 * worked out once for all resources.
 */
export class Groups {
  readonly all: readonly Group[];
  readonly #parts = new Map<string, (group: Group) => readonly Identities[]>();

  /** @param grammars of the services whose actions count */
  constructor({ identities }: AccountIam, grammars: readonly ServiceGrammar[]) {
    const nameOf = once((set: PolicySet) => contentsOf(set, grammars));
    const alike = alikeBy(
      identities,
      ({ policySet, isServiceLinked }) => `${isServiceLinked} ${nameOf(policySet)}`,
    );
    this.all = [...alike.values()].map((same) => {
      const { policySet, isServiceLinked } = same[0];
      return { policySet, isServiceLinked, asked: askedBySet(policySet, grammars), identities: same };
    });
  }

  /** The parts of a group that fare alike. @param asked by policies that are not the identities' own */
  parts(asked: Asked): (group: Group) => readonly Identities[] {
    const name = nameOfAsked(asked);
    const before = this.#parts.get(name);
    if (before !== undefined) return before;
    const parts = once((group: Group) => apart(group, asked));
    if (this.#parts.size >= partsLimit) this.#parts.delete(this.#parts.keys().next().value ?? '');
    this.#parts.set(name, parts);
    return parts;
  }
}

function apart(group: Group, asked: Asked): readonly Identities[] {
  const all = askedByAll([asked, group.asked]);
  return [...alikeBy(group.identities, (identity) => answerOfPrincipal(identity, all)).values()];
}

/** What policies say of the services; a boundary that says nothing of them bounds all the same. */
function contentsOf({ policies, boundary }: PolicySet, grammars: readonly ServiceGrammar[]): string {
  const said = ({ arn, name, document }: IdentityPolicy): unknown => {
    const statements = document.statements.filter((statement) =>
      grammars.some((grammar) => isAbout(statement, grammar)),
    );
    if (statements.length + document.unread.length === 0) return null;
    return document.unread.length > 0 ? [arn ?? name, document.sha256] : statements.map(contentOf);
  };
  return JSON.stringify([
    policies.map(said).filter((text) => text !== null),
    boundary === null ? null : (said(boundary) ?? 'silent'),
  ]);
}

/** What a statement says, wherever it stands. */
const contentOf = ({ index: _, sid: __, conditions: ___, principals: ____, ...content }: Statement) =>
  content;
