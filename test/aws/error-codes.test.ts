import { describe, expect, it } from 'vitest';
import type { Reason } from '../../src/aws/error.ts';
import { reasonOfCode, reasonOfStatus } from '../../src/aws/error-codes.ts';

/** What each service, and Node below it, calls a failure: whatever the HTTP status is, the code decides. */
const meanings: readonly [who: string, reason: Reason, codes: string][] = [
  ['any service', 'access_denied', 'AccessDeniedException AccessDenied AccessDeniedForDependencyException'],
  ['EC2', 'access_denied', 'UnauthorizedOperation Client.UnauthorizedOperation'],
  ['SNS', 'access_denied', 'AuthorizationError NotAuthorized'],
  ['STS', 'credentials_unusable', 'ExpiredToken ExpiredTokenException InvalidClientTokenId InvalidToken'],
  ['STS', 'credentials_unusable', 'InvalidIdentityToken IDPCommunicationError'],
  ['any service', 'credentials_unusable', 'UnrecognizedClientException AuthFailure InvalidAccessKeyId'],
  ['any service', 'credentials_unusable', 'MissingAuthenticationToken MissingAuthenticationTokenException'],
  ['any service', 'credentials_unusable', 'SignatureDoesNotMatch InvalidSignatureException'],
  ['any service', 'credentials_unusable', 'IncompleteSignature IncompleteSignatureException'],
  ['the SDK', 'credentials_unusable', 'CredentialsProviderError TokenProviderError EndpointError'],
  ['S3', 'credentials_unusable', 'TokenRefreshRequired'],
  [
    'STS and S3',
    'region_disabled',
    'RegionDisabledException RegionDisabled IllegalLocationConstraintException',
  ],
  ['EC2 and others', 'account_inactive', 'OptInRequired SubscriptionRequiredException SubscriptionRequired'],
  ['S3', 'account_inactive', 'NotSignedUp'],
  ['any service', 'not_found', 'NotFoundException ResourceNotFoundException NoSuchEntity NoSuchBucket'],
  ['KMS', 'not_found', 'CustomKeyStoreNotFoundException'],
  ['Organizations', 'not_found', 'AccountNotFoundException ParentNotFoundException'],
  ['Organizations', 'not_found', 'OrganizationalUnitNotFoundException'],
  ['EC2 and RDS', 'not_found', 'InvalidSnapshot.NotFound DBSnapshotNotFound DBClusterSnapshotNotFoundFault'],
  ['ECR and EFS', 'not_found', 'RepositoryNotFoundException FileSystemNotFound'],
  ['CloudTrail', 'not_found', 'EventDataStoreNotFoundException'],
  ['KMS', 'invalid_state', 'KMSInvalidStateException KMSInvalidState DisabledException'],
  ['KMS', 'invalid_state', 'KeyUnavailableException'],
  ['CodeCommit', 'not_found', 'RepositoryDoesNotExistException'],
  ['SageMaker', 'not_found', 'ResourceNotFound'],
  ['CodeCommit', 'access_denied', 'EncryptionKeyAccessDeniedException'],
  ['CodeCommit', 'invalid_state', 'EncryptionKeyDisabledException EncryptionKeyNotFoundException'],
  ['CodeCommit', 'invalid_state', 'EncryptionKeyUnavailableException'],
  ['any service', 'unsupported', 'UnsupportedOperationException UnsupportedOperation InvalidAction'],
  ['any service', 'unsupported', 'UnsupportedAPIEndpointException UnknownOperationException'],
  ['S3', 'unsupported', 'MethodNotAllowed NotImplemented'],
  ['any service', 'throttled', 'Throttling ThrottlingException ThrottledException LimitExceededException'],
  ['any service', 'throttled', 'TooManyRequestsException RequestLimitExceeded BandwidthLimitExceeded'],
  ['SNS and SQS', 'throttled', 'Throttled RequestThrottled RequestThrottledException'],
  ['DynamoDB', 'throttled', 'ProvisionedThroughputExceededException'],
  ['EC2, S3, Route 53', 'throttled', 'EC2ThrottledException SlowDown PriorRequestNotComplete'],
  ['any service', 'timeout', 'RequestTimeout RequestTimeoutException TimeoutError'],
  ['KMS', 'service_error', 'KMSInternalException DependencyTimeoutException'],
  ['any service', 'service_error', 'InternalFailure InternalError InternalServerError'],
  ['any service', 'service_error', 'InternalServerException InternalServiceError ServiceException'],
  ['any service', 'service_error', 'ServiceUnavailable ServiceUnavailableException Unavailable'],
  ['Organizations', 'organization_not_in_use', 'AWSOrganizationsNotInUseException'],
  ['any service', 'clock_skew', 'RequestTimeTooSkewed RequestExpired RequestInTheFuture'],
  ['any service', 'invalid_request', 'ValidationException ValidationError InvalidInputException'],
  ['any service', 'invalid_request', 'InvalidParameterValue MalformedQueryString SerializationException'],
  ['KMS', 'invalid_request', 'InvalidArnException InvalidMarkerException InvalidGrantIdException'],
  ['Node', 'timeout', 'ETIMEDOUT UND_ERR_CONNECT_TIMEOUT UND_ERR_HEADERS_TIMEOUT UND_ERR_BODY_TIMEOUT'],
  ['Node', 'connection', 'ECONNRESET ECONNREFUSED ECONNABORTED EPIPE ENOTFOUND EAI_AGAIN EAI_FAIL'],
  ['Node', 'connection', 'EHOSTUNREACH ENETUNREACH EADDRNOTAVAIL EMFILE'],
  ['undici', 'connection', 'UND_ERR_SOCKET UND_ERR_CLOSED UND_ERR_DESTROYED UND_ERR_PRX_TLS PROXY_REFUSED'],
  ['undici', 'connection', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'],
  ['undici', 'malformed_answer', 'UND_ERR_HEADERS_OVERFLOW UND_ERR_RES_EXCEEDED_MAX_SIZE UND_ERR_RESPONSE'],
  ['Node', 'malformed_answer', 'HPE_INVALID_CONSTANT HPE_HEADER_OVERFLOW'],
  ['a certificate', 'connection', 'CERT_HAS_EXPIRED SELF_SIGNED_CERT_IN_CHAIN DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['a certificate', 'connection', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
  [
    'TLS',
    'connection',
    'ERR_TLS_CERT_ALTNAME_INVALID ERR_TLS_HANDSHAKE_TIMEOUT ERR_SSL_WRONG_VERSION_NUMBER',
  ],
];

const each = meanings.flatMap(([who, reason, codes]) =>
  codes.split(' ').map((code) => [who, code, reason] as const),
);

describe('a code', () => {
  it.each(each)('of %s: %s is %s', (_, code, reason) => {
    expect(reasonOfCode(code)).toBe(reason);
  });

  it.each(['', 'SomethingOfTomorrow', 'X_HPE_', 'ERR_TEST_TLS', 'UNABLE_TO_SAY', 'MY_ERR_SSL'])(
    'that is not known means nothing: %j',
    (code) => {
      expect(reasonOfCode(code)).toBeNull();
    },
  );
});

it.each<[number, Reason | null]>([
  [200, null],
  [307, null],
  [399, null],
  [400, 'invalid_request'],
  [401, 'credentials_unusable'],
  [403, 'access_denied'],
  [404, 'not_found'],
  [408, 'timeout'],
  [429, 'throttled'],
  [499, 'invalid_request'],
  [500, 'service_error'],
  [503, 'service_error'],
])('without a code HTTP %d is %s', (status, reason) => {
  expect(reasonOfStatus(status)).toBe(reason);
});
