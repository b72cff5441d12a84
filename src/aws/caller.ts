import { aborted } from './aborted.ts';
import { backoff, isWorthRetrying } from './backoff.ts';
import type { Clock, Random } from './clock.ts';
import type { AwsError, CallSite, Reason } from './error.ts';
import { paceOf } from './pace.ts';
import type { Pacer } from './pacer.ts';
import type { OpenPacers, Pacers } from './pacers.ts';
import type { Requests } from './requests.ts';
import type { AwsSettings } from './settings.ts';
import type { SignUps } from './sign-ups.ts';
import { toAwsError } from './to-aws-error.ts';

/** Calls made in a scope, retries included. */
export interface CallCounts {
  readonly requests: number;
  readonly throttles: number;
}

/** What all calls of a sync have in common. */
export interface CallerContext {
  readonly settings: AwsSettings;
  /** Of the whole process. */
  readonly requests: Requests;
  /** Of the whole process. */
  readonly pacers: Pacers;
  readonly clock: Clock;
  readonly random: Random;
  /** Ends every call and every wait at once. */
  readonly signal: AbortSignal;
  /** Which accounts AWS says have not signed up for a service. */
  readonly signUps: SignUps;
  /** Told of each call that AWS did not deny; null unless somebody wants to know. */
  readonly answered: ((site: CallSite) => void) | null;
  /** Told of every request in a line without secrets; null unless somebody wants to know. */
  readonly trace: ((line: string) => void) | null;
}

/** What AWS says of a call only once it has allowed it. */
const afterPermission: ReadonlySet<Reason> = new Set(['not_found', 'invalid_state', 'unsupported']);

/** How one operation is carried out, once it may be. */
export interface Attempt<T> {
  /** IAM spelling: `kms:DescribeKey`. */
  readonly operation: string;
  /** Before each try, outside of the limit on requests: it may make calls of its own. */
  readonly prepare?: () => Promise<void>;
  readonly send: () => Promise<T>;
  /** True: something was mended (credentials renewed), and the call deserves another try. Asked once a call. */
  readonly mend?: (error: AwsError) => boolean;
  /** Whom an error is about, when that is not the scope's account. */
  readonly accountId?: string | null;
  /** Never to be repeated in an error. */
  readonly secrets?: readonly string[];
  /** Further pages of a listing: they come one after another, and much waits for the last. */
  readonly goesFirst?: boolean;
  /** Tries again at most so often, where the answer can be done without; absent: as the spec says. */
  readonly maxRetries?: number;
}

/**
 * The one path that every call of AWS takes: paced by account × region × operation, limited in number over the
 * process, tried again with full jitter, counted, stopped by the signal. Rejects with AwsError only.
 */
export class ScopeCaller {
  readonly #context: CallerContext;
  readonly #accountId: string | null;
  readonly #region: string;
  readonly #quotaOf: string;
  #pacers: OpenPacers | null = null;
  readonly #onAbort = () => this.#stop();
  #requests = 0;
  #throttles = 0;

  /**
   * @param accountId null while it is not known whose the credentials are
   * @param payer whose quota is used; absent: the account's
   */
  constructor(context: CallerContext, accountId: string | null, region: string, payer = accountId ?? '') {
    this.#context = context;
    this.#quotaOf = `${context.settings.customEndpoint?.url ?? ''} ${payer} ${region}`;
    this.#accountId = accountId;
    this.#region = region;
  }

  get counts(): CallCounts {
    return { requests: this.#requests, throttles: this.#throttles };
  }

  site(operation: string, accountId = this.#accountId): CallSite {
    return { operation, accountId, region: this.#region };
  }

  /** Forgets the pacers; a scope that is done costs no memory. */
  close(): void {
    this.#context.signal.removeEventListener('abort', this.#onAbort);
    this.#stop();
    this.#pacers?.close();
    this.#pacers = null;
  }

  /** @throws AwsError */
  async call<T>(attempt: Attempt<T>): Promise<T> {
    const { settings, random } = this.#context;
    const pacer = this.#pacer(attempt.operation);
    const maxRetries = Math.min(settings.maxRetries, attempt.maxRetries ?? Number.POSITIVE_INFINITY);
    let mended = false;
    for (let failures = 1; ; failures += 1) {
      try {
        const answer = await this.#try(attempt, pacer);
        this.#trace(attempt, failures, 'answered');
        const site = this.site(attempt.operation, attempt.accountId);
        this.#context.signUps.answered(site);
        this.#context.answered?.(site);
        return answer;
      } catch (thrown) {
        const error = this.#understand(thrown, attempt);
        this.#trace(attempt, failures, error.code);
        this.#context.signUps.failed(error);
        if (afterPermission.has(error.reason)) this.#context.answered?.(error.site);
        if (error.reason === 'throttled') {
          this.#throttles += 1;
          pacer?.throttled();
        }
        const again = !mended && attempt.mend?.(error) === true;
        if (again) mended = true;
        else if (!isWorthRetrying(error.reason, failures, maxRetries, thrown)) throw error;
        else await this.#sleep(backoff(error.reason, failures, settings.maxBackoff, random), attempt);
      }
    }
  }

  async #try<T>(attempt: Attempt<T>, pacer: Pacer | null): Promise<T> {
    const { operation, accountId, prepare, send, goesFirst } = attempt;
    const { requests, signal, signUps } = this.#context;
    if (signal.aborted) throw aborted();
    if (pacer !== null) await this.#pacers?.take(pacer);
    let isLetGo = pacer !== null;
    const begin = () => {
      if (isLetGo) pacer?.begun();
      isLetGo = false;
    };
    try {
      const request = () => {
        begin();
        if (signal.aborted) throw aborted();
        const refusal = signUps.refusal(this.site(operation, accountId));
        if (refusal !== null) throw refusal;
        this.#requests += 1;
        return send();
      };
      return await requests.run(prepare, request, goesFirst);
    } finally {
      // What failed in its preparation has not begun.
      begin();
    }
  }

  #trace({ operation, accountId }: Attempt<unknown>, nth: number, outcome: string): void {
    const { trace } = this.#context;
    if (trace === null) return;
    const site = this.site(operation, accountId);
    trace(
      `${operation} (account ${site.accountId ?? 'of the credentials'}, ${site.region}, try ${nth}): ${outcome}`,
    );
  }

  #understand(thrown: unknown, { operation, accountId, secrets }: Attempt<unknown>): AwsError {
    const site = this.site(operation, accountId);
    return toAwsError(this.#context.signal.aborted ? aborted() : thrown, site, secrets);
  }

  #pacer(operation: string): Pacer | null {
    const { settings, clock, signal, pacers } = this.#context;
    const pace = paceOf(operation, settings);
    if (pace === null) return null;
    if (this.#pacers === null) {
      this.#pacers = pacers.open(this.#quotaOf);
      signal.addEventListener('abort', this.#onAbort);
    }
    return this.#pacers.of(pace, clock);
  }

  #sleep(milliseconds: number, attempt: Attempt<unknown>): Promise<void> {
    const { clock, signal } = this.#context;
    return new Promise((resolve, reject) => {
      const cancel = clock.after(milliseconds, () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      });
      const onAbort = () => {
        cancel();
        reject(this.#understand(aborted(), attempt));
      };
      if (signal.aborted) onAbort();
      else signal.addEventListener('abort', onAbort);
    });
  }

  #stop(): void {
    this.#pacers?.stop(aborted());
  }
}
