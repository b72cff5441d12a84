import type { AccountIam, Identity } from './account-iam.ts';
import { answerOfPrincipal } from './alike.ts';
import { type Asked, askedBy, askedByAll, isOfKeys } from './asked.ts';
import type { IdentityPolicy, PolicySet } from './shared-policies.ts';

/**
 * Identities of one account of which every policy but a key's own says the same, for keys that their policies do not
 * tell apart.
 */
export interface KeyGroup {
  /** Different for each group. */
  readonly id: number;
  /** What their own and the organization's policies ask. */
  readonly asked: Asked;
  readonly identities: readonly Identity[];
}

/** The identities of one account in groups, found by the keys that their policies name. */
export class KeyGroups {
  /** Their policies say something of keys whose ARNs they do not write out. */
  readonly broad: readonly KeyGroup[];
  /** Whose policies write ARNs of keys out, or say nothing of keys: as they stand to all other keys. */
  readonly silent: readonly KeyGroup[];
  readonly #byKey = new Map<string, KeyGroup[]>();
  readonly #byName = new Map<string, Identity>();

  /** @param asked by the organization's policies */
  constructor({ accountId, identities }: AccountIam, asked: Asked) {
    const ofSet = ({ policySet }: Identity): Asked => askedByAll([askedBySet(policySet), asked]);
    const bySet = groupsOf(identities, ({ policySet }) => policiesOf(policySet), ofSet);
    this.broad = bySet.filter(({ identities: [first] }) => isBroad(first.policySet));
    const narrow = bySet.filter((group) => !this.broad.includes(group));
    for (const group of narrow) {
      for (const arn of group.asked.resources) {
        const list = this.#byKey.get(arn);
        if (list) list.push(group);
        else this.#byKey.set(arn, [group]);
      }
    }
    const rest = narrow.flatMap((group) => group.identities);
    this.silent = groupsOf(
      rest,
      ({ policySet }) => (policySet.boundary ? 'bound' : ''),
      () => asked,
    );
    for (const identity of identities) {
      const { arn, id, name } = identity;
      for (const known of [arn, id, `${accountId}/${name}`]) this.#byName.set(known, identity);
    }
  }

  /** Whose policies write the key's ARN out. */
  naming(keyArn: string): readonly KeyGroup[] {
    return this.#byKey.get(keyArn) ?? [];
  }

  /** By an ARN, a unique id, or the account and name of a role: `111122223333/analytics`. */
  identity(name: string): Identity | undefined {
    return this.#byName.get(name);
  }
}

type Identities = readonly [Identity, ...Identity[]];

let made = 0;

/** @param nameOf different for identities whose policies say different things */
function groupsOf(
  identities: readonly Identity[],
  nameOf: (identity: Identity) => string,
  askedOf: (identity: Identity) => Asked,
): readonly (KeyGroup & { readonly identities: Identities })[] {
  const byName = new Map<string, [Identity, ...Identity[]]>();
  for (const identity of identities) {
    const answer = answerOfPrincipal(identity, askedOf(identity));
    const name = `${identity.isServiceLinked} ${answer} ${nameOf(identity)}`;
    const same = byName.get(name);
    if (same) same.push(identity);
    else byName.set(name, [identity]);
  }
  return [...byName.values()].map((same) => ({ id: made++, asked: askedOf(same[0]), identities: same }));
}

/** Whether its policies say something of keys that they do not name by their whole ARNs. */
function isBroad({ policies, boundary }: PolicySet): boolean {
  return [...policies, ...(boundary ? [boundary] : [])].some(
    ({ document }) =>
      document.unread.length > 0 ||
      document.statements.some(
        (statement) =>
          isOfKeys(statement) &&
          (statement.notResource ||
            statement.resources === null ||
            statement.resources.some((text) => /[*?$]/.test(text))),
      ),
  );
}

const names = new WeakMap<PolicySet, string>();

/** The policies that say anything of keys; a boundary that says nothing of them bounds all the same. */
function policiesOf(set: PolicySet): string {
  const cached = names.get(set);
  if (cached !== undefined) return cached;
  const boundary = set.boundary && (saysSomething(set.boundary) ? policyName(set.boundary) : 'silent');
  const name = JSON.stringify([set.policies.filter(saysSomething).map(policyName), boundary]);
  names.set(set, name);
  return name;
}

const saysSomething = ({ document }: IdentityPolicy): boolean =>
  document.unread.length > 0 || document.statements.some(isOfKeys);

const policyName = ({ arn, name, document }: IdentityPolicy): string => `${arn ?? name} ${document.sha256}`;

const asked = new WeakMap<PolicySet, Asked>();

function askedBySet(set: PolicySet): Asked {
  const cached = asked.get(set);
  if (cached !== undefined) return cached;
  const { policies, boundary } = set;
  const all = askedByAll(
    [...policies, ...(boundary ? [boundary] : [])].map(({ document }) => askedBy(document)),
  );
  asked.set(set, all);
  return all;
}
