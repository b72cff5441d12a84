import { addAccount, newOrganization, newRegion } from '../build.ts';
import { GeneratedCollection } from '../collection.ts';
import { keyPolicy, type PolicyStatement } from '../keys/policies.ts';
import type { SimKey, SimOrganization } from '../model.ts';
import type { WireAlias } from '../wire-shapes.ts';
import { generatedAlias, generatedKey, indexInAlias, indexInKeyId } from './generated-key.ts';
import { addGeneratedPolicies } from './generated-policies.ts';

export interface GenerateOptions {
  /** Members beside the management account, which holds keys too. */
  readonly accounts: number;
  /** How many of AWS's regions, or which. */
  readonly regions: number | readonly string[];
  readonly keysPerRegion: number;
  /** The policy of every key lets in another account of the organization, a stranger, and the organization. */
  readonly sharedKeys?: boolean;
  /** SCPs and RCPs are enabled, and the root, each unit and each account have as many as there can be. */
  readonly organizationPolicies?: boolean;
}

/** Of AWS's regions those that need no opt-in. */
export const regionNames = [
  ...['us-east-1', 'eu-west-1', 'us-west-2', 'eu-central-1', 'ap-southeast-1', 'ap-northeast-1'],
  ...['us-east-2', 'eu-west-2', 'eu-west-3', 'eu-north-1', 'ap-south-1', 'ap-southeast-2'],
  ...['ap-northeast-2', 'ap-northeast-3', 'ca-central-1', 'sa-east-1', 'us-west-1'],
];

/**
 * An organization of any size, always the same for the same options: `accounts` accounts (the management account
 * is one of them), all below two organizational units, each with `keysPerRegion` keys of every common kind and an
 * alias a key. Keys are made when they are asked for: 100,000 of them cost no memory.
 */
export function generate(options: GenerateOptions): SimOrganization {
  const names = regionsOf(options.regions);
  const organization = newOrganization({
    id: 'o-generated1',
    root: { id: 'r-gene', policyTypes: new Map() },
    organizationalUnits: [
      { id: 'ou-gene-00000001', name: 'workloads', parentId: 'r-gene' },
      { id: 'ou-gene-00000002', name: 'sandbox', parentId: 'r-gene' },
    ],
    managementAccountId: accountId(0),
    accounts: new Map(),
    regions: names.map((name) => ({ name, optIn: false })),
  });
  for (let index = 1; index < options.accounts; index++) {
    addAccount(organization, {
      id: accountId(index),
      name: `generated-${index}`,
      parentId: index % 4 === 0 ? 'ou-gene-00000002' : 'ou-gene-00000001',
    });
  }
  for (const account of organization.accounts.values()) {
    for (const region of names) {
      const place = { partition: organization.partition, accountId: account.id, region };
      const policy = keyPolicy(place, ...(options.sharedKeys ? sharing(organization, account.id) : []));
      account.regions.set(region, {
        ...newRegion(),
        keys: new GeneratedCollection<SimKey>({
          count: options.keysPerRegion,
          build: (index) => generatedKey(place, index, policy),
          indexOf: indexInKeyId,
          idOf: (key) => key.metadata.KeyId,
        }),
        aliases: new GeneratedCollection<WireAlias>({
          count: options.keysPerRegion,
          build: (index) => generatedAlias(place, index),
          indexOf: indexInAlias,
          idOf: (alias) => alias.AliasName,
        }),
      });
    }
  }
  if (options.organizationPolicies) addGeneratedPolicies(organization);
  return organization;
}

function sharing({ id, partition }: SimOrganization, owner: string): readonly PolicyStatement[] {
  const use = {
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    Resource: '*',
  };
  const member = owner === accountId(1) ? accountId(2) : accountId(1);
  const named = [member, '999900001111'].map((account) => `arn:${partition}:iam::${account}:root`);
  return [
    { Sid: 'Accounts', ...use, Principal: { AWS: named } },
    {
      Sid: 'Organization',
      ...use,
      Principal: { AWS: '*' },
      Condition: { StringEquals: { 'aws:PrincipalOrgID': id } },
    },
  ];
}

function regionsOf(regions: number | readonly string[]): readonly string[] {
  if (typeof regions !== 'number') return regions;
  if (regions > regionNames.length) {
    throw new RangeError(
      `regions: ${regions} asked, ${regionNames.length} have names here; name them instead`,
    );
  }
  return regionNames.slice(0, regions);
}

/** Of account number `index`; 0 is the management account. */
export function accountId(index: number): string {
  return String(200_000_000_000 + index);
}
