import { describe, expect, it } from 'vitest';
import type { Reason } from '../../src/aws/error.ts';
import { AwsError, noWayIn } from '../../src/aws/error.ts';
import { toAwsError } from '../../src/aws/to-aws-error.ts';

const site = { operation: 'kms:DescribeKey', accountId: '111122223333', region: 'eu-west-1' };

/** As the AWS SDK throws what a service answered. */
function answered(name: string, httpStatusCode: number, message = 'no'): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}

/** As Node and undici throw what happened on the way. */
function onTheWay(code: string, message = code, cause?: Error): Error {
  return Object.assign(new Error(message, cause === undefined ? {} : { cause }), { code });
}

describe('what AWS answers', () => {
  it('is one sentence, whatever stands in its code and its text', () => {
    const named = toAwsError(answered('com.amazonaws.kms#NotFoundException', 400), site);
    expect(named).toMatchObject({ reason: 'not_found', code: 'NotFoundException' });
    const odd = toAwsError(answered(`a#Odd\n"Code\u001b ${'x'.repeat(500)}`, 400, 'No.\nNever.'), site);
    expect(odd.code).toBe(`Odd_Code_${'x'.repeat(91)}`);
    expect(odd.message).toContain(' (account 111122223333, eu-west-1): No; AWS refused');
  });

  it.each<[code: string, status: number, reason: Reason]>([
    ['AccessDeniedException', 400, 'access_denied'],
    ['AccessDenied', 403, 'access_denied'],
    ['UnauthorizedOperation', 403, 'access_denied'],
    ['ExpiredToken', 403, 'credentials_unusable'],
    ['ExpiredTokenException', 400, 'credentials_unusable'],
    ['UnrecognizedClientException', 400, 'credentials_unusable'],
    ['InvalidClientTokenId', 403, 'credentials_unusable'],
    ['InvalidSignatureException', 400, 'credentials_unusable'],
    ['SignatureDoesNotMatch', 403, 'credentials_unusable'],
    ['AuthFailure', 401, 'credentials_unusable'],
    ['RegionDisabledException', 403, 'region_disabled'],
    ['OptInRequired', 403, 'account_inactive'],
    ['SubscriptionRequiredException', 400, 'account_inactive'],
    ['SubscriptionRequired', 403, 'account_inactive'],
    ['NotSignedUp', 403, 'account_inactive'],
    ['NotFoundException', 400, 'not_found'],
    ['NoSuchBucket', 404, 'not_found'],
    ['KMSInvalidStateException', 400, 'invalid_state'],
    ['DisabledException', 400, 'invalid_state'],
    ['UnsupportedOperationException', 400, 'unsupported'],
    ['UnknownOperationException', 400, 'unsupported'],
    ['ThrottlingException', 400, 'throttled'],
    ['Throttling', 400, 'throttled'],
    ['TooManyRequestsException', 400, 'throttled'],
    ['RequestLimitExceeded', 503, 'throttled'],
    ['SlowDown', 503, 'throttled'],
    ['RequestTimeout', 400, 'timeout'],
    ['KMSInternalException', 500, 'service_error'],
    ['DependencyTimeoutException', 503, 'service_error'],
    ['InternalFailure', 500, 'service_error'],
    ['ServiceUnavailable', 503, 'service_error'],
    ['AWSOrganizationsNotInUseException', 400, 'organization_not_in_use'],
    ['RequestTimeTooSkewed', 403, 'clock_skew'],
    ['ValidationException', 400, 'invalid_request'],
    ['SomethingOfTomorrow', 400, 'invalid_request'],
    ['SomethingOfTomorrow', 403, 'access_denied'],
    ['SomethingOfTomorrow', 404, 'not_found'],
    ['SomethingOfTomorrow', 429, 'throttled'],
    ['SomethingOfTomorrow', 500, 'service_error'],
  ])('%s with HTTP %d is %s', (code, status, reason) => {
    const error = toAwsError(answered(code, status), site);
    expect(error).toMatchObject({ reason, code, site });
    expect(error.message).toContain(
      `kms:DescribeKey failed with ${code} (account 111122223333, eu-west-1): no; `,
    );
  });

  it('tells a clock that is off from a wrong signature by the sentence', () => {
    const sentence = 'Signature expired: 20261124T090000Z is now earlier than 20261124T095500Z';
    expect(toAwsError(answered('InvalidSignatureException', 400, sentence), site).reason).toBe('clock_skew');
    expect(toAwsError(answered('SignatureDoesNotMatch', 403, sentence), site).reason).toBe('clock_skew');
  });

  it('calls a role that cannot be assumed what it is', () => {
    const assume = { ...site, operation: 'sts:AssumeRole' };
    expect(toAwsError(answered('AccessDenied', 403), assume).reason).toBe('assume_role_denied');
  });
});

