import { askedOnce } from '../aws/asked-once.ts';
import { type AwsError, isFailedRead } from '../aws/error.ts';
import { type Fact, known, notAsked, readFact } from '../aws/fact.ts';
import type { ScopeAccess } from '../aws/scope-access.ts';
import type { Scope } from '../organization/model.ts';
import type { AccessPointFacts } from '../posture/bucket/access-point-facts.ts';
import type {
  AccessPointEntry,
  AccessPointReads,
  MultiRegionBucket,
  MultiRegionEntry,
} from '../services/s3/access-point-facts.ts';
import { accessPointReads, multiRegionHome } from '../services/s3/access-points.ts';

/** One access point and one bucket behind it, as it was listed. */
export interface AccessPointReading {
  readonly name: string;
  /** The bucket's name; null: it is of something else. */
  readonly bucket: string | null;
  /** All that AWS says of it, asked once; null: it was deleted meanwhile. Rejects only when the sync is stopped. */
  read(): Promise<AccessPointFacts | null>;
}

/** What was listed, and what cut the listing short, if something did. */
export interface ListedAccessPoints {
  readonly found: readonly AccessPointReading[];
  readonly error: AwsError | null;
}

/** The way into an account and region. */
interface Way {
  use<T>(
    accountId: string,
    region: string,
    work: (open: { readonly access: ScopeAccess }) => Promise<T>,
  ): Promise<T>;
}

/**
 * The access points of accounts, each listed and read once a sync: for the table of them, and for the buckets whose
 * policies leave the decision to them, of the same account or another.
 */
export class AccessPointReadings {
  readonly #way: Way;
  readonly #listed = new Map<string, Promise<ListedAccessPoints>>();

  constructor(way: Way) {
    this.#way = way;
  }

  /** Those that an account has in a region, whosever the buckets are. Rejects only when the sync is stopped. */
  inRegion(scope: Scope): Promise<ListedAccessPoints> {
    return this.#once(
      scope,
      scope.region,
      (reads) => reads.list(),
      (entry) => [this.#inRegion(scope, entry)],
    );
  }

  /** Those for buckets of several regions; S3 tells of them in one, in the partition `aws` only. */
  async multiRegion(scope: Scope): Promise<ListedAccessPoints> {
    if (scope.partition !== 'aws') return { found: [], error: null };
    return this.#once(
      { ...scope, region: multiRegionHome },
      'all',
      (reads) => reads.listMultiRegion(),
      (entry) => this.#multiRegion(scope, entry),
    );
  }

  #once<Entry>(
    scope: Scope,
    name: string,
    list: (reads: AccessPointReads) => AsyncIterable<readonly Entry[]>,
    readingsOf: (entry: Entry) => readonly AccessPointReading[],
  ): Promise<ListedAccessPoints> {
    const key = `${scope.accountId}/${name}`;
    const before = this.#listed.get(key);
    if (before !== undefined) return before;
    const found: AccessPointReading[] = [];
    const gather = async (reads: AccessPointReads): Promise<void> => {
      for await (const page of list(reads)) found.push(...page.flatMap(readingsOf));
    };
    // What came before a failure was listed all the same.
    const listing = this.#use(scope, gather).then(
      () => ({ found, error: null }),
      (error: unknown) => ({ found, error: refusal(error) }),
    );
    this.#listed.set(key, listing);
    return listing;
  }

  #inRegion(scope: Scope, entry: AccessPointEntry): AccessPointReading {
    const { name, bucket, arn, alias, bucketAccountId, networkOrigin, vpcId, dataSourceType } = entry;
    const { partition, region, accountId } = scope;
    const read = async (): Promise<AccessPointFacts | null> => {
      const [publicAccessBlock, policy] = await Promise.all([
        readFact(this.#use(scope, (reads) => reads.publicAccessBlock(name))),
        readFact(this.#use(scope, (reads) => reads.policy(name))),
      ]);
      const policyIsPublic = isNone(policy)
        ? policy
        : await readFact(this.#use(scope, (reads) => reads.policyIsPublic(name)));
      const isGone = [publicAccessBlock, policy, policyIsPublic].some(
        (fact) => fact.state === 'unread' && fact.error.code === 'NoSuchAccessPoint',
      );
      if (isGone) return null;
      return {
        scope,
        kind: 'access_point',
        name,
        arn: arn ?? `arn:${partition}:s3:${region}:${accountId}:accesspoint/${name}`,
        alias,
        bucket,
        bucketAccountId,
        networkOrigin,
        vpcId,
        dataSourceType,
        publicAccessBlock,
        policy,
        policyIsPublic,
      };
    };
    return { name, bucket, read: askedOnce(read) };
  }

  #multiRegion(scope: Scope, entry: MultiRegionEntry): readonly AccessPointReading[] {
    const { name, alias, buckets } = entry;
    const home = { ...scope, region: multiRegionHome };
    const readPolicy = askedOnce(async () => {
      const policy = await readFact(this.#use(home, (reads) => reads.multiRegionPolicy(name)));
      const policyIsPublic = isNone(policy)
        ? policy
        : await readFact(this.#use(home, (reads) => reads.multiRegionPolicyIsPublic(name)));
      return { policy, policyIsPublic };
    });
    const readFor = async ({
      bucket,
      region,
      bucketAccountId,
    }: MultiRegionBucket): Promise<AccessPointFacts> => {
      return {
        scope: { ...scope, region: region ?? multiRegionHome },
        kind: 'multi_region_access_point',
        name,
        arn: `arn:${scope.partition}:s3::${scope.accountId}:accesspoint/${alias ?? name}`,
        alias,
        bucket,
        bucketAccountId,
        networkOrigin: null,
        vpcId: null,
        dataSourceType: null,
        publicAccessBlock: entry.publicAccessBlock === null ? notAsked : known(entry.publicAccessBlock),
        ...(await readPolicy()),
      };
    };
    return buckets.map((one) => ({ name, bucket: one.bucket, read: askedOnce(() => readFor(one)) }));
  }

  #use<T>({ accountId, region }: Scope, work: (reads: AccessPointReads) => Promise<T>): Promise<T> {
    return this.#way.use(accountId, region, ({ access }) => work(accessPointReads(access, accountId)));
  }
}

const isNone = (policy: Fact<string | null>): policy is Extract<Fact<null>, { readonly state: 'known' }> =>
  policy.state === 'known' && policy.value === null;

/** @throws what is no answer of AWS */
function refusal(error: unknown): AwsError {
  if (isFailedRead(error)) return error;
  throw error;
}
