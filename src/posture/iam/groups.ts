import { answerOfPrincipal } from './alike.ts';
import { type Asked, askedBy, askedByAll, isOfKeys } from './asked.ts';
import type { AccountIam, Identity, IdentityPolicy, PolicySet } from './identities.ts';

/** Identities of one account that fare alike with every key whose policies ask for the same. */
export interface Group {
  /** Different for groups that may fare differently. */
  readonly name: string;
  readonly policySet: PolicySet;
  readonly isServiceLinked: boolean;
  /** By its own policies, and by those that it was made for. */
  readonly asked: Asked;
  readonly identities: readonly [Identity, ...Identity[]];
}

/** So many lists of groups are kept: most keys ask for the same. */
const limit = 64;

/** The identities of one account, in groups: worked out once for all keys whose policies ask for the same. */
export class Groups {
  readonly #iam: AccountIam;
  readonly #byAsked = new Map<string, readonly Group[]>();
  #bySet: readonly Group[] | null = null;

  constructor(iam: AccountIam) {
    this.#iam = iam;
  }

  /** @param asked by policies that are not the identities' own */
  of(asked: Asked): readonly Group[] {
    const name = JSON.stringify({ ...asked, arns: [...asked.arns], resources: [...asked.resources] });
    const cached = this.#byAsked.get(name);
    if (cached !== undefined) return cached;
    const groups = this.#sets().flatMap((group) => apart(group, askedByAll([asked, group.asked])));
    if (this.#byAsked.size >= limit) this.#byAsked.delete(this.#byAsked.keys().next().value ?? '');
    this.#byAsked.set(name, groups);
    return groups;
  }

  /** Those whose own policies say the same of keys. */
  #sets(): readonly Group[] {
    if (this.#bySet !== null) return this.#bySet;
    const byName = new Map<string, [Identity, ...Identity[]]>();
    for (const identity of this.#iam.identities) {
      const name = `${identity.isServiceLinked} ${nameOf(identity.policySet)}`;
      const group = byName.get(name);
      if (group) group.push(identity);
      else byName.set(name, [identity]);
    }
    this.#bySet = [...byName].map(([name, identities]) => {
      const { policySet, isServiceLinked } = identities[0];
      return { name, policySet, isServiceLinked, asked: askedBySet(policySet), identities };
    });
    return this.#bySet;
  }
}

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

const names = new WeakMap<PolicySet, string>();

/** The policies that say anything of keys; a boundary that says nothing of them bounds all the same. */
function nameOf(set: PolicySet): string {
  const cached = names.get(set);
  if (cached !== undefined) return cached;
  const name = JSON.stringify([
    set.policies.filter(saysSomething).map(policyName),
    set.boundary === null ? null : saysSomething(set.boundary) ? policyName(set.boundary) : 'silent',
  ]);
  names.set(set, name);
  return name;
}

const saysSomething = ({ document }: IdentityPolicy): boolean =>
  document.unread.length > 0 || document.statements.some(isOfKeys);

const policyName = ({ arn, name, document }: IdentityPolicy): string => `${arn ?? name} ${document.sha256}`;

const askedBySet = ({ policies, boundary }: PolicySet): Asked =>
  askedByAll([...policies, ...(boundary ? [boundary] : [])].map(({ document }) => askedBy(document)));
