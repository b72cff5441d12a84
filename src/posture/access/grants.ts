import type { Grant } from '../../services/kms/facts.ts';
import { actionsOf } from '../policy/action.ts';
import { isServicePrincipal, isUniqueId, type Principal, readAwsPrincipal } from '../policy/principal.ts';
import type { Admission, ResourceContext } from './admission.ts';
import { baselineOf } from './allow.ts';
import { afterDeny, type DenyingStatement, denyText } from './deny.ts';
import { underConstraints } from './grant-constraints.ts';
import { inOtherPartition, principalAdmissions } from './principal-admissions.ts';
import { whoText } from './reason.ts';
import { type AccessFinding, type Extent, extentOf, principalColumns } from './row.ts';
import { doubted, type OtherPolicies } from './statements.ts';
import { type Trust, trustOf } from './trust.ts';

/**
 * One finding for a grant's grantee (also where AWS names none) and one for its retiring principal (none of its
 * own when they are the same). A Deny of a key policy beats a grant; in one that was not read it cannot be ruled out.
 */
export function findingsOfGrant(
  grant: Grant,
  policies: OtherPolicies,
  context: ResourceContext,
): readonly AccessFinding[] {
  const grantees = named(grant.granteePrincipal, grant.granteeServicePrincipal);
  const retiring = named(grant.retiringPrincipal, grant.retiringServicePrincipal);
  return [
    ...(grantees.length === 0 ? [unknownFinding(grant, '', 'grantee', context)] : []),
    ...grantees.map((text) => granteeFinding(grant, text, retiring.includes(text), policies, context)),
    ...retiring
      .filter((text) => !grantees.includes(text))
      .map((text) => retiringFinding(grant, text, context)),
  ];
}

/** The field for services, newer than the other, decides where that one only hides who it is. */
function named(principal: string | null, service: string | null): readonly string[] {
  const isHidden = principal !== null && (isOfAws(principal) || readGrantPrincipal(principal) === null);
  const texts = service !== null && isHidden ? [service] : [principal, service];
  return [...new Set(texts.filter((text) => text !== null))];
}

function granteeFinding(
  grant: Grant,
  text: string,
  alsoRetires: boolean,
  policies: OtherPolicies,
  context: ResourceContext,
): AccessFinding {
  const catalog = actionsOf(context.grammar);
  const principal = readGrantPrincipal(text);
  if (principal === null) return unknownFinding(grant, text, 'grantee', context);
  const baseline = baselineOf(principal, namesOf(grant, context), false, context);
  const before = underConstraints(grant, baseline, context);
  const { admissions: after, deniedBy } = afterDeny(
    doubted(before, policies.doubts),
    policies.policies,
    context,
  );
  const extent = extentOf(principal, baseline, before, after, context);
  const { columns } = extent;
  const retires = alsoRetires ? catalog.list(catalog.named('RetireGrant')) : [];
  return {
    row: {
      ...grantColumns(grant, 'grantee'),
      ...principalColumns(principal, context),
      ...columns,
      actions: [...new Set([...columns.actions, ...retires])].sort(),
      reason: granteeReason(principal, baseline, extent, deniedBy, alsoRetires, context),
    },
    admissions: extent.admissions,
    named: extent.named,
    perhaps: [],
  };
}

function granteeReason(
  principal: Principal,
  baseline: readonly Admission[],
  extent: Extent,
  deniedBy: readonly DenyingStatement[],
  alsoRetires: boolean,
  context: ResourceContext,
): string {
  if (baseline.length === 0)
    return inOtherPartition(principal, context)
      ? `admits nobody: the grantee is in another partition than ${context.partition}`
      : 'admits nobody: the grantee was deleted';
  if (extent.admissions.length === 0)
    return deniedBy.length > 0
      ? `denied: ${denyText(deniedBy, 'the key policy')} covers all of it`
      : "admits nobody: the grant's constraints exclude the request or it has no operation";
  const keys = new Set(extent.admissions.flatMap(({ leftover }) => leftover.map(({ key }) => key)));
  const doubts = new Set(extent.admissions.flatMap((admission) => admission.doubts));
  return [
    `grantee: ${grantWho(principal, extent.columns.trust)}`,
    ...(alsoRetires ? ['may also retire the grant'] : []),
    ...(keys.size > 0 ? [`depends on ${[...keys].sort().join(', ')}`] : []),
    ...[...doubts].sort(),
    ...(deniedBy.length > 0 ? [`${denyText(deniedBy)} takes a part away`] : []),
  ].join('; ');
}

