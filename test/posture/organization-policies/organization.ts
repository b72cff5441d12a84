import type { OrganizationKnowledge } from '../../../src/posture/access/knowledge.ts';
import {
  type OrganizationPolicies,
  type OrganizationPolicy,
  type OrganizationPolicyType,
  organizationPolicy,
  type PolicyKnowledge,
  type PolicyLevel,
} from '../../../src/posture/organization-policies/policies.ts';
import { compute, data, ours, policyOf, type Statement, third } from '../cross-account/cast.ts';

/** The management account, which no policy binds. */
export const payer = '444455556666';

/**
 * The organization of all cases: `third` and the management account are under the root, `data` in one unit, `compute`
 * three units down.
 */
export const places = {
  [payer]: ['root', payer],
  [third]: ['root', third],
  [data]: ['root', 'storage', data],
  [compute]: ['root', 'workloads', 'analytics', 'team', compute],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Place = 'root' | 'storage' | 'workloads' | 'analytics' | 'team' | keyof typeof places;

/** The statements of a policy, or its text. */
export type Content = readonly Statement[] | string | null;

/** Policies of one type by where they are attached; or why none are known. */
export type Attached =
  | { readonly [place in Place]?: Readonly<Record<string, Content>> }
  | 'not_enabled'
  | 'not_read';

export interface Given {
  /** Beside `FullAWSAccess`, which is attached everywhere unless it is in `detached`. */
  readonly scp?: Attached;
  readonly detached?: readonly Place[];
  readonly rcp?: Attached;
  /** Policies of the type whose targets were not read. */
  readonly unplaced?: {
    readonly scp?: Readonly<Record<string, Content>>;
    readonly rcp?: Readonly<Record<string, Content>>;
  };
  /** Accounts whose policies were not read. */
  readonly unread?: readonly string[];
}

const fullAccess: readonly Statement[] = [{ Effect: 'Allow', Action: '*', Resource: '*' }];

/** What a sync knows: everybody, and where each policy is attached. */
export function organizationWith(given: Given): OrganizationKnowledge & { policies: OrganizationPolicies } {
  const memberAccountIds = new Set(Object.keys(places));
  const { scp = {}, rcp = {}, detached = [], unplaced = {} } = given;
  const isFull = (place: string): boolean => !(detached as readonly string[]).includes(place);
  return {
    organizationId: ours,
    memberAccountIds,
    knownAccounts: {},
    policies: {
      serviceControl: knowledge('SERVICE_CONTROL_POLICY', scp, isFull, given, unplaced.scp ?? {}),
      resourceControl: knowledge('RESOURCE_CONTROL_POLICY', rcp, () => false, given, unplaced.rcp ?? {}),
      managementAccountId: payer,
      memberAccountIds,
    },
  };
}

function knowledge(
  type: OrganizationPolicyType,
  attached: Attached,
  isFull: (place: string) => boolean,
  { unread = [] }: Given,
  unplaced: Readonly<Record<string, Content>>,
): PolicyKnowledge {
  if (attached === 'not_enabled') return { state: 'not_enabled' };
  if (attached === 'not_read')
    return { state: 'not_read', problem: 'organizations:ListPolicies failed with AccessDeniedException' };
  const made = new Map<string, OrganizationPolicy>();
  const policy = (name: string, content: Content): OrganizationPolicy => {
    const id = `p-${name.toLowerCase()}`;
    const found =
      made.get(id) ??
      organizationPolicy(
        { id, type, name },
        typeof content === 'string' || content === null ? content : policyOf(...content),
      );
    made.set(id, found);
    return found;
  };
  const policies = (contents: Readonly<Record<string, Content>>): PolicyLevel =>
    Object.entries(contents).map(([name, content]) => policy(name, content));
  const level = (place: string): PolicyLevel => [
    ...(isFull(place) ? [policy('FullAWSAccess', fullAccess)] : []),
    ...policies(attached[place as Place] ?? {}),
  ];
  const known = Object.entries(places).filter(([id]) => !unread.includes(id));
  return {
    state: 'read',
    root: level('root'),
    levels: new Map(known.map(([id, path]) => [id, path.map(level)])),
    unplaced: policies(unplaced),
  };
}

/** A statement that denies, of a service control policy. */
export const denyAction = (action: unknown, changes: Statement = {}): Statement => ({
  Sid: 'Guard',
  Effect: 'Deny',
  Action: action,
  Resource: '*',
  ...changes,
});

/** The same of a resource control policy, which must name its principals. */
export const denyEverybody = (action: unknown, condition?: object): Statement => ({
  Sid: 'Perimeter',
  Effect: 'Deny',
  Principal: '*',
  Action: action,
  Resource: '*',
  ...(condition && { Condition: condition }),
});

/** AWS's own form of a data perimeter: whoever is not of the organization, AWS's services aside. */
export const outsiders = {
  StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ours },
  BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
};
