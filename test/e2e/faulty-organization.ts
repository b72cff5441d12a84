import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import type { Fault } from '../../lab/aws/faults.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import type { SimAccount, SimKey, SimOrganization } from '../../lab/aws/model.ts';
import { addKeys } from './small-organization.ts';

/** The member accounts, each with a trouble of its own; `healthy` has none. */
export const accounts = {
  healthy: '200000000001',
  lockedOut: '200000000002',
  suspended: '200000000003',
  closed: '200000000004',
  pending: '200000000005',
  closing: '200000000006',
  withoutRegions: '200000000007',
  facets: '200000000008',
  cut: '200000000009',
  recovering: '200000000010',
  unreadable: '200000000011',
} as const;

export const externalId = 'correct-horse-battery-staple';

/** The keys of `facets`, by the read that is denied; `sealed` refuses them all by its own key policy. */
export interface FacetKeys {
  readonly policy: readonly [SimKey, SimKey];
  readonly tags: SimKey;
  readonly status: SimKey;
  readonly rotations: SimKey;
  readonly grants: SimKey;
  readonly metadata: SimKey;
  readonly sealed: SimKey;
  /** In eu-west-1, where ListAliases is denied. */
  readonly aliases: readonly [SimKey, SimKey];
}

export interface FaultyOrganization {
  readonly organization: SimOrganization;
  readonly faults: readonly Fault[];
  readonly keys: FacetKeys;
}

/** An organization in which nearly everything goes wrong that can, in us-east-1 and eu-west-1. */
export function faultyOrganization(): FaultyOrganization {
  const organization = newOrganization();
  const trust = { principals: [organization.managementAccountId], externalId };
  const states: Record<string, string> = {
    suspended: 'SUSPENDED',
    closed: 'CLOSED',
    pending: 'PENDING_ACTIVATION',
    closing: 'PENDING_CLOSURE',
  };
  const made = Object.fromEntries(
    Object.entries(accounts).map(([name, id]) => {
      const roles = new Map(name === 'lockedOut' ? [] : [['posture', { name: 'posture', trust }]]);
      const account = addAccount(organization, { id, name, state: states[name] ?? 'ACTIVE', roles });
      addKeys(account, 'us-east-1', 'first');
      addKeys(account, 'eu-west-1', 'second');
      return [name, account];
    }),
  ) as Record<keyof typeof accounts, SimAccount>;
  const keys = addFacetKeys(made.facets);
  const cutKey = addKeys(made.cut, 'us-east-1', 'cut')[0] as SimKey;
  return { organization, keys, faults: [...facetFaults(keys), ...accountFaults(cutKey)] };
}

function addFacetKeys(account: SimAccount): FacetKeys {
  const place = { partition: 'aws', accountId: account.id, region: 'us-east-1' };
  const own = (name: string) =>
    addKey(account, awsMaterialKey(place, name, { tags: { owner: name } }), `alias/${name}`);
  const onlyVault = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account.id}:role/vault` },
      Action: 'kms:*',
      Resource: '*',
    },
  });
  return {
    policy: [own('policy-1'), own('policy-2')],
    tags: own('tags'),
    status: own('status'),
    rotations: own('rotations'),
    grants: own('grants'),
    metadata: own('metadata'),
    sealed: addKey(account, awsMaterialKey(place, 'sealed', { policy: onlyVault }), 'alias/sealed'),
    aliases: addKeys(account, 'eu-west-1', 'third', 'fourth') as [SimKey, SimKey],
  };
}

function facetFaults({ policy, tags, status, rotations, grants, metadata }: FacetKeys): Fault[] {
  const account = accounts.facets;
  const deny = (operation: string, ...keys: SimKey[]): Fault[] =>
    keys.map((key) => ({
      account,
      operation,
      resource: key.metadata.KeyId,
      effect: { kind: 'deny' },
    }));
  return [
    ...deny('kms:GetKeyPolicy', ...policy),
    ...deny('kms:ListResourceTags', tags),
    ...deny('kms:GetKeyRotationStatus', status),
    ...deny('kms:ListKeyRotations', rotations),
    ...deny('kms:ListGrants', grants),
    ...deny('kms:DescribeKey', metadata),
    { account, region: 'eu-west-1', operation: 'kms:ListAliases', effect: { kind: 'deny' } },
    { account, region: 'us-east-1', operation: 'kms:DescribeCustomKeyStores', effect: { kind: 'deny' } },
  ];
}

function accountFaults(cutKey: SimKey): Fault[] {
  const { withoutRegions, cut, recovering, unreadable } = accounts;
  const once = { nth: 1 };
  return [
    { account: withoutRegions, operation: 'account:ListRegions', effect: { kind: 'deny' } },
    { account: withoutRegions, operation: 'ec2:DescribeRegions', effect: { kind: 'deny' } },

    { account: cut, resource: cutKey.metadata.KeyId, effect: { kind: 'cut', when: 'middle' } },
    {
      account: cut,
      region: 'eu-west-1',
      operation: 'kms:ListKeys',
      effect: { kind: 'cut', when: 'before' },
    },

    { account: recovering, operation: 'sts:AssumeRole', ...once, effect: { kind: 'internal' } },
    { account: recovering, operation: 'kms:ListKeys', ...once, effect: { kind: 'cut', when: 'middle' } },
    { account: recovering, operation: 'kms:ListAliases', ...once, effect: { kind: 'truncated_body' } },
    { account: recovering, operation: 'kms:GetKeyPolicy', ...once, effect: { kind: 'throttle' } },
    { account: recovering, operation: 'kms:ListGrants', ...once, effect: { kind: 'internal' } },
    { account: recovering, operation: 'kms:DescribeKey', ...once, effect: { kind: 'expire_credentials' } },

    { account: unreadable, region: 'us-east-1', operation: 'kms:*', effect: { kind: 'html', status: 200 } },
    {
      account: unreadable,
      region: 'eu-west-1',
      operation: 'kms:ListKeys',
      effect: { kind: 'truncated_without_marker' },
    },
  ];
}
