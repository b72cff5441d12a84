import { addAccount, newOrganization, newRegion } from '../build.ts';
import { GeneratedCollection } from '../collection.ts';
import { keyPolicy } from '../keys/policies.ts';
import type { SimKey, SimOrganization } from '../model.ts';
import type { WireAlias } from '../wire-shapes.ts';
import { generatedAlias, generatedKey, indexInAlias, indexInKeyId } from './generated-key.ts';

export interface GenerateOptions {
  /** Members beside the management account, which holds keys too. */
  readonly accounts: number;
  /** How many of AWS's regions, or which. */
  readonly regions: number | readonly string[];
  readonly keysPerRegion: number;
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
      const policy = keyPolicy(place);
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
  return organization;
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

function accountId(index: number): string {
  return String(200_000_000_000 + index);
}
