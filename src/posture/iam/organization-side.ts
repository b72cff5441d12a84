import type { Admission, ResourceContext } from '../access/admission.ts';
import type { OrganizationPolicies, PolicyLevel } from '../organization-policies/policies.ts';
import { overPrincipals, overResources, type Standing } from '../organization-policies/standing.ts';
import { actionsOf } from '../policy/action.ts';
import { type Clause, type Side, type SourcedPolicy, saidBy, sideOf } from './clauses.ts';
import { nothing } from './span.ts';

/** What organization policies leave to a principal, and what decides on what they leave open. */
export interface Bounds {
  /** Allowed by the service control policies of every level. */
  readonly allowed: readonly Side[];
  /** Denied by service control policies. */
  readonly denied: Side;
  /** Denied by the resource control policies over the resource. */
  readonly deniedOfResource: Side;
}

const silent: Side = { ...nothing, clauses: [] };

export function organizationBounds(
  policies: OrganizationPolicies,
  accountId: string,
  underResourceControl: boolean,
  requests: Admission,
  context: ResourceContext,
): Bounds {
  const overResource: Standing = underResourceControl
    ? overResources(policies, context.viewpoint.ownAccountId)
    : { state: 'free' };
  return {
    ...ofPrincipals(overPrincipals(policies, accountId), requests, context),
    deniedOfResource: ofResource(overResource, requests, context),
  };
}

const ofLevel = (level: PolicyLevel, kind: 'scp' | 'rcp'): readonly SourcedPolicy[] =>
  level.map(({ id, document }) => ({ kind, id, document }));

function ofPrincipals(
  standing: Standing,
  requests: Admission,
  context: ResourceContext,
): Pick<Bounds, 'allowed' | 'denied'> {
  if (standing.state === 'free') return { allowed: [], denied: silent };
  if (standing.state === 'not_read')
    return { allowed: [], denied: notRead('scp', standing.problem, requests) };
  const unplaced = ofLevel(standing.unplaced, 'scp');
  const perhapsAllowing = saidBy(unplaced, 'Allow', requests, context).clauses.map(unplacedClause);
  const allowed = standing.levels.map((level) => {
    const said = saidBy(ofLevel(level, 'scp'), 'Allow', requests, context);
    return perhapsAllowing.length === 0 ? said : sideOf([...said.clauses, ...perhapsAllowing]);
  });
  const placed = saidBy(ofLevel(distinct(standing.levels.flat()), 'scp'), 'Deny', requests, context);
  const perhapsDenying = saidBy(unplaced, 'Deny', requests, context).clauses.map(unplacedClause);
  return { allowed, denied: sideOf([...placed.clauses, ...perhapsDenying]) };
}

/** Only their Deny statements count, and not for kms:RetireGrant. */
function ofResource(standing: Standing, requests: Admission, context: ResourceContext): Side {
  if (standing.state === 'free') return silent;
  const bound = { ...requests, actions: requests.actions & ~actionsOf(context.grammar).named('RetireGrant') };
  if (standing.state === 'not_read') return notRead('rcp', standing.problem, bound);
  const placed = saidBy(ofLevel(distinct(standing.levels.flat()), 'rcp'), 'Deny', bound, context);
  const unplaced = saidBy(ofLevel(standing.unplaced, 'rcp'), 'Deny', bound, context);
  return sideOf([...placed.clauses, ...unplaced.clauses.map(unplacedClause)]);
}

const distinct = (level: PolicyLevel): PolicyLevel => [...new Set(level)];

const unplacedClause = (clause: Clause): Clause => ({
  ...clause,
  sure: 0n,
  dependsOn: [`where the policy ${clause.source.id} is attached was not read`],
});

const notRead = (kind: 'scp' | 'rcp', problem: string, { actions }: Admission): Side =>
  sideOf([{ source: { kind, id: '*' }, index: null, sure: 0n, most: actions, dependsOn: [problem] }]);
