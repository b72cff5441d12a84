import { describe, expect, it, test } from 'vitest';
import { AwsError, isFailedRead, type Reason } from '../../src/aws/error.ts';

const site = { operation: 'kms:ListKeys', accountId: '111111111111', region: 'eu-west-1' };

/** What a user reads behind each reason. A wrong one sends somebody to change what changes nothing. */
const advice: Readonly<Record<Reason, string>> = {
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

describe('what failed is one sentence with what to do', () => {
  it.each(Object.entries(advice) as [Reason, string][])('%s: %s', (reason, help) => {
    expect(new AwsError(reason, 'Code', site, 'Odd. Very.').message).toBe(
      `kms:ListKeys failed with Code (account 111111111111, eu-west-1): Odd. Very; ${help}`,
    );
  });

  it('of an account that is not known yet, of which AWS said nothing', () => {
    const { message } = new AwsError('timeout', 'ETIMEDOUT', { ...site, accountId: null });
    expect(message).toBe(
      `kms:ListKeys failed with ETIMEDOUT (account of the credentials, eu-west-1); ${advice.timeout}`,
    );
  });

  it.each(['access_denied', 'assume_role_denied'] as const)(
    'that names the policy that denied: %s',
    (reason) => {
      const said = 'not authorized, because no session policy allows the action';
      expect(new AwsError(reason, 'AccessDenied', site, said).message).toBe(
        `kms:ListKeys failed with AccessDenied (account 111111111111, eu-west-1): ${said}; allow the action in the session policy that the credentials were issued with, or issue them without`,
      );
    },
  );

  it('that names no policy where it was not one that failed', () => {
    const said = 'not authorized, because no session policy allows the action';
    expect(new AwsError('throttled', 'Throttling', site, said).message).toContain(`; ${advice.throttled}`);
  });
});

test.each([
  [new AwsError('throttled', 'Throttling', site), true],
  [new AwsError('cancelled', 'cancelled', site), false],
  [new TypeError('x is not a function'), false],
  ['thrown', false],
])('%s is a failed read: %s', (error, isOne) => {
  expect(isFailedRead(error)).toBe(isOne);
  expect(error instanceof Error && error.name === 'AwsError').toBe(error instanceof AwsError);
});
