import type { Clause, SourcedPolicy } from '../posture/iam/clauses.ts';
import { overResources } from '../posture/organization-policies/standing.ts';
import type { Link, LinkName, LinkVerdict } from './link.ts';
import { byAllow, byDeny, byNothing, type Question, type Said, said } from './question.ts';

/** What the resource's own policies, its grants and the RCPs over its account say, in the order of the chain. */
export const resourceLinks = (question: Question): readonly Link[] => [
  ...question.resource.policies.flatMap((policy) => policyLink(policy, question)),
  ...withoutPolicy(question),
  ...grantLink(question),
  rcpLink(question),
];

type PolicyKind = 'resource_policy' | 'key_policy' | 'ram';

function policyLink(policy: SourcedPolicy, question: Question): readonly Link[] {
  const link = policy.kind as PolicyKind;
  const isOf = ({ source }: Clause): boolean => source.kind === policy.kind && source.id === policy.id;
  const denied = said(question.weighed.denied.clauses.filter(isOf), question);
  const allowed = said(question.letIn.filter(isOf), question);
  if (denied.how === 'surely') return [byDeny(question, link, denied)];
  const others = said(
    question.letIn.filter((clause) => !isOf(clause)),
    question,
  );
  if (allowed.how === 'not') {
    const silent = silentLink(link, others, question);
    if (silent.verdict === 'denied' || denied.how === 'not') return link === 'ram' ? [] : [silent];
  }
  if (denied.how === 'perhaps') return [byDeny(question, link, denied)];
  if (allowed.how === 'not') return [];
  if (allowed.how === 'perhaps' && isLetInAnyway(question))
    return [byNothing(question, link, 'allowed', 'not needed: something else surely lets it in')];
  return [byAllow(question, link, allowed, 'lets it in')];
}

const isLetInAnyway = ({ ways, bit }: Question): boolean =>
  ways.some(({ after }) => (after.sure & bit) !== 0n);

/** Of a policy that says nothing of the principal. */
function silentLink(link: LinkName, others: Said, question: Question): Link {
  const { isOwn, resource } = question;
  if (others.how !== 'not')
    return byNothing(question, link, 'allowed', 'says nothing of it; another policy or a grant does');
  if (isOwn && resource.needsNoPolicy)
    return byNothing(question, link, 'allowed', 'says nothing of it; in the own account IAM is enough');
  return {
    ...byNothing(question, link, 'denied', 'no statement lets it in'),
    ...question.names.of({ kind: link as PolicyKind, id: '' }, question),
  };
}

function withoutPolicy(question: Question): readonly Link[] {
  if (question.resource.policies.length > 0) return [];
  return question.isOwn
    ? [byNothing(question, 'resource_policy', 'allowed', 'it has none; in the own account IAM is enough')]
    : [byNothing(question, 'resource_policy', 'denied', 'it has none, so other accounts are not let in')];
}

function grantLink(question: Question): readonly Link[] {
  const given = said(
    question.letIn.filter(({ source }) => source.kind === 'grant'),
    question,
  );
  if (given.how === 'not') return [];
  if (given.how === 'perhaps' && isLetInAnyway(question)) return [];
  return [byAllow(question, 'grant', given, 'gives it')];
}

function rcpLink(question: Question): Link {
  const { asker, resource, weighed } = question;
  const { policies, ownAccountId } = resource.context.viewpoint;
  const nothing = (verdict: LinkVerdict, why: string) => byNothing(question, 'rcp', verdict, why);
  if (!resource.underResourceControl) return nothing('allowed', 'RCPs do not cover it');
  if (asker.own.isServiceLinked) return nothing('allowed', 'RCPs do not bind service-linked roles');
  if (policies === undefined) return nothing('not_known', 'resource control policies were not read');
  const denied = said(weighed.bounds.deniedOfResource.clauses, question);
  if (denied.how !== 'not') return byDeny(question, 'rcp', denied);
  const standing = overResources(policies, ownAccountId);
  if (standing.state === 'bound') return nothing('allowed', 'none denies it');
  if (standing.state === 'not_read') return nothing('not_known', standing.problem);
  if (ownAccountId === policies.managementAccountId)
    return nothing('allowed', 'RCPs do not bind resources of the management account');
  if (policies.memberAccountIds?.has(ownAccountId))
    return nothing('allowed', 'the organization has not enabled RCPs');
  return nothing('not_known', `account ${ownAccountId} is not of the organization: its RCPs are not read`);
}
