import type { Dispatcher } from 'undici';
import { type Attempt, type CallCounts, type CallerContext, ScopeCaller } from './caller.ts';
import { type ClientConfig, type Credentials, clientConfig } from './client.ts';
import { AwsError, type CallSite } from './error.ts';
import { httpHandler } from './http-handler.ts';
import { regionalEndpoint, signingRegionOf } from './regional-endpoint.ts';
import type { CustomEndpoint } from './settings.ts';
import { type Address, type Api, addressOf, SignedApi } from './signed-api.ts';
import { Signer } from './sigv4.ts';

/** What a scope needs of a session: credentials that it can have renewed. */
export interface CredentialHolder {
  /** The profile that they began with; null: that of the environment, else the default one. */
  readonly profile: string | null;
  /** Resolves when `credentials` will answer fresh ones. */
  ready(): Promise<void>;
  /** Those in use. @throws when `ready` was never awaited */
  credentials(): Credentials;
  /** AWS said that these have expired: the next `ready` gets new ones. */
  expire(used: Credentials): void;
}

export interface AwsContext extends CallerContext {
  readonly dispatcher: Dispatcher;
  /** Addresses by service, region and profile: found once a sync. */
  readonly endpoints: Map<string, Promise<Address>>;
}

/** Said of credentials that AWS does not know, and of all credentials in a region that the account has not enabled. */
const unknownCodes = new Set(['UnrecognizedClientException', 'InvalidClientTokenId', 'AuthFailure']);
const expiredCodes = new Set(['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired']);

/**
 * The way into one account × region (or `global`) of AWS with some credentials. Holds the clients and pacers of
 * that scope: open one per scope, hand it to `kmsReads` and its like, close it when the scope is done.
 */
export class ScopeAccess {
  readonly region: string;
  /** 12 digits; null while it is not known whose the credentials are. */
  readonly accountId: string | null;
  readonly #context: AwsContext;
  readonly #holder: CredentialHolder;
  readonly #caller: ScopeCaller;

  constructor(context: AwsContext, holder: CredentialHolder, accountId: string | null, region: string) {
    this.region = region;
    this.accountId = accountId;
    this.#context = context;
    this.#holder = holder;
    const payer = accountId ?? `profile ${holder.profile ?? ''}`;
    this.#caller = new ScopeCaller(context, accountId, region, payer);
  }

  /** Calls made so far, retries included. */
  get counts(): CallCounts {
    return this.#caller.counts;
  }

  /** Drops the pacers; calls that still wait end as `cancelled`. */
  close(): void {
    this.#caller.close();
  }

  /** For the calls of a service: the emulator that stands in for AWS, if any. */
  get customEndpoint(): CustomEndpoint | null {
    return this.#context.settings.customEndpoint;
  }

  /** For the calls of a service: the profile that the credentials began with. */
  get profile(): string | null {
    return this.#holder.profile;
  }

  /** For the calls of a service: how to make a client of the SDK. */
  clientConfig(): ClientConfig {
    const { dispatcher, settings } = this.#context;
    const credentials = async () => this.#holder.credentials();
    const destination = { custom: settings.customEndpoint, profile: this.profile };
    return clientConfig(this.region, credentials, httpHandler(dispatcher), destination);
  }

  /** For the calls of a service: its API without the SDK. */
  signedApi<Input, Answer>({ signingName, endpoint, protocol }: Api<Input, Answer>): SignedApi<Answer> {
    const { dispatcher, settings, clock, signal, endpoints } = this.#context;
    const { region, profile } = this;
    const custom = settings.customEndpoint;
    // Services that sign with one name have addresses of their own: Bedrock, and what builds agents there.
    const name = JSON.stringify([endpoint.prefix, endpoint.serviceId, region, profile]);
    const find = async () =>
      addressOf(custom === null ? await regionalEndpoint(endpoint, region, profile) : new URL(custom.url));
    return new SignedApi({
      dispatcher,
      signer: new Signer(custom?.signingRegion ?? signingRegionOf(endpoint, region), signingName),
      protocol,
      endpoint() {
        const found = endpoints.get(name) ?? find();
        endpoints.set(name, found);
        return found;
      },
      credentials: () => this.#holder.credentials(),
      date: () => clock.date(),
      signal,
    });
  }

  /** For the calls of a service: where an error of theirs happened. */
  site(operation: string): CallSite {
    return this.#caller.site(operation);
  }

  /**
   * For the calls of a service: one call, with fresh credentials, and once more with new ones when AWS
   * says that they expired. @throws AwsError
   */
  async call<T>(attempt: ScopedAttempt<T>): Promise<T> {
    let used: Credentials | null = null;
    const calling = this.#caller.call({
      ...attempt,
      prepare: async () => {
        await this.#holder.ready();
        used = this.#holder.credentials();
      },
      send: () => attempt.send({ abortSignal: this.#context.signal }),
      mend: (error: AwsError) => {
        if (used === null || !expiredCodes.has(error.code)) return false;
        this.#holder.expire(used);
        return true;
      },
    });
    try {
      const result = await calling;
      if (used !== null) accepted.add(used);
      return result;
    } catch (error) {
      throw error instanceof AwsError ? explain(error, used) : error;
    }
  }
}

/** Credentials with which AWS has answered somewhere. */
const accepted = new WeakSet<Credentials>();

/**
 * A session token that works in one region and is unknown in another: the other is not enabled. A user's long-term
 * key is not proof enough, since it can be deleted while the sync runs.
 */
function explain(error: AwsError, used: Credentials | null): AwsError {
  if (used?.sessionToken === undefined || !accepted.has(used) || !unknownCodes.has(error.code)) return error;
  return new AwsError('region_disabled', error.code, error.site, error.detail);
}

/** What the SDK's `send` takes beside the command. */
export interface SendOptions {
  readonly abortSignal: AbortSignal;
}

export interface ScopedAttempt<T>
  extends Pick<Attempt<T>, 'operation' | 'accountId' | 'secrets' | 'maxRetries' | 'goesFirst'> {
  readonly send: (options: SendOptions) => Promise<T>;
}

/** Whose account a call is about, what must never be repeated, how often it is tried, when; where it is not as usual. */
export type Peculiar = Partial<
  Pick<ScopedAttempt<unknown>, 'accountId' | 'secrets' | 'maxRetries' | 'goesFirst'>
>;

/** The same for a page of a listing: the first waits for its turn, those that follow go first. */
export const ofPage = (marker: string | undefined, peculiar: Peculiar = {}): Peculiar =>
  marker === undefined ? peculiar : { ...peculiar, goesFirst: true };
