import { ApiError, type Failure, type Failures, type Refusal } from './protocol/wire.ts';
import type { Service } from './service.ts';

/** What the service answers to a failure: status, code and the common sentence. */
export function refusalOf({ failures, wire }: Pick<Service, 'failures' | 'wire'>, kind: Failure): Refusal {
  return failures?.[kind] ?? wire.failures[kind];
}

/** The failure in the service's own status and code; `message` says more than the common sentence. */
export function failure(
  service: Pick<Service, 'failures' | 'wire'>,
  kind: Failure,
  message?: string,
): ApiError {
  const [status, code, common] = refusalOf(service, kind);
  return new ApiError(status, code, message ?? common);
}

const expired = 'The security token included in the request is expired';
const unknown = 'The security token included in the request is invalid.';
const wrongSignature =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const notSubscribed = 'The AWS Access Key Id needs a subscription for the service';
const denied = 'User is not authorized to perform this operation';

/** Services that speak AWS JSON 1.0 or 1.1. */
export const jsonFailures: Failures = {
  operation_unknown: [400, 'UnknownOperationException', 'The operation is not known'],
  credentials_missing: [400, 'MissingAuthenticationTokenException', 'Missing Authentication Token'],
  credentials_unknown: [400, 'UnrecognizedClientException', unknown],
  credentials_expired: [400, 'ExpiredTokenException', expired],
  not_subscribed: [400, 'SubscriptionRequiredException', notSubscribed],
  region_disabled: [400, 'UnrecognizedClientException', unknown],
  signature_wrong: [400, 'InvalidSignatureException', wrongSignature],
  clock_skewed: [400, 'InvalidSignatureException', 'Signature expired'],
  access_denied: [400, 'AccessDeniedException', denied],
  invalid_input: [400, 'ValidationException', 'The input is not valid'],
  throttled: [400, 'ThrottlingException', 'Rate exceeded'],
  internal: [500, 'InternalFailure', 'The request processing has failed because of an unknown error'],
};

/** Services that speak REST-JSON. */
export const restJsonFailures: Failures = {
  operation_unknown: [404, 'UnknownOperationException', 'The operation is not known'],
  credentials_missing: [403, 'MissingAuthenticationTokenException', 'Missing Authentication Token'],
  credentials_unknown: [403, 'UnrecognizedClientException', unknown],
  credentials_expired: [403, 'ExpiredTokenException', expired],
  not_subscribed: [403, 'SubscriptionRequiredException', notSubscribed],
  region_disabled: [403, 'UnrecognizedClientException', unknown],
  signature_wrong: [403, 'InvalidSignatureException', wrongSignature],
  clock_skewed: [403, 'InvalidSignatureException', 'Signature expired'],
  access_denied: [403, 'AccessDeniedException', denied],
  invalid_input: [400, 'ValidationException', 'The input is not valid'],
  throttled: [429, 'TooManyRequestsException', 'Too Many Requests'],
  internal: [500, 'InternalServerException', 'Internal server error'],
};

/** Services that speak AWS Query (STS, SNS, RDS). */
export const queryFailures: Failures = {
  operation_unknown: [400, 'InvalidAction', 'Could not find operation'],
  credentials_missing: [403, 'MissingAuthenticationToken', 'Request is missing Authentication Token'],
  credentials_unknown: [403, 'InvalidClientTokenId', unknown],
  credentials_expired: [403, 'ExpiredToken', expired],
  not_subscribed: [403, 'OptInRequired', notSubscribed],
  region_disabled: [403, 'InvalidClientTokenId', unknown],
  signature_wrong: [403, 'SignatureDoesNotMatch', wrongSignature],
  clock_skewed: [403, 'SignatureDoesNotMatch', 'Signature expired'],
  access_denied: [403, 'AccessDenied', denied],
  invalid_input: [400, 'ValidationError', 'The input is not valid'],
  throttled: [400, 'Throttling', 'Rate exceeded'],
  internal: [500, 'InternalFailure', 'An internal failure occurred'],
};

export const ec2Failures: Failures = {
  operation_unknown: [400, 'InvalidAction', 'The action is not valid for this web service.'],
  credentials_missing: [400, 'MissingParameter', 'The request must contain the parameter AWSAccessKeyId'],
  credentials_unknown: [401, 'AuthFailure', 'AWS was not able to validate the provided access credentials'],
  credentials_expired: [400, 'RequestExpired', 'Request has expired.'],
  not_subscribed: [
    401,
    'OptInRequired',
    'You are not subscribed to this service. Please go to http://aws.amazon.com to subscribe.',
  ],
  region_disabled: [401, 'AuthFailure', 'AWS was not able to validate the provided access credentials'],
  signature_wrong: [401, 'AuthFailure', 'AWS was not able to validate the provided access credentials'],
  clock_skewed: [400, 'RequestExpired', 'Request has expired.'],
  access_denied: [403, 'UnauthorizedOperation', 'You are not authorized to perform this operation.'],
  invalid_input: [400, 'InvalidParameterValue', 'The input is not valid'],
  throttled: [503, 'RequestLimitExceeded', 'Request limit exceeded.'],
  internal: [500, 'InternalError', 'An internal error has occurred'],
};

export const s3Failures: Failures = {
  operation_unknown: [405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.'],
  credentials_missing: [403, 'AccessDenied', 'Access Denied'],
  credentials_unknown: [
    403,
    'InvalidAccessKeyId',
    'The AWS Access Key Id you provided does not exist in our records.',
  ],
  credentials_expired: [400, 'ExpiredToken', 'The provided token has expired.'],
  not_subscribed: [403, 'NotSignedUp', 'Your account is not signed up for the S3 service.'],
  region_disabled: [
    400,
    'IllegalLocationConstraintException',
    'The location constraint is incompatible for the region specific endpoint this request was sent to.',
  ],
  signature_wrong: [
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  ],
  clock_skewed: [
    403,
    'RequestTimeTooSkewed',
    'The difference between the request time and the current time is too large.',
  ],
  access_denied: [403, 'AccessDenied', 'Access Denied'],
  invalid_input: [400, 'InvalidArgument', 'Invalid Argument'],
  throttled: [503, 'SlowDown', 'Please reduce your request rate.'],
  internal: [500, 'InternalError', 'We encountered an internal error. Please try again.'],
};
