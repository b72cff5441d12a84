import type { Aws } from '../aws/aws.ts';
import { AwsError, noWayIn } from '../aws/error.ts';
import { type Fact, readFact } from '../aws/fact.ts';
import { partitionOf } from '../aws/partitions.ts';
import { candidateRegions, isOfRegion, RegionsInTurn } from '../aws/regions-in-turn.ts';
import type { ScopeAccess } from '../aws/scope-access.ts';
import type { Log } from '../log.ts';
import type { Walk } from '../organization/plan.ts';
import { kmsReads } from '../services/kms/calls.ts';
import type { KmsReads } from '../services/kms/reads.ts';
import { ramReads } from '../services/ram/calls.ts';
import { KmsMemory } from './kms-memory.ts';
import { NamedKeys } from './named-keys.ts';
import { noRamHistory, type RamHistory, RamShares } from './ram-shares.ts';

/** One account × region of AWS, open for calls. */
export interface OpenScope {
  readonly access: ScopeAccess;
  readonly kms: KmsReads;
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
  readonly #memory: KmsMemory | null;
  /** What RAM said, kept as long as what KMS said of keys is; by the name of the scope. */
  readonly #ramListings = new Map<string, Promise<Fact<ReadonlySet<string>>>>();
  #isSealed: boolean;
  /** The keys of other accounts that resources name, for who writes them down once all are read. */
  readonly named = new NamedKeys();

  constructor(
    private readonly aws: Aws,
    private readonly sessionOf: Walk['sessionOf'],
    private readonly log: Log,
    /** Whether what was read of a key is kept for who asks next: keys that resources use are read once. */
    remember: boolean,
    /** Regions that the spec names for an account; `*` among them means nothing here. */
    private readonly wantedRegions: (accountId: string) => readonly string[] = () => [],
    readonly ramHistory: RamHistory = noRamHistory,
  ) {
    this.#memory = remember ? new KmsMemory() : null;
    this.#isSealed = !remember;
  }

  /** The look-ups are over: what is read from now on, nobody asks for again. */
  seal(): void {
    this.#memory?.seal();
    this.#isSealed = true;
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
    return {
      access,
      kms: this.#memory?.remembering(kms, name) ?? kms,
      ram: new RamShares(
        () => this.#listShared(name, access),
        this.ramHistory.sharedKeyIds(accountId, region),
      ),
      users: 0,
    };
  }

  /** A role that may not ask RAM loses nothing by it: KMS is asked of each key. */
  #listShared(name: string, access: ScopeAccess): Promise<Fact<ReadonlySet<string>>> {
    const known = this.#ramListings.get(name);
    if (known !== undefined) return known;
    const listing = readFact(ramReads(access).sharedKeyIds()).then((listed) => {
      if (listed.state === 'unread') this.log.debug(listed.error.message);
      return listed;
    });
    if (!this.#isSealed) this.#ramListings.set(name, listing);
    return listing;
  }
}
