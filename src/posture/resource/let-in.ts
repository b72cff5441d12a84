import { valueOrNull } from '../../aws/fact.ts';
import { type Admission, type ResourceContext, withDoubt } from '../access/admission.ts';
import { intersectAdmissions } from '../access/intersection.ts';
import { mayLetInListed } from '../access/not-principal.ts';
import { findingsOfPolicy } from '../access/statements.ts';
import { actionsOf } from '../policy/action.ts';
import type { PolicyDocument } from '../policy/document.ts';
import { letInByList } from './let-in-by-list.ts';
import type { LetInByEntry } from './let-in-by-organization.ts';
import { listsBeside } from './lists-beside.ts';
import { policiesInForce } from './policies-in-force.ts';
import type { OnlyTo, ResourceFacts } from './resource-facts.ts';
import type { ResourceOperation, ResourceRules } from './rules.ts';

/** Whom a resource lets in, to whatever it may be. */
export interface LetIn {
  /** By policies, to what these allow. */
  readonly admissions: readonly Admission[];
  /** By a list of accounts, AWS RAM or replicas, to the operations that are shared so. */
  readonly listed: readonly Admission[];
  /** Before Deny: whom its policy or a list names. */
  readonly named: readonly Admission[];
  /** Why others than these may be let in, as a phrase; null: nobody else is. */
  readonly others: string | null;
}

type Rules = Pick<ResourceRules, 'withoutPolicy' | 'within'>;

export function letIn(facts: ResourceFacts, rules: Rules, context: ResourceContext): LetIn {
  const told = byItself(facts, rules, context);
  const itself = { ...told, others: told.others ?? facts.othersLetIn ?? null };
  const beside = listsBeside(facts, context);
  const listed = beside.flatMap(({ admissions }) => admissions);
  return {
    ...itself,
    listed: [...itself.listed, ...listed],
    named: [...itself.named, ...listed],
    others: itself.others ?? beside.find(({ others }) => others !== null)?.others ?? null,
  };
}

const listOf = ({ admissions, others }: LetInByEntry): LetIn => ({
  admissions: [],
  listed: admissions,
  named: admissions,
  others,
});

function byItself(facts: ResourceFacts, { withoutPolicy, within }: Rules, context: ResourceContext): LetIn {
  const sharing = valueOrNull(facts.sharing);
  if (sharing === null) return nobodyBut('its policy was not read');
  if (sharing.by === 'nothing') return nobodyBut(null);
  if (sharing.by === 'accounts') return listOf(letInByList(sharing, facts, context));
  const policy = policiesInForce(facts, context.grammar);
  const told = policy === null ? nobodyBut(withoutPolicy ?? null) : byPolicy(policy, context);
  const itself = sharing.onlyTo === undefined ? told : narrowed(told, sharing.onlyTo, facts, context);
  const notRead =
    facts.within?.state === 'unread' ? `the policy of ${within ?? 'what it is in'} was not read` : null;
  const missing =
    facts.parts?.state === 'unread'
      ? 'which parts with policies of their own it has (streams, aliases) was not read'
      : null;
  return { ...itself, others: itself.others ?? notRead ?? missing };
}

const nobodyBut = (others: string | null): LetIn => ({
  admissions: [],
  listed: [],
  named: [],
  others,
});

function byPolicy(policy: PolicyDocument, context: ResourceContext): LetIn {
  const findings = findingsOfPolicy(policy, 'resource_policy', context);
  // A Deny that is not understood lets nobody in.
  const understood = policy.unread.every(({ effect }) => effect === 'Deny');
  return {
    admissions: findings.flatMap((finding) => finding.admissions),
    listed: [],
    named: findings.flatMap((finding) => finding.named),
    others: !understood
      ? 'its policy was in part not understood'
      : mayLetInListed(findings, context)
        ? 'AWS does not say whom its NotPrincipal leaves out'
        : null,
  };
}

/** Whom a policy lets in, as far as they are among some. */
function narrowed(
  told: LetIn,
  { principals }: OnlyTo,
  facts: ResourceFacts,
  context: ResourceContext,
): LetIn {
  const list = { by: 'accounts', accountIds: principals, everybody: false } as const;
  const some = letInByList(list, facts, context);
  const among = (admissions: readonly Admission[]) =>
    admissions.flatMap((admission) =>
      some.admissions.flatMap((one) => {
        const { common } = intersectAdmissions(admission, one, context.viewpoint);
        return common === null ? [] : [common];
      }),
    );
  return {
    ...told,
    admissions: among(told.admissions),
    named: among(told.named),
    others: told.others ?? some.others,
  };
}

/** Combinations that are followed at most: beyond, whether one principal has all it needs stays open. */
const combinationLimit = 512;

/** Whom the resource lets in to an operation: one principal with an action of each of its groups. */
export function letInTo(
  { actions }: ResourceOperation,
  { admissions, listed }: LetIn,
  { grammar, viewpoint }: ResourceContext,
): readonly Admission[] {
  if (actions === null) return listed;
  const catalog = actionsOf(grammar);
  // The lists are those of the service's rules: the catalog remembers what each of them names.
  const [first = 0n, ...more] = actions.map((group) => catalog.matching(group, false));
  let together = admissions.filter((admission) => (admission.actions & first) !== 0n);
  for (const group of more) {
    const others = admissions.filter((admission) => (admission.actions & group) !== 0n);
    const next = together.flatMap((admission) =>
      (admission.actions & group) !== 0n
        ? [admission]
        : others.flatMap((other) => {
            const { common } = intersectAdmissions(admission, other, viewpoint);
            return common === null ? [] : [{ ...common, actions: admission.actions | other.actions }];
          }),
    );
    if (next.length > combinationLimit)
      return together.map((admission) =>
        withDoubt(admission, 'too many statements to tell whether one principal has all'),
      );
    together = next;
  }
  return together;
}
