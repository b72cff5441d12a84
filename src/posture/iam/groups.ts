import type { ServiceGrammar } from '../policy/grammar.ts';
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

/** The identities of one account, in groups: worked out once for all resources whose policies ask for the same. */
export class Groups {
  readonly #iam: AccountIam;
  readonly #grammars: readonly ServiceGrammar[];
  readonly #byAsked = new Map<string, readonly Group[]>();
  #bySet: readonly Group[] | null = null;

  /** @param grammars of the services whose actions count */
  constructor(iam: AccountIam, grammars: readonly ServiceGrammar[]) {
    this.#iam = iam;
    this.#grammars = grammars;
  }

  /** @param asked by policies that are not the identities' own */
  of(asked: Asked): readonly Group[] {
    const name = JSON.stringify({ ...asked, arns: [...asked.arns], resources: [...asked.resources] });
    const cached = this.#byAsked.get(name);
    if (cached !== undefined) return cached;
    const groups = this.sets().flatMap((group) => apart(group, askedByAll([asked, group.asked])));
    if (this.#byAsked.size >= limit) this.#byAsked.delete(this.#byAsked.keys().next().value ?? '');
    this.#byAsked.set(name, groups);
    return groups;
  }

  /** Those whose own policies say the same. */
  sets(): readonly Group[] {
    if (this.#bySet !== null) return this.#bySet;
    const byName = new Map<string, [Identity, ...Identity[]]>();
    const names = new Map<PolicySet, string>();
    for (const identity of this.#iam.identities) {
      const { policySet, isServiceLinked: isFree } = identity;
      const ofSet = names.get(policySet) ?? nameOf(policySet, this.#grammars);
      names.set(policySet, ofSet);
      const name = `${isFree} ${ofSet}`;
      const group = byName.get(name);
      if (group) group.push(identity);
      else byName.set(name, [identity]);
    }
    this.#bySet = [...byName].map(([name, identities]) => {
      const { policySet, isServiceLinked } = identities[0];
      return { name, policySet, isServiceLinked, asked: askedBySet(policySet, this.#grammars), identities };
    });
    return this.#bySet;
  }
}

/**
 * A group in parts that fare alike with whatever asks so.
 * @param tells what else tells them apart; the same text for those that it does not
 */
export function apart(
  group: Group,
  asked: Asked,
  tells: (identity: Identity) => string = () => '',
): readonly Group[] {
  const byAnswer = new Map<string, [Identity, ...Identity[]]>();
  for (const identity of group.identities) {
    const answer = `${answerOfPrincipal(identity, asked)}${tells(identity)}`;
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

/** The policies that say anything of the services; a boundary that says nothing of them bounds all the same. */
function nameOf({ policies, boundary }: PolicySet, grammars: readonly ServiceGrammar[]): string {
  const says = (policy: IdentityPolicy): boolean => saysSomething(policy, grammars);
  return JSON.stringify([
    policies.filter(says).map(policyName),
    boundary === null ? null : says(boundary) ? policyName(boundary) : 'silent',
  ]);
}

const saysSomething = ({ document }: IdentityPolicy, grammars: readonly ServiceGrammar[]): boolean =>
  document.unread.length > 0 ||
  document.statements.some((statement) => grammars.some((grammar) => isAbout(statement, grammar)));

const policyName = ({ arn, name, document }: IdentityPolicy): string => `${arn ?? name} ${document.sha256}`;

const askedBySet = ({ policies, boundary }: PolicySet, grammars: readonly ServiceGrammar[]): Asked =>
  askedByAll(
    [...policies, ...(boundary ? [boundary] : [])].flatMap(({ document }) =>
      grammars.map((grammar) => askedBy(document, grammar)),
    ),
  );
