/** A published request quota: a token bucket per account and region. */
export interface Quota {
  /** Operations of one name share a bucket. */
  readonly bucket: string;
  /** Requests per second. */
  readonly perSecond: number;
  /** Requests that AWS takes at once; null where it publishes none. */
  readonly burst: number | null;
}

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

const organizations: Readonly<Record<string, readonly [perSecond: number, burst: number]>> = {
  ListAccounts: [8, 12],
  ListAccountsForParent: [5, 8],
  ListOrganizationalUnitsForParent: [5, 8],
  ListRoots: [1, 2],
  DescribeOrganization: [1, 2],
  ListDelegatedAdministrators: [5, 8],
};

/**
 * Secrets Manager: "AWS Secrets Manager quotas" of its user guide, read 2026-11-24. Lambda and CloudWatch Logs: from
 * experience, the pages were not at hand.
 */
const others: Readonly<Record<string, number>> = {
  'lambda:GetPolicy': 15,
  'lambda:ListAliases': 15,
  'lambda:ListFunctions': 15,
  'logs:DescribeLogGroups': 10,
  'secretsmanager:GetResourcePolicy': 50,
  'secretsmanager:ListSecrets': 100,
};

const stsPerSecond = 600;

/**
 * AWS's default request quotas for the reads that this plugin makes.
 * KMS: "Request quotas" of the KMS developer guide (2026, after GetKeyLastUsage), per account and region, each
 * operation for itself. Organizations: "Quotas for AWS Organizations" (rate and burst per account). STS: IAM
 * quotas page, one quota per account and region for all of AssumeRole, GetCallerIdentity and their like, charged
 * to the calling account. All read 2026-11-23. Operations without a published quota are not here, and not paced.
 */
export const publishedQuotas: ReadonlyMap<string, Quota> = new Map<string, Quota>([
  ...Object.entries(kms).map(([name, perSecond]) => quota(`kms:${name}`, perSecond, null)),
  ...Object.entries(organizations).map(([name, [rate, burst]]) =>
    quota(`organizations:${name}`, rate, burst),
  ),
  ...Object.entries(others).map(([name, perSecond]) => quota(name, perSecond, null)),
  ['sts:AssumeRole', { bucket: 'sts', perSecond: stsPerSecond, burst: null }],
  ['sts:GetCallerIdentity', { bucket: 'sts', perSecond: stsPerSecond, burst: null }],
]);

function quota(operation: string, perSecond: number, burst: number | null): [string, Quota] {
  return [operation, { bucket: operation, perSecond, burst }];
}

/** How fast the pacer lets calls of one bucket leave. */
export interface Pace {
  readonly bucket: string;
  readonly perSecond: number;
  /** Calls that may leave at once after a pause. */
  readonly burst: number;
}

/**
 * Never the whole quota: a network that delivers unevenly, and AWS's clock beside ours, turn exactly 100 % into
 * throttles. 3 % less costs 3 % of time and nothing else.
 */
const headroom = 0.97;

/** What may leave at once, in seconds of the rate: enough to make up for a late timer or a busy event loop. */
const burstSeconds = 0.1;

/** The pace of an operation, or null when nothing limits it. */
export function paceOf(
  operation: string,
  quotaShare: number,
  requestsPerSecond: Readonly<Record<string, number>>,
): Pace | null {
  const replaced = requestsPerSecond[operation];
  const published = publishedQuotas.get(operation);
  if (replaced !== undefined) return { bucket: operation, perSecond: replaced, burst: burstAt(replaced) };
  if (published === undefined) return null;
  const share = Math.min(quotaShare, headroom);
  const perSecond = published.perSecond * share;
  const burst =
    published.burst === null ? burstAt(perSecond) : Math.max(1, Math.floor(published.burst * share));
  return { bucket: published.bucket, perSecond, burst };
}

const burstAt = (perSecond: number): number => Math.max(1, Math.floor(perSecond * burstSeconds));
