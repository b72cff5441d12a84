import type { Credentials } from './client.ts';
import { denialOf, isOfCaller } from './denial.ts';
import { AwsError, type Reason } from './error.ts';
import { partitionOfRegion } from './partitions.ts';
import { type Candidates, candidateRegions, isOfRegion, RegionsInTurn } from './regions-in-turn.ts';
import { type AwsContext, ScopeAccess } from './scope-access.ts';
import { type AssumableRole, type CallerIdentity, type Sts, stsCalls } from './sts.ts';

/** New credentials are fetched when the old ones have so many milliseconds left. */
const renewBefore = 5 * 60 * 1000;

/** What is still valid is renewed at most once in so many milliseconds: some sources give short-lived ones only. */
const renewalPause = 10_000;

/** Failures that no further try of the same sync will mend: every read of the account must not ask again. */
const lasting: ReadonlySet<Reason> = new Set([
  'assume_role_denied',
  'credentials_unusable',
  'region_disabled',
  'account_inactive',
]);

type Fetch = () => Promise<Credentials>;

/** Whose the credentials are, and where STS is asked with them. */
export interface SessionPlace {
  /** Whose STS is asked first. */
  readonly region: string;
  /** Null while it is not known. */
  readonly accountId: string | null;
  /** The profile that they began with; null: that of the environment, else the default one. */
  readonly profile: string | null;
}

/** Where STS may be asked: every region's knows every role. */
function stsRegions({ region }: SessionPlace, { settings: { regionHint } }: AwsContext): Candidates {
  return candidateRegions(partitionOfRegion(region).id, region, regionHint === null ? [] : [regionHint]);
}

/** A role that does not trust the caller does not do so in any region, nor is one forbidden that gave another role. */
function isOfStsRegion(error: AwsError, home: string, hasServed: boolean): boolean {
  if (error.reason !== 'assume_role_denied') return isOfRegion(error, home);
  const denial = denialOf(error.detail);
  return denial !== null && isOfCaller(denial) && !hasServed;
}

/**
 * Credentials that renew themselves. Nothing is asked of AWS before the first use; the secrets stay inside the
 * AWS layer.
 */
export class Session {
  readonly profile: string | null;
  /** The role that was assumed, with its path; null for credentials that come from elsewhere. */
  readonly roleArn: string | null;
  readonly #context: AwsContext;
  readonly #place: SessionPlace;
  readonly #fetch: Fetch;
  /** STS, by region. */
  readonly #sts = new Map<string, Sts>();
  readonly #identityRegions: RegionsInTurn;
  readonly #roleRegions: RegionsInTurn;
  #current: Credentials | null = null;
  /** AWS called `#current` expired before its time. */
  #refused = false;
  #fetching: Promise<Credentials> | null = null;
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #failure: AwsError | null = null;
  #identity: Promise<CallerIdentity> | null = null;
  /** Null while it is not known: STS is paced by the profile until then. */
  #accountId: string | null;

  /** @param fetch gets new credentials; rejects with AwsError only */
  constructor(context: AwsContext, place: SessionPlace, fetch: Fetch, roleArn: string | null = null) {
    this.profile = place.profile;
    this.roleArn = roleArn;
    this.#context = context;
    this.#place = place;
    this.#accountId = place.accountId;
    this.#fetch = fetch;
    const candidates = stsRegions(place, context);
    this.#identityRegions = new RegionsInTurn(candidates);
    this.#roleRegions = new RegionsInTurn(candidates, isOfStsRegion);
  }

  /** The region that was chosen for the credentials: its STS is asked first. */
  get region(): string {
    return this.#place.region;
  }

  /** Who these credentials are. Asked once, then remembered; asked again after a failure. @throws AwsError */
  identity(): Promise<CallerIdentity> {
    this.#identity ??= this.#askIdentity();
    return this.#identity;
  }

  async #askIdentity(): Promise<CallerIdentity> {
    try {
      const caller = await this.#identityRegions.ask((region) => this.#stsOf(region).callerIdentity());
      this.#belongTo(caller.accountId);
      return caller;
    } catch (error) {
      // What failed in passing must not be the answer for the rest of the sync.
      this.#identity = null;
      throw error;
    }
  }

  /** From here on the quota of STS is shared with every session of the account, whatever profile it began with. */
  #belongTo(accountId: string): void {
    if (this.#accountId !== null) return;
    this.#accountId = accountId;
    this.#sts.clear();
  }

  /** A role assumed with these credentials, when it is first used. */
  assumeRole(role: AssumableRole): Session {
    const accountId = /^arn:[^:]*:iam::(\d{12}):/.exec(role.roleArn)?.[1] ?? null;
    const fetch = () => this.#roleRegions.ask((region) => this.#stsOf(region).assumeRole(role));
    return new Session(this.#context, { ...this.#place, accountId }, fetch, role.roleArn);
  }

  #stsOf(region: string): Sts {
    const before = this.#sts.get(region);
    if (before !== undefined) return before;
    const sts = stsCalls(new ScopeAccess(this.#context, this, this.#accountId, region));
    this.#sts.set(region, sts);
    return sts;
  }

  /** Resolves when `credentials` will answer fresh ones. @throws AwsError */
  async ready(): Promise<void> {
    const left = this.#millisecondsLeft();
    if (left > renewBefore || (left > 0 && this.#now() - this.#fetchedAt < renewalPause)) return;
    if (this.#failure !== null) throw this.#failure;
    this.#fetching ??= this.#renew();
    try {
      await this.#fetching;
    } catch (error) {
      // What is still valid is used to its end.
      if (this.#millisecondsLeft() <= 0) throw error;
    }
  }

  credentials(): Credentials {
    if (this.#current === null) throw new Error('credentials were used before they were fetched');
    return this.#current;
  }

  /** AWS said that these have expired: the next `ready` gets new ones. */
  expire(used: Credentials): void {
    if (this.#current === used) this.#refused = true;
  }

  async #renew(): Promise<Credentials> {
    this.#fetchedAt = this.#now();
    try {
      this.#current = await this.#fetch();
      this.#refused = false;
      return this.#current;
    } catch (error) {
      if (error instanceof AwsError && lasting.has(error.reason)) this.#failure = error;
      throw error;
    } finally {
      this.#fetching = null;
    }
  }

  #millisecondsLeft(): number {
    if (this.#current === null || this.#refused) return Number.NEGATIVE_INFINITY;
    const { expiration } = this.#current;
    return expiration === undefined ? Number.POSITIVE_INFINITY : expiration.getTime() - this.#now();
  }

  /** Milliseconds since 1970. */
  #now(): number {
    return this.#context.clock.date();
  }
}
