import type { ServiceGrammar } from '../policy/grammar.ts';
import type { Statement } from '../policy/statement.ts';
import type { AccountIam, Identity } from './account-iam.ts';
import { answerOfPrincipal } from './alike.ts';
import { type Asked, askedBy, askedByAll, isAbout } from './asked.ts';
import type { IdentityPolicy, PolicySet } from './shared-policies.ts';

/** Identities of one account that fare alike with all resources whose policies ask for the same. */
export interface Group {
  /** Different for groups that may fare differently. */
  readonly name: string;
  readonly policySet: PolicySet;
  readonly isServiceLinked: boolean;
  /** By its own policies, and by those that it was made for. */
  readonly asked: Asked;
  readonly identities: readonly [Identity, ...Identity[]];
}

/** So many lists of groups are kept: most resources ask for the same. */
const limit = 64;
const partsLimit = 16;

/**
 * Whose policies count as the same: those that have the same `policies`, or others too that say the same by their
 * `statements`, where nobody asks by which policy.
 */
export type Sameness = 'policies' | 'statements';

const nameOfAsked = (asked: Asked): string =>
  JSON.stringify({ ...asked, arns: [...asked.arns], resources: [...asked.resources] });

/** The identities of one account, in groups: worked out once for all resources whose policies ask for the same. */
export class Groups {
  readonly #iam: AccountIam;
  readonly #grammars: readonly ServiceGrammar[];
  readonly #sameness: Sameness;
  readonly #parts = new Map<string, Map<Group, readonly Group[]>>();
  readonly #byAsked = new Map<string, readonly Group[]>();
  #bySet: readonly Group[] | null = null;

  /** @param grammars of the services whose actions count */
  constructor(iam: AccountIam, grammars: readonly ServiceGrammar[], sameness: Sameness) {
    this.#iam = iam;
    this.#grammars = grammars;
    this.#sameness = sameness;
  }

  /** @param asked by policies that are not the identities' own */
  of(asked: Asked): readonly Group[] {
    const name = nameOfAsked(asked);
    const cached = this.#byAsked.get(name);
    if (cached !== undefined) return cached;
    const groups = this.sets().flatMap((group) => apart(group, askedByAll([asked, group.asked])));
    if (this.#byAsked.size >= limit) this.#byAsked.delete(this.#byAsked.keys().next().value ?? '');
    this.#byAsked.set(name, groups);
    return groups;
  }

  /** The parts of single groups of `sets` that fare alike. @param asked by policies that are not the identities' own */
  parts(asked: Asked): (group: Group) => readonly Group[] {
    const name = nameOfAsked(asked);
    let known = this.#parts.get(name);
    if (known === undefined) {
      known = new Map();
      if (this.#parts.size >= partsLimit) this.#parts.delete(this.#parts.keys().next().value ?? '');
      this.#parts.set(name, known);
    }
    const ofAsked = known;
    return (group) => {
      const parts = ofAsked.get(group) ?? apart(group, askedByAll([asked, group.asked]));
      ofAsked.set(group, parts);
      return parts;
    };
  }

  /** Those whose own policies say the same. */
  sets(): readonly Group[] {
    if (this.#bySet !== null) return this.#bySet;
    const byName = new Map<string, [Identity, ...Identity[]]>();
    const names = new Map<PolicySet, string>();
    for (const identity of this.#iam.identities) {
      const { policySet, isServiceLinked: isFree } = identity;
      const ofSet = names.get(policySet) ?? nameOf(policySet, this.#grammars, this.#sameness);
      names.set(policySet, ofSet);
      const name = `${isFree} ${ofSet}`;
      const group = byName.get(name);
      if (group) group.push(identity);
      else byName.set(name, [identity]);
    }
    this.#bySet = [...byName].map(([said, identities], i) => {
      // What all statements say is long, and tells nobody anything.
      const name = this.#sameness === 'statements' ? String(i) : said;
      const { policySet, isServiceLinked } = identities[0];
      return { name, policySet, isServiceLinked, asked: askedBySet(policySet, this.#grammars), identities };
    });
    return this.#bySet;
  }
}

/** A group in parts that fare alike with whatever asks so. */
function apart(group: Group, asked: Asked): readonly Group[] {
  const byAnswer = new Map<string, [Identity, ...Identity[]]>();
  for (const identity of group.identities) {
    const answer = answerOfPrincipal(identity, asked);
    const same = byAnswer.get(answer);
    if (same) same.push(identity);
    else byAnswer.set(answer, [identity]);
  }
  return [...byAnswer].map(([answer, identities]) => ({
    ...group,
    name: `${group.name} ${answer}`,
    asked,
    identities,
  }));
}

/** What policies say of the services; a boundary that says nothing of them bounds all the same. */
function nameOf(
  { policies, boundary }: PolicySet,
  grammars: readonly ServiceGrammar[],
  sameness: Sameness,
): string {
  const said = ({ arn, name, document }: IdentityPolicy): unknown => {
    const statements = document.statements.filter((statement) =>
      grammars.some((grammar) => isAbout(statement, grammar)),
    );
    if (statements.length + document.unread.length === 0) return null;
    return sameness === 'policies' || document.unread.length > 0
      ? [arn ?? name, document.sha256]
      : statements.map(contentOf);
  };
  return JSON.stringify([
    policies.map(said).filter((text) => text !== null),
    boundary === null ? null : (said(boundary) ?? 'silent'),
  ]);
}

/** What a statement says, wherever it stands. */
const contentOf = ({ index: _, sid: __, conditions: ___, principals: ____, ...content }: Statement) =>
  content;

const askedBySet = ({ policies, boundary }: PolicySet, grammars: readonly ServiceGrammar[]): Asked =>
  askedByAll(
    [...policies, ...(boundary ? [boundary] : [])].flatMap(({ document }) =>
      grammars.map((grammar) => askedBy(document, grammar)),
    ),
  );
