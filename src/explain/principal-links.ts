import { doubtOf } from '../posture/iam/ways.ts';
import { overPrincipals, type Standing } from '../posture/organization-policies/standing.ts';
import type { Link, LinkVerdict } from './link.ts';
import { membershipNotKnown } from './membership.ts';
import { byAllow, byDeny, byNothing, deniedBy, type Question, said } from './question.ts';

/** What the principal's own policies and those over its account say, in the order of the chain. */
export const principalLinks = (question: Question): readonly Link[] => [
  iamLink(question),
  ...boundaryLink(question),
  scpLink(question),
];

function iamLink(question: Question): Link {
  const { asker, weighed, ways, isOwn, bit } = question;
  const nothing = (verdict: LinkVerdict, why: string) => byNothing(question, 'iam', verdict, why);
  if (weighed.own.isRoot) return nothing('allowed', 'the root user needs no policy');
  if (asker.missing !== null) return nothing('denied', asker.missing);
  const denied = deniedBy(question, 'identity');
  const allowed = said(weighed.own.allowed.clauses, question);
  const [way] = ways;
  const isNeeded = way === undefined ? !isCappedOnly(question) : way.by.includes('iam');
  if (denied.how === 'surely') return byDeny(question, 'iam', denied);
  // Where nothing allows it, that is what decides.
  if (allowed.how === 'not' && isNeeded) return nothing('denied', 'no policy of its own allows it');
  if (denied.how === 'perhaps') return byDeny(question, 'iam', denied);
  if (allowed.how === 'surely' || (allowed.how === 'perhaps' && isNeeded))
    return byAllow(question, 'iam', allowed);
  const [doubt] = isOwn || way === undefined ? [] : doubtOf(way, bit);
  return doubt === undefined
    ? nothing('allowed', 'not needed: what lets it in names the principal itself')
    : nothing('not_known', `${doubt}, and AWS does not say whether one must`);
}

/** Something lets the principal itself in, and only its boundary takes that away. */
const isCappedOnly = ({ weighed, bit }: Question): boolean =>
  weighed.ways.some(({ by, before }) => !by.includes('iam') && (before.most & bit) !== 0n);

function boundaryLink(question: Question): readonly Link[] {
  const { asker, weighed, ways, bit } = question;
  const { boundary, isRoot } = weighed.own;
  if (isRoot || asker.missing !== null) return [];
  const policy = asker.own.policySet?.boundary;
  const nothing = (verdict: LinkVerdict, why: string) => [
    { ...byNothing(question, 'boundary', verdict, why), policy: policy?.arn ?? policy?.name ?? null },
  ];
  if (boundary === null) return nothing('allowed', 'it has no permissions boundary');
  const denied = deniedBy(question, 'boundary');
  const allowed = said(boundary.clauses, question);
  const [way] = ways;
  if (denied.how === 'surely') return [byDeny(question, 'boundary', denied)];
  if (allowed.how === 'not' && way === undefined) return nothing('denied', 'the boundary does not allow it');
  if (denied.how === 'perhaps') return [byDeny(question, 'boundary', denied)];
  if (allowed.how === 'surely') return [byAllow(question, 'boundary', allowed)];
  const isCapped = way === undefined || (way.before.sure & ~way.after.sure & bit) !== 0n;
  if (allowed.how === 'perhaps' && isCapped) return [byAllow(question, 'boundary', allowed)];
  if (isCapped) return nothing('not_known', 'it is silent, and AWS does not say whether that counts here');
  return nothing('allowed', 'it does not cap what names the principal itself');
}

function scpLink(question: Question): Link {
  const { asker, resource } = question;
  const { policies } = resource.context.viewpoint;
  const { accountId } = asker.judged;
  const nothing = (verdict: LinkVerdict, why: string) => byNothing(question, 'scp', verdict, why);
  if (asker.own.isServiceLinked) return nothing('allowed', 'SCPs do not bind service-linked roles');
  if (policies === undefined) return nothing('not_known', 'service control policies were not read');
  const standing = overPrincipals(policies, accountId);
  if (standing.state === 'bound') return boundBy(standing, question);
  if (policies.memberAccountIds === null && accountId !== resource.context.viewpoint.ownAccountId)
    return nothing('not_known', `account ${accountId}: ${membershipNotKnown}, and its SCPs are not read`);
  if (standing.state === 'not_read') return nothing('not_known', standing.problem);
  if (accountId === policies.managementAccountId)
    return nothing('allowed', 'SCPs do not bind the management account');
  if (policies.memberAccountIds?.has(accountId))
    return nothing('allowed', 'the organization has not enabled SCPs');
  return nothing('not_known', `account ${accountId} is not of the organization: its SCPs are not read`);
}

function boundBy({ levels }: Extract<Standing, { state: 'bound' }>, question: Question): Link {
  const { bounds } = question.weighed;
  const denied = said(bounds.denied.clauses, question);
  if (denied.how === 'surely') return byDeny(question, 'scp', denied);
  const allowed = bounds.allowed.map(({ clauses }) => said(clauses, question));
  const silent = allowed.findIndex(({ how }) => how === 'not');
  if (silent >= 0) {
    const names = question.names.levels(question.asker.judged.accountId);
    const at = names[silent] ?? `level ${silent + 1} of ${levels.length}`;
    return { ...byNothing(question, 'scp', 'denied', `no SCP at ${at} allows it`), attachedTo: at };
  }
  if (denied.how === 'perhaps') return byDeny(question, 'scp', denied);
  const says = allowed.flatMap((each) => (each.how === 'not' ? [] : [each]));
  const shown = says.find(({ how }) => how === 'perhaps') ?? says.at(-1);
  return shown === undefined
    ? byNothing(question, 'scp', 'not_known', 'where the account is in the organization was not read')
    : byAllow(question, 'scp', shown, 'every level allows it');
}
