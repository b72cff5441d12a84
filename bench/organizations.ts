import { keyTables, organization, withoutQuotas } from './specs.ts';

/** An organization that is measured, and what is wanted of it. */
export interface Measured {
  readonly name: string;
  readonly generate: { readonly accounts: number; readonly regions: number; readonly keysPerRegion: number };
  readonly tables: readonly string[];
  readonly latencyMs: number;
  /** `resource_services`; absent: those by default. */
  readonly services?: readonly string[];
  /** AWS's published quotas: raised far above what is asked (default), or enforced, and this share of each used. */
  readonly quotaShare?: number;
  readonly goal?: {
    /** Beside the floor. */
    readonly ratio: number;
    readonly peakMiB?: number;
  };
}

/** Every table that the plugin has. */
const allTables = ['*'];
const keysAndCoverage = ['aws_encryption_keys', 'aws_encryption_coverage'];
const keyTablesAndCoverage = [...keyTables, 'aws_encryption_coverage'];
const size = (accounts: number, regions: number, keysPerRegion: number) => ({
  accounts,
  regions,
  keysPerRegion,
});

/** A minute or two altogether. */
export const organizations: readonly Measured[] = [
  {
    name: '100 × 17, no keys, all tables',
    generate: size(100, 17, 0),
    tables: allTables,
    latencyMs: 150,
    goal: { ratio: 1.5 },
  },
  {
    name: '100 × 17, no keys, all tables, all services',
    generate: size(100, 17, 0),
    tables: allTables,
    services: ['*'],
    latencyMs: 150,
    goal: { ratio: 1.5 },
  },
  {
    name: '100 × 17 × 1 key, keys and coverage',
    generate: size(100, 17, 1),
    tables: keysAndCoverage,
    latencyMs: 150,
    goal: { ratio: 1.5 },
  },
  {
    name: '20 × 4 × 100 keys, six key tables and coverage',
    generate: size(20, 4, 100),
    tables: keyTablesAndCoverage,
    latencyMs: 20,
    goal: { ratio: 2.5 },
  },
  {
    name: '1 × 1 × 10,000 keys, six key tables',
    generate: size(1, 1, 10_000),
    tables: keyTables,
    latencyMs: 20,
    goal: { ratio: 1.6 },
  },
];

/** Many minutes. */
export const largeOrganizations: readonly Measured[] = [
  {
    name: '2,000 × 17, no keys, six key tables and coverage',
    generate: size(2000, 17, 0),
    tables: keyTablesAndCoverage,
    latencyMs: 150,
    goal: { ratio: 1.6, peakMiB: 300 },
  },
  {
    name: '2,000 × 17, no keys, all tables',
    generate: size(2000, 17, 0),
    tables: allTables,
    latencyMs: 150,
    goal: { ratio: 1.6, peakMiB: 400 },
  },
  {
    name: '2,000 × 17, no keys, all tables, all services',
    generate: size(2000, 17, 0),
    tables: allTables,
    services: ['*'],
    latencyMs: 150,
    goal: { ratio: 1.6, peakMiB: 400 },
  },
  {
    name: '50 × 4 × 500 keys, six key tables, quotas enforced',
    generate: size(50, 4, 500),
    tables: keyTables,
    latencyMs: 150,
    quotaShare: 1,
    goal: { ratio: 1.15 },
  },
];

/** As the documentation tells of organizations: all tables, AWS's quotas enforced, half of each used as by default. */
export const documentedSize = (accounts: number): Measured => ({
  name: accounts === 1 ? '1 account' : `${accounts} accounts`,
  generate: size(accounts, 17, 1),
  tables: allTables,
  latencyMs: 150,
  quotaShare: 0.5,
});

/** The sizes that it tells of. */
export const documented: readonly Measured[] = [1, 50, 200, 2_000].map(documentedSize);

/** The spec that such an organization is read with. */
export function specOf({ quotaShare, services }: Measured): object {
  const choice = services === undefined ? {} : { resource_services: services };
  return {
    ...organization,
    ...choice,
    ...(quotaShare === undefined ? withoutQuotas : { quota_share: quotaShare }),
  };
}
