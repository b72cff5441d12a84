import type { Aws } from '../aws/aws.ts';
import { AwsError } from '../aws/error.ts';
import { kmsReads } from '../aws/kms.ts';
import type { KmsReads } from '../aws/kms-reads.ts';
import { partitionOf } from '../aws/partitions.ts';
import { candidateRegions, isOfRegion, RegionsInTurn } from '../aws/regions-in-turn.ts';
import type { ScopeAccess } from '../aws/scope-access.ts';
import type { Log } from '../log.ts';
import type { Walk } from '../organization/plan.ts';
import { KmsMemory } from './kms-memory.ts';

/** One account × region of AWS, open for calls. */
export interface OpenScope {
  readonly access: ScopeAccess;
  readonly kms: KmsReads;
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

  constructor(
    private readonly aws: Aws,
    private readonly sessionOf: Walk['sessionOf'],
    private readonly log: Log,
    /** Whether what was read of a key is kept for who asks next: keys that resources use are read once. */
    remember: boolean,
    /** Regions that the spec names for an account; `*` among them means nothing here. */
    private readonly wantedRegions: (accountId: string) => readonly string[] = () => [],
  ) {
    this.#memory = remember ? new KmsMemory() : null;
  }

  /** The look-ups are over: what is read from now on, nobody asks for again. */
  seal(): void {
    this.#memory?.seal();
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
        'NoWayIn',
        site,
        'the spec gives no credentials for this account',
      );
    }
    const access = this.aws.open(session, accountId, region);
    const kms = kmsReads(access);
    return { access, kms: this.#memory?.remembering(kms, `${accountId}/${region}`) ?? kms, users: 0 };
  }
}
