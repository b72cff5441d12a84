const readable = ['management', 'healthy', 'closing', 'facets', 'cut', 'recovering', 'unreadable'];

/** `<account> <region> <table>: <status> <reason>, <failed operation> <code> × <count>, …`; all else is complete. */
export const faultyCoverage: readonly string[] = [
  ...readable.map((account) => `${account} ap-east-1 *: skipped region_disabled`),

  // Without the tables of resources, said once.
  'management global keys: skipped not_selected',

  'suspended global *: skipped account_suspended',
  'closed global *: skipped account_closed',
  'pending global *: skipped account_pending_activation',
  'lockedOut global *: failed assume_role_denied, sts:AssumeRole AccessDenied × 1',

  // Whether ap-east-1 is enabled could not be read, so it is tried.
  'withoutRegions global *: partial access_denied, account:ListRegions AccessDeniedException × 1',
  ...[
    'custom_key_stores: failed region_disabled, kms:DescribeCustomKeyStores UnrecognizedClientException × 1',
    'key_aliases: failed region_disabled, kms:ListAliases UnrecognizedClientException × 1',
    'key_rotations: failed region_disabled, kms:ListKeys UnrecognizedClientException × 1',
    'keys: failed region_disabled, kms:ListAliases UnrecognizedClientException × 1, kms:ListKeys UnrecognizedClientException × 1',
  ].map((line) => `withoutRegions ap-east-1 ${line}`),

  ...[
    'custom_key_stores: failed access_denied, kms:DescribeCustomKeyStores AccessDeniedException × 1',
    'key_rotations: partial access_denied, kms:DescribeKey AccessDeniedException × 2, kms:ListKeyRotations AccessDeniedException × 1',
    [
      'keys: partial access_denied',
      'kms:DescribeKey AccessDeniedException × 2',
      'kms:GetKeyPolicy AccessDeniedException × 3',
      'kms:GetKeyRotationStatus AccessDeniedException × 1',
      'kms:ListGrants AccessDeniedException × 2',
      'kms:ListKeyRotations AccessDeniedException × 1',
      'kms:ListResourceTags AccessDeniedException × 2',
    ].join(', '),
  ].map((line) => `facets us-east-1 ${line}`),
  'facets eu-west-1 key_aliases: failed access_denied, kms:ListAliases AccessDeniedException × 1',
  'facets eu-west-1 keys: partial access_denied, kms:ListAliases AccessDeniedException × 1',

  'cut us-east-1 key_rotations: partial connection, kms:DescribeKey ECONNRESET × 1',
  [
    'cut us-east-1 keys: partial connection',
    'kms:DescribeKey ECONNRESET × 1',
    'kms:GetKeyPolicy ECONNRESET × 1',
    'kms:ListGrants ECONNRESET × 1',
    'kms:ListResourceTags ECONNRESET × 1',
  ].join(', '),
  'cut eu-west-1 key_rotations: failed connection, kms:ListKeys ECONNRESET × 1',
  'cut eu-west-1 keys: failed connection, kms:ListKeys ECONNRESET × 1',

  ...[
    'custom_key_stores: failed malformed_answer, kms:DescribeCustomKeyStores unreadable_answer × 1',
    'key_aliases: failed malformed_answer, kms:ListAliases unreadable_answer × 1',
    'key_rotations: failed malformed_answer, kms:ListKeys unreadable_answer × 1',
    'keys: failed malformed_answer, kms:ListAliases unreadable_answer × 1, kms:ListKeys unreadable_answer × 1',
  ].map((line) => `unreadable us-east-1 ${line}`),
  'unreadable eu-west-1 key_rotations: partial malformed_answer, kms:ListKeys broken_paging × 1',
  'unreadable eu-west-1 keys: partial malformed_answer, kms:ListKeys broken_paging × 1',
];
