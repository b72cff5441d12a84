import type { Aws } from '../aws/aws.ts';
import type { CallCounts } from '../aws/caller.ts';
import { AwsError, noWayIn } from '../aws/error.ts';
import { type Fact, readFact } from '../aws/fact.ts';
import { partitionOf } from '../aws/partitions.ts';
import { candidateRegions, isOfRegion, RegionsInTurn } from '../aws/regions-in-turn.ts';
import type { ScopeAccess } from '../aws/scope-access.ts';
import type { Log } from '../log.ts';
import type { Scope } from '../organization/model.ts';
import type { Walk } from '../organization/plan.ts';
import { kmsReads } from '../services/kms/calls.ts';
import type { KmsReads } from '../services/kms/reads.ts';
import { ramReads, type SharedByRam } from '../services/ram/calls.ts';
import { AccessPointReadings } from './access-point-readings.ts';
import { BucketMemory } from './bucket-memory.ts';
import { KmsMemory, type Reader } from './kms-memory.ts';
import { NamedKeys } from './named-keys.ts';
import { noRamHistory, type RamHistory, RamShares } from './ram-shares.ts';
import { ReadAhead } from './read-ahead.ts';

/** One account × region of AWS, open for calls. */
export interface OpenScope {
  readonly access: ScopeAccess;
  /** For who looks up keys that resources use. */
  readonly kms: KmsReads;
  /** The same for who lists all keys. */
  readonly listing: KmsReads;
  readonly ram: RamShares;
}

interface Shared extends OpenScope {
  users: number;
}

/**
 * The scopes that are open: one for each account × region, shared by the scan of that scope and by whoever looks
 * up a key there meanwhile, so that AWS's quotas are kept by all together. Closed with its last user.
 */
export class Scopes {
  readonly #open = new Map<string, Shared>();
  readonly #ahead: ReadAhead;
  readonly #memory: KmsMemory;
  /** What RAM said, kept as long as resources may ask for keys; by the name of the scope. */
  readonly #ramListings = new Map<string, Promise<Fact<SharedByRam>>>();
  /** Calls of those that were closed, until somebody takes them. */
  readonly #counts = new Map<string, CallCounts>();
  /** The keys of other accounts that resources name, for who writes them down once all are read. */
  readonly named = new NamedKeys();
  /** The access points of accounts, for whoever needs them first. */
  readonly accessPoints = new AccessPointReadings(this);
  readonly buckets = new BucketMemory();

  constructor(
    private readonly aws: Aws,
    private readonly sessionOf: Walk['sessionOf'],
    private readonly log: Log,
    /** The accounts whose resources look up keys; none: nothing that is read is worth remembering. */
    asking: Iterable<string>,
    /** Regions that the spec names for an account; `*` among them means nothing here. */
    private readonly wantedRegions: (accountId: string) => readonly string[] = () => [],
    readonly ramHistory: RamHistory = noRamHistory,
  ) {
    this.#ahead = new ReadAhead(asking);
    this.#memory = new KmsMemory(this.#ahead);
  }

  /** All resources of an account are read: what only they could have asked for is not remembered any more. */
  lookedUp(accountId: string): void {
    this.#ahead.lookedUp(accountId);
  }

  /** Resolves when the listing of keys may read one more, without getting too far ahead of the resources. */
  room(): Promise<void> {
    return this.#ahead.room();
  }

  /** A key is listed. @param isShared whether other accounts may use it, so that it is worth remembering for them */
  listed(scope: Scope, keyId: string, isShared: () => boolean): void {
    if (!this.#ahead.isOver && isShared()) this.#memory.keep(scope, keyId);
  }

  /** The calls made in a scope since they were last taken. */
  takeCounts(accountId: string, region: string): CallCounts {
    const name = `${accountId}/${region}`;
    const closed = this.#counts.get(name) ?? noCalls;
    this.#counts.delete(name);
    return sum(closed, this.#open.get(name)?.access.counts ?? noCalls);
  }

  /** The role by which an account is read; null where it is none that was assumed for it. */
  roleOf(accountId: string): string | null {
    return this.sessionOf(accountId)?.roleArn ?? null;
  }

  /** Works in a scope. @throws AwsError when there is no way into the account */
  async use<T>(accountId: string, region: string, work: (scope: OpenScope) => Promise<T>): Promise<T> {
    const name = `${accountId}/${region}`;
    const shared = this.#open.get(name) ?? this.#enter(accountId, region);
    this.#open.set(name, shared);
    shared.users += 1;
    try {
      return await work(shared);
    } finally {
      shared.users -= 1;
      if (shared.users === 0) {
        this.#open.delete(name);
        this.#counts.set(name, sum(this.#counts.get(name) ?? noCalls, shared.access.counts));
        shared.access.close();
      }
    }
  }

  /** Regions in which an account can be asked what any of its regions knows. */
  anyRegion(accountId: string, partition: string): RegionsInTurn {
    const chosen = this.sessionOf(accountId)?.region ?? partitionOf(partition).homeRegion;
    const candidates = candidateRegions(partition, chosen, this.wantedRegions(accountId));
    const note = (error: AwsError) => this.log.debug(`${error.message}; another region is asked`);
    return new RegionsInTurn(candidates, isOfRegion, note);
  }

  #enter(accountId: string, region: string): Shared {
    const session = this.sessionOf(accountId);
    if (!session) {
      const site = { operation: 'sts:AssumeRole', accountId, region };
      throw new AwsError(
        'assume_role_denied',
        noWayIn,
        site,
        'the spec gives no credentials for this account',
      );
    }
    const access = this.aws.open(session, accountId, region);
    const kms = kmsReads(access);
    const name = `${accountId}/${region}`;
    const readBy = (reader: Reader) => this.#memory.remembering(kms, { accountId, region }, reader);
    return {
      access,
      kms: readBy('resource'),
      listing: readBy('listing'),
      ram: new RamShares(
        () => this.#listShared(name, access),
        (arn) => ramReads(access).principalsOf(arn),
        this.ramHistory.sharedKeyIds(accountId, region),
      ),
      users: 0,
    };
  }

  /** A role that may not ask RAM loses no key by it: KMS is asked of each. */
  #listShared(name: string, access: ScopeAccess): Promise<Fact<SharedByRam>> {
    const before = this.#ramListings.get(name);
    if (before !== undefined) return before;
    const listing = readFact(ramReads(access).shared()).then((listed) => {
      if (listed.state === 'unread') this.log.debug(listed.error.message);
      return listed;
    });
    if (!this.#ahead.isOver) this.#ramListings.set(name, listing);
    return listing;
  }
}

const noCalls: CallCounts = { requests: 0, throttles: 0 };

const sum = (some: CallCounts, more: CallCounts): CallCounts => ({
  requests: some.requests + more.requests,
  throttles: some.throttles + more.throttles,
});
