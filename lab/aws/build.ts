import { newIam } from './account-iam.ts';
import { SortedCollection } from './collection.ts';
import type { SimAccount, SimKey, SimOrganization, SimRegion, SimRegionName } from './model.ts';
import { at, type WireAlias, type WireCustomKeyStore } from './wire-shapes.ts';

/** Three regions, one of them to opt in: enough world for most tests. */
const smallWorld: readonly SimRegionName[] = [
  { name: 'us-east-1', optIn: false },
  { name: 'eu-west-1', optIn: false },
  { name: 'ap-east-1', optIn: true },
];

/** The policy types of a root that uses SCPs and RCPs. */
export const controlPoliciesEnabled = (): SimOrganization['root']['policyTypes'] =>
  new Map([
    ['SERVICE_CONTROL_POLICY', 'ENABLED'],
    ['RESOURCE_CONTROL_POLICY', 'ENABLED'],
  ]);

/** An organization with nothing in it but its root and, unless given, the management account. */
export function newOrganization(options: Partial<SimOrganization> = {}): SimOrganization {
  const organization: SimOrganization = {
    id: 'o-exampleorg1',
    partition: 'aws',
    managementAccountId: '111111111111',
    delegatedAdministrators: new Map(),
    root: { id: 'r-exam', policyTypes: new Map([['SERVICE_CONTROL_POLICY', 'ENABLED']]) },
    organizationalUnits: [],
    policies: new Map(),
    withoutFullAccess: new Set(),
    accounts: new Map(),
    regions: [...smallWorld],
    sharers: new Set(),
    ...options,
  };
  if (!organization.accounts.has(organization.managementAccountId)) {
    addAccount(organization, { id: organization.managementAccountId, name: 'management', roles: new Map() });
  }
  return organization;
}

/**
 * An active member below the root, with every region that needs no opt-in and the role
 * `OrganizationAccountAccessRole` trusting the management account, as CreateAccount leaves it.
 */
export function addAccount(
  organization: SimOrganization,
  options: Partial<SimAccount> & { id: string },
): SimAccount {
  const { id } = options;
  const name = options.name ?? `account-${id}`;
  const state = options.state === undefined ? 'ACTIVE' : options.state;
  const account: SimAccount = {
    name,
    email: `${name}@example.com`,
    state,
    status: statusFor(state),
    joinedMethod: 'CREATED',
    joined: at('2023-02-01T09:30:00Z'),
    parentId: organization.root.id,
    tags: new Map(),
    enabledRegions: new Set(
      organization.regions.filter((region) => !region.optIn).map((region) => region.name),
    ),
    roles: new Map([
      [
        'OrganizationAccountAccessRole',
        {
          name: 'OrganizationAccountAccessRole',
          trust: { principals: [organization.managementAccountId] },
        },
      ],
    ]),
    iam: newIam(),
    user: { name: 'lab' },
    regions: new Map(),
    buckets: new Map(),
    publicAccessBlock: null,
    ...options,
  };
  organization.accounts.set(id, account);
  return account;
}

/** The old field beside State, as AWS's own example pairs them (CLOSED with SUSPENDED). */
function statusFor(state: string | null): string {
  if (state === 'CLOSED' || state === 'SUSPENDED') return 'SUSPENDED';
  return state === 'PENDING_CLOSURE' ? 'PENDING_CLOSURE' : 'ACTIVE';
}

export function newRegion(): SimRegion {
  return {
    keys: new SortedCollection((key: SimKey) => key.metadata.KeyId),
    aliases: new SortedCollection((alias: WireAlias) => alias.AliasName),
    customKeyStores: [],
    resources: new Map(),
    ebsDefault: { enabled: false, kmsKeyId: 'alias/aws/ebs' },
    snapshotBlock: { state: 'unblocked', managedBy: 'account' },
    imageBlock: { state: 'unblocked', managedBy: 'account' },
    resourceShares: [],
    keyRequests: [],
  };
}

/** The region's content, made empty on first sight. */
export function regionOf(account: SimAccount, region: string): SimRegion {
  let content = account.regions.get(region);
  if (content === undefined) {
    content = newRegion();
    account.regions.set(region, content);
  }
  return content;
}

/** Puts a key where its own metadata says it lives, with aliases of the given names (`alias/…`). */
export function addKey(account: SimAccount, key: SimKey, ...aliases: string[]): SimKey {
  const region = key.metadata.Arn.split(':')[3] as string;
  const content = regionOf(account, region);
  content.keys.add(key);
  for (const name of aliases) content.aliases.add(aliasOf(key, name));
  return key;
}

function aliasOf(key: SimKey, name: string): WireAlias {
  const { Arn, KeyId, CreationDate } = key.metadata;
  return {
    AliasName: name,
    AliasArn: `${Arn.slice(0, Arn.lastIndexOf(':') + 1)}${name}`,
    TargetKeyId: KeyId,
    CreationDate,
    LastUpdatedDate: CreationDate,
  };
}

/** A predefined alias whose AWS managed key no service has needed yet: no target. */
export function addUntargetedAlias(
  organization: SimOrganization,
  account: SimAccount,
  region: string,
  name: string,
): void {
  regionOf(account, region).aliases.add({
    AliasName: name,
    AliasArn: `arn:${organization.partition}:kms:${region}:${account.id}:${name}`,
  });
}

export function addCustomKeyStore(account: SimAccount, region: string, store: WireCustomKeyStore): void {
  regionOf(account, region).customKeyStores.push(store);
}
