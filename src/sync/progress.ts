import type { AwsError } from '../aws/error.ts';
import type { Log } from '../log.ts';
import type { Walk } from '../organization/plan.ts';
import { keys } from '../tables/keys.ts';
import type { Message } from './message.ts';

/** Milliseconds between two lines about a sync at work. */
const interval = 10_000;
/** Names in one line. */
const mostNames = 5;

/** Tells who watches the log, at level info, how far a sync is: what it reads, every 10 s, and how it ended. */
export class Progress {
  readonly #log: Log;
  readonly #now: () => number;
  readonly #memberRole: string | null;
  readonly #failed = new Map<string, AwsError>();
  readonly #members = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #startedAt = 0;
  #unknownAccounts = 0;
  #accounts = 0;
  #scopes = 0;
  #parts = 0;
  #partsDone = 0;
  #keys = 0;

  /**
   * @param now milliseconds
   * @param memberRole that the members of the organization are entered by; null: it is no organization
   */
  constructor(log: Log, memberRole: string | null, now: () => number = Date.now) {
    this.#log = log;
    this.#memberRole = memberRole;
    this.#now = now;
  }

  /** The walk is done, and reading begins. Ends with `end` or `stop`. */
  begin(walk: Walk): void {
    this.#startedAt = this.#now();
    this.#accounts = walk.plans.length;
    this.#unknownAccounts = walk.plans.length;
    for (const { account } of walk.plans) if (account.id !== walk.listedBy) this.#members.add(account.id);
    for (const { accountId, error } of walk.problems) this.#failed.set(accountId, error);
    this.#log.info(walkLine(walk));
    this.#timer = setInterval(() => this.#log.info(this.line()), interval);
    this.#timer.unref();
  }

  /** It is known what there is to read of an account: so many scopes, each in so many parts. */
  account(scopes: number, parts: number): void {
    this.#unknownAccounts -= 1;
    this.#scopes += scopes;
    this.#parts += scopes * parts;
  }

  failed(accountId: string, error: AwsError): void {
    this.#unknownAccounts -= 1;
    this.#failed.set(accountId, error);
  }

  partDone(): void {
    this.#partsDone += 1;
  }

  count(message: Message): void {
    if (message.kind === 'insert' && message.table === keys) this.#keys += message.rows.length;
  }

  /** `scopes 180 of 456, keys 12,004, 3 denied, about 2 min left` */
  line(): string {
    const done = this.#parts === 0 ? 0 : Math.floor((this.#scopes * this.#partsDone) / this.#parts);
    const total = `${this.#unknownAccounts > 0 ? 'at least ' : ''}${number(this.#scopes)}`;
    const failed = this.#failed.size === 0 ? [] : [`${number(this.#failed.size)} denied`];
    return [
      `scopes ${number(done)} of ${total}`,
      `keys ${number(this.#keys)}`,
      ...failed,
      ...this.#timeLeft(),
    ].join(', ');
  }

  /** All is read: what could not be, and what to do next. */
  end(): void {
    this.stop();
    const seconds = Math.round((this.#now() - this.#startedAt) / 1000);
    const what = `${number(this.#scopes)} scopes of ${number(this.#accounts)} accounts, keys ${number(this.#keys)}`;
    this.#log.info(`Read in ${duration(seconds)}: ${what}. ${this.#next()}`);
    const members = [...this.#members];
    const isRefused = members.every((id) => this.#failed.get(id)?.reason === 'assume_role_denied');
    if (this.#memberRole !== null && members.length > 0 && isRefused) {
      this.#log.warn(
        `No member account could be entered by the role ${this.#memberRole}: check member_role_name, that the role is in the members, trusts who assumes it, and takes the member_external_id of the spec.`,
      );
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #timeLeft(): string[] {
    if (this.#partsDone === 0 || this.#unknownAccounts > 0) return [];
    const left = ((this.#now() - this.#startedAt) / this.#partsDone) * (this.#parts - this.#partsDone);
    return left <= 0 ? [] : [`about ${duration(Math.ceil(left / 1000))} left`];
  }

  #next(): string {
    const failed = [...this.#failed].map(([id, { reason }]) => `${id} (${reason})`).sort();
    const why =
      'aws_encryption_coverage says what could not be read, and why; then `views`, `check` and `report`';
    return failed.length === 0 ? `Next: ${why}.` : `Failed accounts: ${listed(failed)}. Next: ${why}.`;
  }
}

function walkLine({ accounts, plans, problems }: Walk): string {
  const skipped = new Map<string, number>();
  for (const { skipReason } of accounts) {
    if (skipReason !== null) skipped.set(skipReason, (skipped.get(skipReason) ?? 0) + 1);
  }
  const reasons = [...skipped].map(([reason, count]) => `${number(count)} ${reason}`).sort();
  const wanted = new Set(plans.flatMap(({ wantedRegions }) => wantedRegions));
  const isAll = wanted.size === 0 || wanted.has('*');
  return [
    `Accounts to read: ${number(plans.length)}`,
    `regions: ${isAll ? 'all that are enabled' : listed([...wanted])}`,
    `skipped: ${reasons.length === 0 ? 0 : reasons.join(', ')}`,
    `denied: ${number(problems.length)}`,
  ].join('; ');
}

function listed(names: readonly string[]): string {
  const more = names.length - mostNames;
  return names.slice(0, mostNames).join(', ') + (more > 0 ? ` and ${number(more)} more` : '');
}

const number = (count: number): string => count.toLocaleString('en-US');

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
