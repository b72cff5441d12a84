/** A token bucket: so many calls a second, so many at once. */
export interface Quota {
  readonly perSecond: number;
  readonly burst: number;
}

const each = (perSecond: number): Quota => ({ perSecond, burst: perSecond });

/**
 * AWS's published default quotas for what the simulator answers, each per account, region and operation.
 * KMS developer guide "Request quotas", Organizations user guide "Quotas", read 2026-11-23; "CloudWatch service quotas", read
 * 2026-11-30. S3 and EC2 publish
 * none for these calls.
 */
const publishedQuotas: Readonly<Record<string, Quota>> = {
  'kms:DescribeKey': each(2000),
  'kms:ListResourceTags': each(2000),
  'kms:GetKeyPolicy': each(1000),
  'kms:GetKeyRotationStatus': each(1000),
  'kms:ListKeys': each(500),
  'kms:ListAliases': each(500),
  'kms:ListGrants': each(100),
  'kms:ListKeyRotations': each(100),
  'kms:DescribeCustomKeyStores': each(5),
  'kms:GetKeyLastUsage': each(5),
  'cloudwatch:ListMetrics': each(25),
  'cloudwatch:GetMetricData': each(500),
  'organizations:ListAccounts': { perSecond: 8, burst: 12 },
  'organizations:ListAccountsForParent': { perSecond: 5, burst: 8 },
  'organizations:ListOrganizationalUnitsForParent': { perSecond: 5, burst: 8 },
  'organizations:ListParents': { perSecond: 5, burst: 8 },
  'organizations:ListChildren': { perSecond: 6, burst: 10 },
  'organizations:ListRoots': { perSecond: 1, burst: 2 },
  'organizations:DescribeOrganization': { perSecond: 1, burst: 2 },
  'organizations:DescribeAccount': { perSecond: 20, burst: 30 },
  'organizations:DescribeOrganizationalUnit': { perSecond: 2, burst: 2 },
  'organizations:ListDelegatedAdministrators': { perSecond: 5, burst: 8 },
  'organizations:ListPolicies': { perSecond: 5, burst: 8 },
  'organizations:DescribePolicy': { perSecond: 2, burst: 2 },
  'organizations:ListTargetsForPolicy': { perSecond: 5, burst: 8 },
  'organizations:ListTagsForResource': { perSecond: 10, burst: 15 },
  'sts:*': each(600),
};

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** Enforces quotas on the CALLER's account, as AWS does, also where the key is another account's. */
export class Quotas {
  /** Nothing is enforced unless this is on. */
  enabled: boolean;
  /** Share of each quota that is there for this client; change it while running ("other tools take half"). */
  factor = 1;
  /** Operation → calls refused. */
  readonly throttled = new Map<string, number>();
  readonly #quotas: Map<string, Quota>;
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => number;

  /** `now`: milliseconds of a clock that never goes back. */
  constructor(options: {
    readonly enabled: boolean;
    readonly now: () => number;
    readonly quotas?: Readonly<Record<string, Quota>>;
  }) {
    this.enabled = options.enabled;
    this.#now = options.now;
    this.#quotas = new Map(Object.entries(options.quotas ?? publishedQuotas));
  }

  /** Raises or lowers one operation's quota, as a support case would. */
  set(operation: string, quota: Quota): void {
    this.#quotas.set(operation, quota);
  }

  /**
   * Takes one call off the quota; false: AWS refuses it.
   * @param perSecond what holds where the table of quotas says nothing; undefined: no quota
   */
  admits(account: string, region: string, operation: string, perSecond?: number): boolean {
    if (!this.enabled) return true;
    const shared = `${operation.slice(0, operation.indexOf(':'))}:*`;
    const name = this.#quotas.has(operation) ? operation : shared;
    const quota = this.#quotas.get(name) ?? (perSecond === undefined ? undefined : each(perSecond));
    if (quota === undefined || this.#take(`${account} ${region} ${name}`, quota)) return true;
    this.throttled.set(operation, (this.throttled.get(operation) ?? 0) + 1);
    return false;
  }

  #take(name: string, quota: Quota): boolean {
    const now = this.#now();
    const capacity = Math.max(1, quota.burst * this.factor);
    let bucket = this.#buckets.get(name);
    if (bucket === undefined) {
      bucket = { tokens: capacity, filledAt: now };
      this.#buckets.set(name, bucket);
    }
    const refill = ((now - bucket.filledAt) / 1000) * quota.perSecond * this.factor;
    bucket.tokens = Math.min(capacity, bucket.tokens + refill);
    bucket.filledAt = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }
}
