import type { Reason } from './error.ts';

/** AWS's error codes, of every service that is read, by what they mean to a user. */
const codes: Partial<Record<Reason, readonly string[]>> = {
  access_denied: [
    'AccessDeniedException', // KMS, Organizations, Account
    'AccessDenied', // STS, S3
    'UnauthorizedOperation', // EC2
    'AccessDeniedForDependencyException',
    'NotAuthorized',
    'AuthorizationError', // SNS
    'EncryptionKeyAccessDeniedException', // CodeCommit
    'Client.UnauthorizedOperation',
  ],
  credentials_unusable: [
    'ExpiredToken',
    'ExpiredTokenException',
    'TokenRefreshRequired',
    'UnrecognizedClientException',
    'InvalidClientTokenId',
    'InvalidAccessKeyId',
    'InvalidToken',
    'AuthFailure',
    'MissingAuthenticationToken',
    'MissingAuthenticationTokenException',
    'CredentialsProviderError',
    'EndpointError', // of the SDK, for settings of a profile that exclude each other: FIPS and an own endpoint
    'TokenProviderError',
    'SignatureDoesNotMatch',
    'InvalidSignatureException',
    'IncompleteSignature',
    'IncompleteSignatureException',
    'InvalidIdentityToken',
    'IDPCommunicationError',
  ],
  region_disabled: ['RegionDisabledException', 'RegionDisabled', 'IllegalLocationConstraintException'],
  account_inactive: [
    'OptInRequired', // EC2, STS
    'SubscriptionRequiredException', // KMS, Account
    'SubscriptionRequired',
    'NotSignedUp', // S3
  ],
  not_found: [
    'NotFoundException',
    'NoSuchBucket',
    'ResourceNotFoundException',
    'CustomKeyStoreNotFoundException',
    'AccountNotFoundException',
    'ParentNotFoundException',
    'OrganizationalUnitNotFoundException',
    'PolicyNotFoundException', // Organizations
    'NoSuchEntity',
    'InvalidSnapshot.NotFound', // EC2
    'InvalidAMIID.NotFound',
    'DBSnapshotNotFound', // RDS
    'DBClusterSnapshotNotFoundFault',
    'RepositoryNotFoundException', // ECR
    'FileSystemNotFound', // EFS
    'EventDataStoreNotFoundException', // CloudTrail
    'PipelineNotFoundException', // CodePipeline
    'StateMachineDoesNotExist', // Step Functions
    'ActivityDoesNotExist',
    'NoSuchHostedZone', // Route 53
    'BackupNotFoundException', // DynamoDB
    'RepositoryDoesNotExistException', // CodeCommit
    'ResourceNotFound', // SageMaker
  ],
  invalid_state: [
    'KMSInvalidStateException',
    'KMSInvalidState',
    'DisabledException',
    'KeyUnavailableException',
    // CodeCommit, of the key of a repository
    'EncryptionKeyDisabledException',
    'EncryptionKeyNotFoundException',
    'EncryptionKeyUnavailableException',
  ],
  unsupported: [
    'UnsupportedOperationException',
    'UnsupportedOperation',
    'UnsupportedAPIEndpointException',
    'MethodNotAllowed',
    'NotImplemented',
    'UnknownOperationException',
    'InvalidAction',
  ],
  throttled: [
    'Throttling',
    'ThrottlingException',
    'ThrottledException',
    'Throttled', // SNS
    'RequestThrottled',
    'RequestThrottledException',
    'TooManyRequestsException',
    'RequestLimitExceeded',
    'BandwidthLimitExceeded',
    'LimitExceededException',
    'ProvisionedThroughputExceededException',
    'PriorRequestNotComplete',
    'EC2ThrottledException',
    'SlowDown',
  ],
  timeout: ['RequestTimeout', 'RequestTimeoutException', 'TimeoutError'],
  service_error: [
    'KMSInternalException',
    'DependencyTimeoutException',
    'InternalFailure',
    'InternalError',
    'InternalServerError',
    'InternalServerException',
    'InternalServiceError',
    'ServiceException',
    'ServiceUnavailable',
    'ServiceUnavailableException',
    'Unavailable',
  ],
  organization_not_in_use: ['AWSOrganizationsNotInUseException'],
  clock_skew: ['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture'],
  invalid_request: [
    'ValidationException',
    'ValidationError',
    'InvalidArnException',
    'InvalidInputException',
    'InvalidMarkerException',
    'InvalidParameterValue',
    'InvalidGrantIdException',
    'MalformedQueryString',
    'SerializationException',
  ],
};

/** Codes of Node and undici for what happens below HTTP. */
const network: Partial<Record<Reason, readonly string[]>> = {
  timeout: ['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'],
  connection: [
    'ECONNRESET',
    'ECONNREFUSED',
    'ECONNABORTED',
    'EPIPE',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EAI_FAIL',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EADDRNOTAVAIL',
    'EMFILE',
    'UND_ERR_SOCKET',
    'UND_ERR_CLOSED',
    'UND_ERR_DESTROYED',
    'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
    'UND_ERR_PRX_TLS',
    'PROXY_REFUSED',
  ],
  malformed_answer: ['UND_ERR_HEADERS_OVERFLOW', 'UND_ERR_RES_EXCEEDED_MAX_SIZE', 'UND_ERR_RESPONSE'],
};

const reasons: ReadonlyMap<string, Reason> = new Map(
  [codes, network].flatMap((table) =>
    Object.entries(table).flatMap(([reason, names]) =>
      names.map((name) => [name, reason as Reason] as const),
    ),
  ),
);

/** What a code means; null for one that is not known. */
export function reasonOfCode(code: string): Reason | null {
  const known = reasons.get(code);
  if (known !== undefined) return known;
  if (code.startsWith('HPE_')) return 'malformed_answer';
  // Node's names for a certificate that does not verify: CERT_HAS_EXPIRED, SELF_SIGNED_CERT_IN_CHAIN, ERR_TLS_…
  if (/CERT|^ERR_TLS|^ERR_SSL|UNABLE_TO_(?:GET|VERIFY)/.test(code)) return 'connection';
  return null;
}

/** What an HTTP status means when the code in the answer says nothing. */
export function reasonOfStatus(status: number): Reason | null {
  if (status === 429) return 'throttled';
  if (status >= 500) return 'service_error';
  if (status === 401) return 'credentials_unusable';
  if (status === 403) return 'access_denied';
  if (status === 404) return 'not_found';
  if (status === 408) return 'timeout';
  if (status >= 400) return 'invalid_request';
  return null;
}
