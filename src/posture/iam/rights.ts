import type { ResourceContext } from '../access/admission.ts';
import type { KeyAccess } from '../access/key-access.ts';
import { accountsOf, isOutsideAccount, trustOf } from '../access/trust.ts';
import { overPrincipals, overResources, policiesOf } from '../organization-policies/standing.ts';
import { mayAllowAnything } from '../policy/document.ts';
import type { ServiceGrammar } from '../policy/grammar.ts';
import type { AccountIam, Identity } from './account-iam.ts';
import { alikeBy, answerOfKey, answerOfPrincipal } from './alike.ts';
import { type Asked, askedBy, askedByAll, asksOfPrincipals } from './asked.ts';
import { judgedIdentity, rootUser } from './caller-requests.ts';
import { granteesOf } from './grant-side.ts';
import { type IdentityGroup, IdentityIndex } from './identity-index.ts';
import type { ResourcePolicies } from './resource-policies.ts';
import { type Verdict, verdictFor } from './verdict.ts';

/** Principals of one account that can do the same with a resource, by the same policies. */
export interface PrincipalsAlike {
  readonly accountId: string;
  readonly verdict: Verdict;
  /** `root`: the account's root user. */
  readonly principals: readonly Identity[] | 'root';
}

/**
 * The accounts whose users and roles a key may let in, its own first; null: those of any account, since an organization
 * or everybody is let in, or since nobody understands whom a statement lets in.
 */
export function accountsLetIn(
  { findings }: KeyAccess,
  { context, policies }: ResourcePolicies,
): readonly string[] | null {
  if (policies.some(({ document }) => mayAllowAnything(document))) return null;
  const letIn = new Set([context.viewpoint.ownAccountId]);
  for (const admission of findings.flatMap(({ admissions, perhaps }) => [...admissions, ...perhaps])) {
    if (admission.caller !== 'identity' || !isOutsideAccount(trustOf(admission, context))) continue;
    const accounts = accountsOf(admission);
    if (accounts === null) return null;
    for (const id of accounts) letIn.add(id);
  }
  return [...letIn];
}

/** So many verdicts are remembered. */
const memoryLimit = 16_384;

/** Who can really use which key, or become which role. One for a whole sync: what is worked out for one serves all alike. */
export class Rights {
  readonly #indexes = new Map<ServiceGrammar, WeakMap<AccountIam, IdentityIndex>>();
  readonly #verdicts = new Map<string, Verdict | null>();

  /**
   * Whoever of an account can do anything with a resource.
   * @param iam null: it was not read, and nothing is told of its users and roles
   * @param isNamed the key names the account, or is its own: then its root user is judged, too
   */
  of(
    accountId: string,
    iam: AccountIam | null,
    resource: ResourcePolicies,
    isNamed = true,
  ): readonly PrincipalsAlike[] {
    const root = isNamed ? this.#ofRoot(accountId, resource) : [];
    return iam === null ? root : [...root, ...this.#ofIdentities(iam, resource)];
  }

  #ofRoot(accountId: string, resource: ResourcePolicies): readonly PrincipalsAlike[] {
    const root = rootUser(accountId, resource.context.partition);
    const verdict = verdictFor(root, { policySet: null, isServiceLinked: false }, resource);
    return canDoAnything(verdict) ? [{ accountId, verdict, principals: 'root' }] : [];
  }

