import type { Quota } from '../aws/settings.ts';
import { sorts } from './catalogue.ts';
import type { Operation } from './operations.ts';

const kms: Readonly<Record<string, number>> = {
  DescribeKey: 2000,
  ListResourceTags: 2000,
  GetKeyPolicy: 1000,
  GetKeyRotationStatus: 1000,
  ListKeys: 500,
  ListAliases: 500,
  ListGrants: 100,
  ListKeyRotations: 100,
  DescribeCustomKeyStores: 5,
  GetKeyLastUsage: 5,
};

/**
 * GetMetricData may be called 500 times a second, but not for more than 396,000 data points of older than three hours:
 * of 500 metrics and 14 days each, that is 56 calls.
 */
const cloudWatch: Readonly<Record<string, number>> = { ListMetrics: 25, GetMetricData: 56 };

const organizations: Readonly<Record<string, readonly [perSecond: number, burst: number]>> = {
  ListAccounts: [8, 12],
  ListAccountsForParent: [5, 8],
  ListOrganizationalUnitsForParent: [5, 8],
  ListRoots: [1, 2],
  DescribeOrganization: [1, 2],
  ListDelegatedAdministrators: [5, 8],
  ListPolicies: [5, 8],
  DescribePolicy: [2, 2],
  ListTargetsForPolicy: [5, 8],
  ListTagsForResource: [10, 15],
};

const stsPerSecond = 600;

/** IAM publishes no rates. From experience: it throttles an account's reads of IAM together, somewhere above 10 a second. */
const iamPerSecond = 5;

/**
 * AWS's default request quotas for the reads that this plugin makes.
 * KMS: "Request quotas" of the KMS developer guide (2026, after GetKeyLastUsage), per account and region, each
 * operation for itself. Organizations: "Quotas for AWS Organizations" (rate and burst per account). STS: IAM
 * quotas page, one quota per account and region for all of AssumeRole, GetCallerIdentity and their like, charged
 * to the calling account. All read 2026-11-23. CloudWatch: "CloudWatch service quotas", per account and region, read
 * 2026-11-30. IAM: none published, see above. Operations without a published quota are not here, and not paced.
 */
export const publishedQuotas: ReadonlyMap<string, Quota> = new Map<string, Quota>([
  ...Object.entries(kms).map(([name, perSecond]) => quota(`kms:${name}`, perSecond, null)),
  ...Object.entries(cloudWatch).map(([name, perSecond]) => quota(`cloudwatch:${name}`, perSecond, null)),
  ...Object.entries(organizations).map(([name, [rate, burst]]) =>
    quota(`organizations:${name}`, rate, burst),
  ),
  quota('iam:GetAccountAuthorizationDetails', iamPerSecond, null),
  ...sorts
    .flatMap(({ calls }) => Object.entries(calls))
    .flatMap(([name, perSecond]) => (perSecond === null ? [] : [quota(name, perSecond, null)])),
  ['sts:AssumeRole', { bucket: 'sts', perSecond: stsPerSecond, burst: null }],
  ['sts:GetCallerIdentity', { bucket: 'sts', perSecond: stsPerSecond, burst: null }],
]);

function quota(operation: string, perSecond: number, burst: number | null): [string, Quota] {
  return [operation, { bucket: operation, perSecond, burst }];
}

/** What every shard of a sync asks for itself: the shards that run at the same time share its rates. */
const ofEveryShard: readonly Operation[] = [
  'iam:GetAccountAuthorizationDetails',
  'organizations:ListPolicies',
  'organizations:DescribePolicy',
  'organizations:ListTargetsForPolicy',
  'organizations:ListTagsForResource',
];

/** The quotas that one of so many shards keeps to. */
export function quotasOfShard(shards: number): ReadonlyMap<string, Quota> {
  if (shards === 1) return publishedQuotas;
  const shared = ofEveryShard.flatMap((operation): [string, Quota][] => {
    const whole = publishedQuotas.get(operation);
    return whole === undefined ? [] : [[operation, { ...whole, perSecond: whole.perSecond / shards }]];
  });
  return new Map([...publishedQuotas, ...shared]);
}
