import type { ServiceGrammar } from '../policy/grammar.ts';
import type { AccountIam, Identity } from './account-iam.ts';
import { alikeBy, answerOfPrincipal, type Identities } from './alike.ts';
import { type Asked, askedByAll, askedBySet, isAbout } from './asked.ts';
import { once } from './once.ts';
import type { IdentityPolicy, PolicySet } from './shared-policies.ts';

/**
 * Identities of one account of which every policy but a key's own says the same, for keys that their policies do not
 * tell apart.
 */
export interface IdentityGroup {
  /** Different for each group. */
  readonly id: number;
  /** What their own and the organization's policies ask. */
  readonly asked: Asked;
  readonly identities: readonly Identity[];
}

/** The identities of one account in groups, found by the keys that their policies name. */
export class IdentityIndex {
  /** Their policies say something of keys whose ARNs they do not write out. */
  readonly broad: readonly IdentityGroup[];
  /** Whose policies write ARNs of keys out, or say nothing of keys: as they stand to all other keys. */
  readonly silent: readonly IdentityGroup[];
  readonly #byKey = new Map<string, IdentityGroup[]>();
  readonly #iam: AccountIam;

  /** @param asked by the organization's policies */
  constructor(iam: AccountIam, grammar: ServiceGrammar, asked: Asked) {
    const { identities } = iam;
    this.#iam = iam;
    const nameOf = once((set: PolicySet) => policiesOf(set, grammar));
    const askedOf = once((set: PolicySet) => askedByAll([askedBySet(set, [grammar]), asked]));
    const bySet = groupsOf(
      identities,
      ({ policySet }) => nameOf(policySet),
      ({ policySet }) => askedOf(policySet),
    );
    this.broad = bySet.filter(({ identities: [first] }) => isBroad(first.policySet, grammar));
    const narrow = bySet.filter((group) => !this.broad.includes(group));
    for (const group of narrow) {
      // Of what they ask nothing is needed any more.
      const found = { ...group, asked };
      for (const arn of group.asked.resources) {
        const list = this.#byKey.get(arn);
        if (list) list.push(found);
        else this.#byKey.set(arn, [found]);
      }
    }
    const rest = narrow.flatMap((group) => group.identities);
    this.silent = groupsOf(
      rest,
      ({ policySet }) => (policySet.boundary ? 'bound' : ''),
      () => asked,
    );
  }

  /** Whose policies write the key's ARN out. */
  naming(keyArn: string): readonly IdentityGroup[] {
    return this.#byKey.get(keyArn) ?? [];
  }

  /** By an ARN, a unique id, or the account and name of a role: `111122223333/analytics`. */
  identity(name: string): Identity | undefined {
    return (name.startsWith('arn:') ? byArn : byOtherName)(this.#iam).get(name);
  }
}

let made = 0;

/** The same for all services. */
const byArn = once(
  ({ identities }: AccountIam) => new Map(identities.map((identity) => [identity.arn, identity])),
);

/** Asked for where grants or sessions are named: most accounts never need it. A user may have the name of a role. */
const byOtherName = once(
  ({ accountId, identities }: AccountIam) =>
    new Map(
      identities.flatMap((identity) => {
        const names =
          identity.type === 'role' ? [identity.id, `${accountId}/${identity.name}`] : [identity.id];
        return names.map((name) => [name, identity] as const);
      }),
    ),
);

/** @param nameOf different for identities whose policies say different things */
function groupsOf(
  identities: readonly Identity[],
  nameOf: (identity: Identity) => string,
  askedOf: (identity: Identity) => Asked,
): readonly (IdentityGroup & { readonly identities: Identities })[] {
  const alike = alikeBy(identities, (identity) => {
    const answer = answerOfPrincipal(identity, askedOf(identity));
    return `${identity.isServiceLinked} ${answer} ${nameOf(identity)}`;
  });
  return [...alike.values()].map((same) => ({ id: made++, asked: askedOf(same[0]), identities: same }));
}

/** Whether its policies say something of keys that they do not name by their whole ARNs. */
function isBroad({ policies, boundary }: PolicySet, grammar: ServiceGrammar): boolean {
  return [...policies, ...(boundary ? [boundary] : [])].some(
    ({ document }) =>
      document.unread.length > 0 ||
      document.statements.some(
        (statement) =>
          isAbout(statement, grammar) &&
          (statement.notResource ||
            statement.resources === null ||
            statement.resources.some((text) => /[*?$]/.test(text))),
      ),
  );
}

/** The policies that say anything of the service; a boundary that says nothing of it bounds all the same. */
function policiesOf({ policies, boundary }: PolicySet, grammar: ServiceGrammar): string {
  const says = ({ document }: IdentityPolicy): boolean =>
    document.unread.length > 0 || document.statements.some((statement) => isAbout(statement, grammar));
  const bound = boundary && (says(boundary) ? policyName(boundary) : 'silent');
  return JSON.stringify([policies.filter(says).map(policyName), bound]);
}

const policyName = ({ arn, name, document }: IdentityPolicy): string => `${arn ?? name} ${document.sha256}`;