  #ofIdentities(iam: AccountIam, resource: ResourcePolicies): readonly PrincipalsAlike[] {
    const { accountId } = iam;
    const { arn, tags, grammar } = resource.context;
    const index = this.#indexOf(iam, resource);
    const asked = askedByAll(resource.policies.map(({ document }) => askedBy(document, grammar)));
    const question = questionOf(resource, asked, accountId);
    const alike: PrincipalsAlike[] = [];
    const add = (verdict: Verdict | null, principals: () => readonly Identity[]): void => {
      if (canDoAnything(verdict)) alike.push({ accountId, verdict, principals: principals() });
    };
    const judge = (identity: Identity) => verdictFor(judgedIdentity(identity), identity, resource);
    const judgeGroup = (
      group: IdentityGroup,
      judgedElsewhere: ReadonlySet<Identity>,
      verdictOf: (identity: Identity, answer: string) => Verdict | null,
    ): void => {
      for (const [answer, some] of apart(group, asked)) {
        const first = some.find((identity) => !judgedElsewhere.has(identity));
        if (first !== undefined) add(verdictOf(first, answer), () => without(some, judgedElsewhere));
      }
    };
    const remembered = (group: IdentityGroup) => (identity: Identity, answer: string) => {
      if (question === null) return judge(identity);
      const name = `${group.id} ${answer} ${answerOfKey(arn, tags, group.asked)} ${question}`;
      return this.#remembered(name, () => judge(identity));
    };
    const named = namedBy(resource, asked, index);
    for (const identity of named) add(judge(identity), () => [identity]);
    for (const group of index.broad) judgeGroup(group, named, remembered(group));
    const naming = index.naming(arn);
    // Few other resources have the same policies and are named by the same groups: that is not worth remembering.
    for (const group of naming) judgeGroup(group, named, judge);
    const touched = new Set([...named, ...naming.flatMap(({ identities }) => identities)]);
    for (const group of index.silent) judgeGroup(group, touched, remembered(group));
    return alike;
  }

  #indexOf(iam: AccountIam, { context }: ResourcePolicies): IdentityIndex {
    const { grammar } = context;
    const ofGrammar = this.#indexes.get(grammar) ?? new WeakMap<AccountIam, IdentityIndex>();
    this.#indexes.set(grammar, ofGrammar);
    const cached = ofGrammar.get(iam);
    if (cached !== undefined) return cached;
    const index = new IdentityIndex(iam, grammar, askedByOrganization(iam.accountId, context));
    ofGrammar.set(iam, index);
    return index;
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

const canDoAnything = (verdict: Verdict | null): verdict is Verdict =>
  verdict !== null && verdict.most !== 0n;

/** The same list where it has none of the others: what is worked out of a list is kept by it. */
const without = (identities: readonly Identity[], others: ReadonlySet<Identity>): readonly Identity[] =>
  others.size === 0 || !identities.some((identity) => others.has(identity))
    ? identities
    : identities.filter((identity) => !others.has(identity));

/** Whom the key's policies and grants name, each judged by itself. */
function namedBy(resource: ResourcePolicies, asked: Asked, index: IdentityIndex): ReadonlySet<Identity> {
  const names = [...asked.arns, ...granteesOf(resource.grants)];
  return new Set(names.flatMap((name) => index.identity(name) ?? []));
}

/** What a key's side of a question is; null: its grants are for the account as a whole, and nothing is remembered. */
function questionOf(
  { context, policies, unread, grants, underResourceControl }: ResourcePolicies,
  asked: Asked,
  accountId: string,
): string | null {
  if (grants.has(`account ${accountId}`)) return null;
  const { arn, tags, region, viewpoint } = context;
  const documents = policies.map(({ document }) => document.sha256).join(' ');
  const answer = answerOfKey(arn, tags, asked);
  const missing = unread.map(({ id }) => id).join();
  return `${viewpoint.ownAccountId} ${region} ${underResourceControl} ${documents} ${missing} ${answer}`;
}

/** Of a group, those who answer the same to what the key's policies ask. */
function apart(
  { identities }: IdentityGroup,
  asked: Asked,
): Iterable<readonly [string, readonly Identity[]]> {
  if (!asksOfPrincipals(asked)) return [['', identities]];
  return alikeBy(identities, (identity) => answerOfPrincipal(identity, asked));
}

/** By the service control policies of an account, and by all resource control policies. */
function askedByOrganization(accountId: string, { grammar, viewpoint }: ResourceContext): Asked {
  const { policies } = viewpoint;
  if (policies === undefined) return askedByAll([]);
  const { resourceControl } = policies;
  // Also where it is not known who the members are.
  const owners = resourceControl.state === 'read' ? [...resourceControl.levels.keys()] : [];
  const standings = [overPrincipals(policies, accountId), ...owners.map((id) => overResources(policies, id))];
  return askedByAll([...policiesOf(standings)].map(({ document }) => askedBy(document, grammar)));
}
