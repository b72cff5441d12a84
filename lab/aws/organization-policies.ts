import type { SimAccount, SimOrganization, SimOrganizationPolicy } from './model.ts';

const serviceControl = 'SERVICE_CONTROL_POLICY';
const resourceControl = 'RESOURCE_CONTROL_POLICY';

type PolicyOptions = Pick<SimOrganizationPolicy, 'id' | 'content'> &
  Partial<Pick<SimOrganizationPolicy, 'type' | 'name' | 'description'>>;

/** Makes a policy (default: an SCP) and attaches it to the root, units and accounts of the given ids. */
export function addOrganizationPolicy(
  organization: SimOrganization,
  { id, content, type = serviceControl, name = id, description = '' }: PolicyOptions,
  ...targets: readonly string[]
): SimOrganizationPolicy {
  const policy = { id, type, name, description, content, targets: new Set(targets) };
  organization.policies.set(id, policy);
  return policy;
}

/** What AWS says of a policy, whoever wrote it. */
export interface ListedPolicy extends Omit<SimOrganizationPolicy, 'targets'> {
  readonly awsManaged: boolean;
}

interface PolicyTarget {
  readonly id: string;
  readonly name: string;
  readonly type: 'ROOT' | 'ORGANIZATIONAL_UNIT' | 'ACCOUNT';
}

const allowingEverything = (principal: object): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', ...principal, Action: '*', Resource: '*' }],
  });

/** The policies of AWS that are attached where their type is enabled: nobody can edit them. */
const awsManaged: readonly ListedPolicy[] = [
  {
    id: 'p-FullAWSAccess',
    type: serviceControl,
    name: 'FullAWSAccess',
    description: 'Allows access to every operation',
    content: allowingEverything({}),
    awsManaged: true,
  },
  {
    id: 'p-RCPFullAWSAccess',
    type: resourceControl,
    name: 'RCPFullAWSAccess',
    description: 'Allow access to every operation',
    content: allowingEverything({ Principal: '*' }),
    awsManaged: true,
  },
];

/** Every policy of the organization, AWS's first, whether its type is enabled or not. */
export function organizationPolicies({ policies }: SimOrganization): ListedPolicy[] {
  return [...awsManaged, ...[...policies.values()].map((policy) => ({ ...policy, awsManaged: false }))];
}

/** Whether the type is enabled at the root: policies of other types are attached to nothing. */
export const isTypeEnabled = ({ root }: SimOrganization, type: string): boolean =>
  root.policyTypes.get(type) === 'ENABLED';

/**
 * Whether a policy is attached to the root, unit or account itself. `RCPFullAWSAccess` always is, `FullAWSAccess`
 * where nobody detached it (`withoutFullAccess`).
 */
export function isAttached(
  organization: SimOrganization,
  policy: Pick<ListedPolicy, 'id' | 'type' | 'awsManaged'>,
  targetId: string,
): boolean {
  if (!isTypeEnabled(organization, policy.type)) return false;
  if (!policy.awsManaged) return organization.policies.get(policy.id)?.targets.has(targetId) ?? false;
  return policy.type === resourceControl || !organization.withoutFullAccess.has(targetId);
}

/** Ids from the root over the units to the account: the levels that policies are inherited from. */
export function levelsOf({ organizationalUnits }: SimOrganization, account: SimAccount): string[] {
  const levels = [account.id];
  let next = account.parentId;
  while (next !== null) {
    const id: string = next;
    levels.unshift(id);
    next = organizationalUnits.find((unit) => unit.id === id)?.parentId ?? null;
  }
  return levels;
}

/** What a policy is attached to: the root, then units, then accounts. */
export function targetsOf(organization: SimOrganization, policy: ListedPolicy): PolicyTarget[] {
  const { root, organizationalUnits, accounts } = organization;
  const all: readonly PolicyTarget[] = [
    { id: root.id, name: 'Root', type: 'ROOT' },
    ...organizationalUnits.map(({ id, name }) => ({ id, name, type: 'ORGANIZATIONAL_UNIT' as const })),
    ...[...accounts.values()]
      .filter(({ parentId }) => parentId !== null)
      .map(({ id, name }) => ({ id, name, type: 'ACCOUNT' as const })),
  ];
  return all.filter(({ id }) => isAttached(organization, policy, id));
}