/** A retiring principal can end the grant, whatever a policy says, and nothing else. */
function retiringFinding(grant: Grant, text: string, context: ResourceContext): AccessFinding {
  const catalog = actionsOf(context.grammar);
  const principal = readGrantPrincipal(text);
  if (principal === null) return unknownFinding(grant, text, 'retiring', context);
  const [admission] = principalAdmissions(principal, catalog.named('RetireGrant'), context);
  const trust = admission === undefined ? null : trustOf(admission, context);
  return {
    row: {
      ...grantColumns(grant, 'retiring'),
      ...principalColumns(principal, context),
      ...unlimited,
      trust,
      access: admission === undefined ? [] : ['administer'],
      actions: admission === undefined ? [] : catalog.list(admission.actions),
      certainty: admission === undefined ? 'denied' : 'unconditional',
      reason:
        admission === undefined
          ? 'admits nobody: the retiring principal was deleted or is in another partition'
          : `may retire the grant, which gives no use of the key: ${grantWho(principal, trust)}`,
    },
    admissions: [],
    named: [],
    perhaps: [],
  };
}

const unlimited = { limitedToAccountIds: null, limitedToOrganizationIds: null, limitedToServices: null };

/** An account as grantee is its root, no delegation to IAM by the key policy. */
const grantWho = ({ type, accountId }: Principal, trust: Trust | null): string =>
  trust === 'same_account' ? 'own account' : whoText(trust, type, accountId);

/** Its operations as a policy would name them. Nearly all are use of the key. */
const namesOf = ({ operations }: Grant, { grammar }: ResourceContext): readonly string[] =>
  operations.map((name) => `${grammar.service}:${name}`).sort();

function unknownReason(text: string): string {
  if (text === '') return 'AWS names no grantee: whom it admits is not known';
  return isUniqueId(text)
    ? 'AWS lists it by its unique id, as it does live roles of any account for a while: whose it is, is not known'
    : 'the form of the principal is not understood: whom it admits is not known';
}

function unknownFinding(
  grant: Grant,
  text: string,
  role: 'grantee' | 'retiring',
  context: ResourceContext,
): AccessFinding {
  const catalog = actionsOf(context.grammar);
  const names = namesOf(grant, context);
  const operations = catalog.matching(names, false);
  const unknown = catalog.unknownIn(names).length > 0 ? catalog.supposed : 0n;
  return {
    row: {
      ...grantColumns(grant, role),
      principalType: 'unknown',
      principal: text,
      principalAccountId: null,
      knownAccountName: null,
      trust: null,
      access: role === 'retiring' ? ['administer'] : catalog.access(operations | unknown),
      actions: role === 'retiring' ? catalog.list(catalog.named('RetireGrant')) : names,
      ...unlimited,
      certainty: 'conditional',
      reason: unknownReason(text),
    },
    admissions: [],
    named: [],
    perhaps: [],
  };
}

const grantColumns = (grant: Grant, role: 'grantee' | 'retiring') =>
  ({
    source: 'grant',
    sourceId: grant.grantId,
    sid: null,
    effect: 'Allow',
    exceptPrincipals: null,
    role,
    conditions: grant.constraints,
  }) as const;

/** Whom KMS does not name, but says to be AWS's own (AWS HealthImaging user guide, ListGrants, read 2026-11-28). */
export const isOfAws = (text: string): boolean => text.toLowerCase() === 'aws internal';

/**
 * Service principals come in the same field as ARNs. Null also for a unique id, which in grants does not tell that
 * the role or user is deleted: KMS lists new roles so until it has resolved them.
 */
function readGrantPrincipal(text: string): Principal | null {
  if (isServicePrincipal(text) || isOfAws(text))
    return { type: 'service', text, accountId: null, partition: null, arn: null, session: null };
  return text === '*' || isUniqueId(text) ? null : readAwsPrincipal(text);
}
