import { AwsError, type CallSite } from './error.ts';

/** In so many regions AWS must say it of a service: users saw it said of one region while another one served. */
const regionsToBelieve = 2;

/**
 * Accounts that never signed up for a service. AWS says so (`OptInRequired`, `SubscriptionRequiredException`) of the
 * account and the service, whatever the region: once that is clear, the account's other regions need not be asked.
 * One answer in any region shows that it is not so.
 */
export class SignUps {
  /** Services, by account. Noted of every call, so that it makes no name for it. */
  readonly #answered = new Map<string, Set<string>>();
  /** What AWS said, by the region that said it. */
  readonly #refusals = new Map<string, Map<string, AwsError>>();

  /** What a call would be answered; null: it must be made. */
  refusal(site: CallSite): AwsError | null {
    if (this.#refusals.size === 0) return null;
    const name = nameOf(site);
    const refusals = this.#refusals.get(name);
    const [first] = refusals?.values() ?? [];
    if (refusals === undefined || first === undefined) return null;
    if (refusals.size < regionsToBelieve || this.#hasAnswered(site)) return null;
    const regions = [...refusals.keys()].join(' and ');
    const detail =
      `${first.detail.replace(/\.$/, '')} (said of the account in ${regions}; not asked again)`.trimStart();
    return new AwsError(first.reason, first.code, site, detail);
  }

  /** A call was answered. */
  answered({ accountId, operation }: CallSite): void {
    if (accountId === null) return;
    const services = this.#answered.get(accountId);
    if (services === undefined) this.#answered.set(accountId, new Set([serviceOf(operation)]));
    else services.add(serviceOf(operation));
  }

  #hasAnswered({ accountId, operation }: CallSite): boolean {
    return accountId !== null && this.#answered.get(accountId)?.has(serviceOf(operation)) === true;
  }

  /** A call failed. */
  failed(error: AwsError): void {
    const { reason, site } = error;
    if (reason !== 'account_inactive' || site.accountId === null) return;
    const name = nameOf(site);
    const refusals = this.#refusals.get(name) ?? new Map<string, AwsError>();
    this.#refusals.set(name, refusals);
    if (refusals.size < regionsToBelieve) refusals.set(site.region, error);
  }
}

const nameOf = ({ accountId, operation }: CallSite): string => `${accountId} ${serviceOf(operation)}`;

/** By operation: there are a hundred of them. */
const services = new Map<string, string>();

/** IAM's prefix names the service: `ec2` of `ec2:DescribeVolumes`. */
function serviceOf(operation: string): string {
  const known = services.get(operation);
  if (known !== undefined) return known;
  const service = operation.slice(0, operation.indexOf(':'));
  services.set(operation, service);
  return service;
}
