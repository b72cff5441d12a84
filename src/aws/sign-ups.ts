import { AwsError, type CallSite } from './error.ts';

/** In so many regions AWS must say it of a service: users saw it said of one region while another one served. */
const regionsToBelieve = 2;

/**
 * Accounts that never signed up for a service. AWS says so (`OptInRequired`, `SubscriptionRequiredException`) of the
 * account and the service, whatever the region: once that is clear, the account's other regions need not be asked.
 * One answer in any region shows that it is not so.
 */
export class SignUps {
  readonly #answered = new Set<string>();
  /** What AWS said, by the region that said it. */
  readonly #refusals = new Map<string, Map<string, AwsError>>();

  /** What a call would be answered; null: it must be made. */
  refusal(site: CallSite): AwsError | null {
    if (this.#refusals.size === 0) return null;
    const name = nameOf(site);
    const refusals = this.#refusals.get(name);
    const [first] = refusals?.values() ?? [];
    if (refusals === undefined || first === undefined) return null;
    if (refusals.size < regionsToBelieve || this.#answered.has(name)) return null;
    const regions = [...refusals.keys()].join(' and ');
    const detail =
      `${first.detail.replace(/\.$/, '')} (said of the account in ${regions}; not asked again)`.trimStart();
    return new AwsError(first.reason, first.code, site, detail);
  }

  /** A call was answered. */
  answered(site: CallSite): void {
    if (site.accountId !== null) this.#answered.add(nameOf(site));
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

/** IAM's prefix names the service: `ec2` of `ec2:DescribeVolumes`. */
const nameOf = ({ accountId, operation }: CallSite): string =>
  `${accountId} ${operation.slice(0, operation.indexOf(':'))}`;
