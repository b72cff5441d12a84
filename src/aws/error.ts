import { denialOf, remedyOf } from './denial.ts';

/**
 * Every way in which a read of AWS can fail, as users see it in coverage and in `errors`.
 * A closed set: whoever adds a member adds its sentence to `advice` below.
 */
export type Reason =
  | 'access_denied'
  | 'assume_role_denied'
  | 'credentials_unusable'
  | 'region_disabled'
  | 'account_inactive'
  | 'not_found'
  | 'invalid_state'
  | 'unsupported'
  | 'throttled'
  | 'timeout'
  | 'connection'
  | 'service_error'
  | 'malformed_answer'
  | 'organization_not_in_use'
  | 'clock_skew'
  | 'invalid_request'
  | 'plugin_error'
  | 'cancelled';

/** Where a call was made. `region` is `global` for services without one. */
export interface CallSite {
  /** IAM spelling: `kms:DescribeKey`. */
  readonly operation: string;
  /** 12 digits, or null while the caller's account is not known yet. */
  readonly accountId: string | null;
  readonly region: string;
}

/** The one error of the AWS layer: what happened, to what, what to do. Holds nothing secret. */
export class AwsError extends Error {
  override readonly name = 'AwsError';

  constructor(
    readonly reason: Reason,
    /** AWS's own error code where it gave one (`AccessDeniedException`), else ours, as AWS writes none: `broken_paging`. */
    readonly code: string,
    readonly site: CallSite,
    /** What AWS answered, already cleared of anything secret; empty when it said nothing. */
    readonly detail: string = '',
  ) {
    super(sentence(reason, code, site, detail));
  }
}

/** Whether a read failed. What is no error of AWS, and that the sync was stopped, end more than the read: throw them on. */
export const isFailedRead = (error: unknown): error is AwsError =>
  error instanceof AwsError && error.reason !== 'cancelled';

/** Our code for an account for which there are no credentials: no call was made. */
export const noWayIn = 'no_way_in';

const advice: Record<Reason, string> = {
  access_denied: 'allow the action for the role in its IAM policy and, for a key, in the key policy',
  assume_role_denied: 'check that the role exists there and trusts the caller and the external id',
  credentials_unusable: 'check the credentials or profile that the spec names',
  region_disabled: 'enable the region for the account or leave it out of `regions`',
  account_inactive:
    'AWS does not serve the account: it is suspended, closed, or not signed up for the service',
  not_found: 'it was deleted while the sync ran, or never existed: check it where the spec names it',
  invalid_state: 'the resource is in a state in which AWS refuses this read; try again later',
  unsupported: 'AWS does not support this read for this resource',
  throttled: 'lower `quota_share` or `requests_per_second`, or raise `max_retries`',
  timeout: 'check the network between this machine and AWS',
  connection: 'check the network and proxy between this machine and AWS',
  service_error: 'AWS failed; try again later',
  malformed_answer: 'what answered is not AWS; check `custom_endpoint_url` and proxies',
  organization_not_in_use: 'the account is in no organization; use `accounts` in place of `org`',
  clock_skew: "set this machine's clock",
  invalid_request: 'AWS refused the request as malformed; report this as a bug of the plugin',
  plugin_error: 'this is a bug of the plugin: please report it',
  cancelled: 'the sync was stopped',
};

function sentence(reason: Reason, code: string, site: CallSite, detail: string): string {
  const place = `account ${site.accountId ?? 'of the credentials'}, ${site.region}`;
  const reported = detail === '' ? '' : `: ${detail.replace(/\.$/, '')}`;
  return `${site.operation} failed with ${code} (${place})${reported}; ${adviceOn(reason, code, detail)}`;
}

/** What is denied says by which policy: whoever changes another one changes nothing. */
function adviceOn(reason: Reason, code: string, detail: string): string {
  if (code === noWayIn) return 'name the account in `accounts`, or read it with its organization by `org`';
  if (reason !== 'access_denied' && reason !== 'assume_role_denied') return advice[reason];
  const denial = denialOf(detail);
  return denial === null ? advice[reason] : remedyOf(denial);
}