describe('what happens on the way', () => {
  it.each<[code: string, reason: Reason]>([
    ['ECONNRESET', 'connection'],
    ['ECONNREFUSED', 'connection'],
    ['ENOTFOUND', 'connection'],
    ['EPIPE', 'connection'],
    ['UND_ERR_SOCKET', 'connection'],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'connection'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'connection'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'connection'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'connection'],
    ['PROXY_REFUSED', 'connection'],
    ['ETIMEDOUT', 'timeout'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
    ['UND_ERR_BODY_TIMEOUT', 'timeout'],
    ['HPE_INVALID_CONSTANT', 'malformed_answer'],
  ])('%s is %s', (code, reason) => {
    expect(toAwsError(onTheWay(code), site)).toMatchObject({ reason, code });
    expect(toAwsError(onTheWay('ODD', 'fetch failed', onTheWay(code)), site)).toMatchObject({ reason, code });
  });

  it('is cancelled when the call was stopped', () => {
    const stopped = Object.assign(new Error('stopped'), { name: 'AbortError' });
    expect(toAwsError(stopped, site).reason).toBe('cancelled');
  });
});

describe('answers that are not AWS', () => {
  const notJson = (status: number) =>
    Object.assign(new SyntaxError('Unexpected token <'), { $metadata: { httpStatusCode: status } });

  it.each<[what: string, thrown: unknown, reason: Reason]>([
    ['HTML with 200', notJson(200), 'malformed_answer'],
    ['HTML with 403', notJson(403), 'malformed_answer'],
    ['HTML with 502, by a load balancer', notJson(502), 'service_error'],
    ['HTML with 500, by an emulator', notJson(500), 'malformed_answer'],
    ['HTML with 429', notJson(429), 'throttled'],
    ['an error without a code', answered('UnknownError', 400), 'malformed_answer'],
    ['an error without a code, 503', answered('UnknownError', 503), 'service_error'],
    ['a value of another type', new TypeError('x.map is not a function'), 'malformed_answer'],
    ['a string', 'broken', 'malformed_answer'],
  ])('%s', (_what, thrown, reason) => {
    expect(toAwsError(thrown, site)).toMatchObject({ reason, code: 'unreadable_answer' });
  });
});

it('leaves an AwsError as it is', () => {
  const error = new AwsError('throttled', 'ThrottlingException', site);
  expect(toAwsError(error, { ...site, region: 'us-east-1' })).toBe(error);
});

describe('secrets in what AWS says', () => {
  const token = `FwoGZXIvYXdzEJr${'aB3+/x'.repeat(30)}==`;

  it.each<[what: string, message: string, secret: string]>([
    ['access key id', 'The key AKIAIOSFODNN7EXAMPLE is not valid', 'AKIAIOSFODNN7EXAMPLE'],
    ['session key id', 'User ASIAQWERTYUIOPASDFGH: denied', 'ASIAQWERTYUIOPASDFGH'],
    ['session token', `x-amz-security-token:${token} is not valid`, token],
    ['bare session token', `bad token ${token}`, token],
    ['signature', 'Signature=0123abcd is wrong', '0123abcd'],
    ['external id', 'ExternalId: my-shared-word does not match', 'my-shared-word'],
    ['canonical request', 'No match.\n\nThe Canonical String was POST /secret-path', 'secret-path'],
    ['encoded message', `You are not authorized. Encoded message: ${'Zm9v'.repeat(40)}`, 'Zm9vZm9v'],
  ])('%s', (_what, message, secret) => {
    const error = toAwsError(answered('AccessDenied', 403, message), site);
    expect(JSON.stringify([error.message, error.detail, error.stack])).not.toContain(secret);
  });

  it('those that the caller knows', () => {
    const message = 'sts:ExternalId swordfish is not what the policy wants';
    const error = toAwsError(answered('AccessDenied', 403, message), site, ['swordfish']);
    expect(error.message).not.toContain('swordfish');
    expect(error.message).toContain('is not what the policy wants');
  });

  it('leaves the sentence that helps', () => {
    const message =
      'User: arn:aws:sts::111122223333:assumed-role/OrganizationAccountAccessRole/cloudquery-aws-encryption is not ' +
      'authorized to perform: kms:DescribeKey on resource: ' +
      'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    expect(toAwsError(answered('AccessDeniedException', 400, message), site).detail).toBe(message);
  });
});

describe('codes of our own', () => {
  it('never look like those of AWS, which are written together', async () => {
    const { readdirSync, readFileSync } = await import('node:fs');
    const folder = new URL('../../src/', import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const given = files.flatMap((name) => {
      const text = readFileSync(new URL(name, folder), 'utf8');
      return [...text.matchAll(/new AwsError\(\s*[\w.'?: ]+,\s*'([^']+)'/g)].map(([, code = '']) => code);
    });
    expect(given.length).toBeGreaterThan(6);
    expect(given.filter((code) => !/^[a-z]+(?:_[a-z]+)*$/.test(code))).toEqual([]);
  });

  it('an account without credentials is told what helps', () => {
    const error = new AwsError(
      'assume_role_denied',
      noWayIn,
      site,
      'the spec gives no credentials for this account',
    );
    expect(error.message).toBe(
      'kms:DescribeKey failed with no_way_in (account 111122223333, eu-west-1): the spec gives no credentials for this account; name the account in `accounts`, or read it with its organization by `org`',
    );
  });
});
