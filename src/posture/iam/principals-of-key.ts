import type { KeyAccess } from '../access/key-access.ts';
import { accountsOf, isOutsideAccount, trustOf } from '../access/trust.ts';
import { overPrincipals, overResources, type Standing } from '../organization-policies/standing.ts';
import { answerOfKey } from './alike.ts';
import { type Asked, askedBy, askedByAll } from './asked.ts';
import { type JudgedPrincipal, judgedIdentity, rootUser } from './caller-requests.ts';
import { isGrantee } from './grant-side.ts';
import { type Group, Groups } from './groups.ts';
import type { AccountIam, Identity } from './identities.ts';
import type { ResourcePolicies } from './resource-policies.ts';
import { type Verdict, verdictFor } from './verdict.ts';
import type { PrincipalPolicies } from './weigh.ts';

/** Principals of one account that can do the same with a key, by the same policies. */
export interface PrincipalsAlike {
  readonly accountId: string;
  readonly verdict: Verdict;
  /** `root`: the account's root user. */
  readonly principals: readonly Identity[] | 'root';
}

/**
 * The accounts whose users and roles a key may let in, its own first; null: those of any account, since an organization
 * or everybody is let in.
 */
export function accountsLetIn(
  { findings }: KeyAccess,
  { context }: ResourcePolicies,
): readonly string[] | null {
  const letIn = new Set([context.viewpoint.ownAccountId]);
  for (const admission of findings.flatMap(({ admissions }) => admissions)) {
    if (admission.caller !== 'identity' || !isOutsideAccount(trustOf(admission, context))) continue;
    const accounts = accountsOf(admission);
    if (accounts === null) return null;
    for (const id of accounts) letIn.add(id);
  }
  return [...letIn];
}

/** So many verdicts are remembered. */
const memoryLimit = 65_536;

/** Who can really use which key. One for a whole sync: what is worked out for one key serves all that are alike. */
export class KeyPrincipals {
  readonly #groups = new WeakMap<AccountIam, Groups>();
  readonly #verdicts = new Map<string, Verdict | null>();

  /**
   * Whoever of an account can do anything with a key.
   * @param iam null: it was not read, and nothing is told of its users and roles
   * @param isNamed the key names the account, or is its own: then its root user is judged, too
   */
  of(
    accountId: string,
    iam: AccountIam | null,
    key: ResourcePolicies,
    isNamed = true,
  ): readonly PrincipalsAlike[] {
    const asked = askedOfAll(accountId, key);
    const alike: PrincipalsAlike[] = [];
    const judge = (
      principals: PrincipalsAlike['principals'],
      judged: JudgedPrincipal,
      group: Pick<Group, 'name' | 'asked' | 'policySet' | 'isServiceLinked'> | null,
    ): void => {
      const own: PrincipalPolicies = group ?? { policySet: null, isServiceLinked: false };
      const workOut = () => verdictFor(judged, own, key);
      const verdict = isGrantee(key.grants, accountId, judged.identity)
        ? workOut()
        : this.#remembered(questionOf(accountId, group, group?.asked ?? asked, key), workOut);
      if (verdict !== null && verdict.most !== 0n) alike.push({ accountId, verdict, principals });
    };
    if (isNamed) judge('root', rootUser(accountId, key.context.partition), null);
    for (const group of iam === null ? [] : this.#groupsOf(iam).of(asked)) {
      const { grantees, others } = byGrants(group, key);
      for (const identity of grantees) judge([identity], judgedIdentity(identity), group);
      const [first] = others;
      if (first !== undefined) judge(others, judgedIdentity(first), group);
    }
    return alike;
  }

  #groupsOf(iam: AccountIam): Groups {
    const cached = this.#groups.get(iam);
    if (cached !== undefined) return cached;
    const groups = new Groups(iam);
    this.#groups.set(iam, groups);
    return groups;
  }

  #remembered(question: string, workOut: () => Verdict | null): Verdict | null {
    const cached = this.#verdicts.get(question);
    if (cached !== undefined) return cached;
    const verdict = workOut();
    if (this.#verdicts.size >= memoryLimit) this.#verdicts.delete(this.#verdicts.keys().next().value ?? '');
    this.#verdicts.set(question, verdict);
    return verdict;
  }
}

/** The same for all principals and keys that fare alike. */
function questionOf(
  accountId: string,
  group: Pick<Group, 'name'> | null,
  asked: Asked,
  { context, policies, underResourceControl }: ResourcePolicies,
): string {
  const { arn, tags, region, viewpoint } = context;
  const documents = policies.map(({ document }) => document.sha256);
  const place = [accountId, viewpoint.ownAccountId, region, underResourceControl];
  return JSON.stringify([...place, documents, group?.name ?? 'root', answerOfKey(arn, tags, asked)]);
}

function byGrants(
  { identities }: Group,
  { grants }: ResourcePolicies,
): { readonly grantees: readonly Identity[]; readonly others: readonly Identity[] } {
  if (grants.size === 0) return { grantees: [], others: identities };
  const isOne = (identity: Identity): boolean =>
    isGrantee(grants, identity.accountId, judgedIdentity(identity).identity);
  return { grantees: identities.filter(isOne), others: identities.filter((identity) => !isOne(identity)) };
}

/** What the key's policies and the organization's ask of principals of an account. */
function askedOfAll(accountId: string, { policies: ofKey, context: { viewpoint } }: ResourcePolicies): Asked {
  const { policies, ownAccountId } = viewpoint;
  const standings: readonly Standing[] =
    policies === undefined
      ? []
      : [overPrincipals(policies, accountId), overResources(policies, ownAccountId)];
  const ofOrganization = standings.flatMap((standing) =>
    standing.state === 'bound' ? [...standing.levels.flat(), ...standing.unplaced] : [],
  );
  return askedByAll([...ofKey, ...new Set(ofOrganization)].map(({ document }) => askedBy(document)));
}
