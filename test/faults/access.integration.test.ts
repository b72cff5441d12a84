import type { SimOrganization } from '../../lab/aws/model.ts';
import { shareKey } from '../../lab/aws/ram-shares.ts';
import { type FaultCase, ofKeys, ofTables, testCases } from './cases.ts';
import { compute, data, keyNamed, organization } from './organization.ts';

const orders = keyNamed(organization(), 'orders').metadata.KeyId;

/** In the account `data`. */
const deny = (operation: string) => ({ account: data, operation, effect: { kind: 'deny' } }) as const;
const denyForOrders = (operation: string) => ({ ...deny(operation), resource: orders });

const denied = (operation: string, count = 1) => `${operation} AccessDeniedException × ${count}`;

/** What can be told of users and roles that read, where IAM was read and the key was not. */
const readers = ', reader_principal_arns=[], reader_principals_count=0, root_user_can=unknown';

/** Who uses the key `orders`: two buckets and a queue. */
const verdictsUnknown = (why: string, key = '') => [
  `compute us-east-1 s3_buckets app-artifacts: ${key}cross_account_read=unknown, read_verdicts=[unknown], readable_account_ids=[], unknown_account_ids=[222222222222], explanation≠${readers} [${why}]`,
  `data us-east-1 resources jobs: ${key}cross_account_use=unknown, use_verdicts=[unknown], usable_account_ids=[], unknown_account_ids=[333333333333], cross_account_read=unknown, readable_account_ids=[], operations≠, explanation≠${readers} [${why}]`,
  `data us-east-1 s3_buckets lake: ${key}cross_account_read=unknown, read_verdicts=[unknown], readable_account_ids=[], unknown_account_ids=[333333333333], explanation≠${readers} [${why}]`,
];
const coverageOfUsers = (why: string) => [
  `compute global s3_buckets: partial access_denied, ${why}`,
  `data global s3_buckets: partial access_denied, ${why}`,
  `data us-east-1 resources: partial access_denied, ${why}`,
];

/** What is not listed may name keys of other accounts. */
const mayNameMore = (why: string, regions = ['us-east-1', 'eu-west-1']) =>
  regions.map((region) => `data ${region} foreign_keys: partial access_denied, ${why}`);

/** All that is listed by KMS in the regions of `data`. */
const lostKeys = [
  ...[
    'keys',
    'key_access of',
    'key_aliases of',
    'key_last_usage of',
    'key_policies of',
    'key_rotations of',
  ].map((table) => `data eu-west-1 ${table} archive missing`),
  'data eu-west-1 key_principals: every row missing',
  'data us-east-1 custom_key_stores vault missing',
  'data us-east-1 key_grants of orders missing',
  'data us-east-1 key_metrics of orders missing',
  ...[
    'keys',
    'key_access',
    'key_aliases',
    'key_last_usage',
    'key_policies',
    'key_principals',
    'key_rotations',
  ].map((table) => `data us-east-1 ${table}: every row missing`),
];

const wholeAccounts: FaultCase[] = [
  {
    name: 'AssumeRole denied: the account is a failure, and what others know of its keys is unknown',
    faults: [deny('sts:AssumeRole')],
    rows: [
      'data: every row missing',
      'compute us-east-1 s3_buckets app-artifacts: key_type=null, cross_account_read=unknown, read_verdicts=[unknown], readable_account_ids=[], unknown_account_ids=[222222222222], explanation≠, iam_evaluated=false, reader_principal_arns=null, reader_principals_count=null, root_user_can=null [sts:AssumeRole AccessDenied]',
    ],
    coverage: [
      'data global *: failed assume_role_denied, sts:AssumeRole AccessDenied × 1',
      'compute global s3_buckets: partial assume_role_denied, sts:AssumeRole AccessDenied × 1',
    ],
  },
  {
    name: 'ListRegions denied: EC2 knows the regions, too',
    faults: [deny('account:ListRegions')],
    rows: [],
    coverage: [],
  },
  {
    name: 'ListRegions and DescribeRegions denied: no region is read, but what needs none is',
    faults: [deny('account:ListRegions'), deny('ec2:DescribeRegions')],
    rows: [
      ...lostKeys,
      'data us-east-1 resource_policies jobs missing',
      'data us-east-1 resource_policies news missing',
      'data us-east-1 resources: every row missing',
      'data eu-west-1 resources: every row missing',
    ],
    coverage: [`data global *: failed access_denied, ${denied('account:ListRegions')}`],
  },
  {
    name: 'all of KMS denied: buckets, queues and topics keep their rows',
    faults: [deny('kms:*')],
    rows: [
      ...verdictsUnknown(
        'kms:DescribeKey AccessDeniedException; kms:GetKeyPolicy AccessDeniedException; kms:ListGrants AccessDeniedException',
        'key_type=null, ',
      ),
      'data us-east-1 resources news:  [kms:ListAliases AccessDeniedException]',
      ...lostKeys,
    ],
    coverage: [
      ...['data us-east-1', 'data eu-west-1'].flatMap((place) => [
        ...ofKeys(place, `failed access_denied, ${denied('kms:ListKeys')}`).filter(
          (line) => !/ keys:/.test(line),
        ),
        `${place} keys: failed access_denied, ${denied('kms:ListAliases')}, ${denied('kms:ListKeys')}`,
        `${place} key_aliases: failed access_denied, ${denied('kms:ListAliases')}`,
        `${place} custom_key_stores: failed access_denied, ${denied('kms:DescribeCustomKeyStores')}`,
      ]),
      `compute global s3_buckets: partial access_denied, ${denied('kms:DescribeKey')}, ${denied('kms:GetKeyPolicy')}, ${denied('kms:ListGrants')}`,
      `data global s3_buckets: partial access_denied, ${denied('kms:DescribeKey')}, ${denied('kms:GetKeyPolicy')}, ${denied('kms:ListGrants')}`,
      `data us-east-1 resources: partial access_denied, ${denied('kms:DescribeKey')}, ${denied('kms:GetKeyPolicy')}, ${denied('kms:ListAliases')}, ${denied('kms:ListGrants')}`,
    ],
  },
];

const listings: FaultCase[] = [
  {
    name: 'ListKeys denied in one region: its keys are missing, aliases and all other regions are there',
    faults: [{ ...deny('kms:ListKeys'), region: 'eu-west-1' }],
    rows: [
      ...['keys', 'key_access of', 'key_policies of', 'key_rotations of', 'key_last_usage of'].map(
        (table) => `data eu-west-1 ${table} archive missing`,
      ),
      'data eu-west-1 key_principals: every row missing',
    ],
    coverage: ofKeys('data eu-west-1', `failed access_denied, ${denied('kms:ListKeys')}`),
  },
  {
    name: 'ListAliases denied in one region: every key there is, without its aliases',
    faults: [{ ...deny('kms:ListAliases'), region: 'us-east-1' }],
    rows: [
      'data us-east-1 key_aliases: every row missing',
      'data us-east-1 keys aws/s3: aliases=null, aws_service=null [kms:ListAliases AccessDeniedException]',
      'data us-east-1 keys orders: aliases=null [kms:ListAliases AccessDeniedException]',
      'data us-east-1 keys vault: aliases=null [kms:ListAliases AccessDeniedException]',
      // That alias/aws/sns is the AWS managed key is known without asking.
      'data us-east-1 resources news:  [kms:ListAliases AccessDeniedException]',
    ],
    coverage: [
      `data us-east-1 key_aliases: failed access_denied, ${denied('kms:ListAliases')}`,
      `data us-east-1 keys: partial access_denied, ${denied('kms:ListAliases')}`,
      `data us-east-1 resources: partial access_denied, ${denied('kms:ListAliases')}`,
    ],
  },
  {
    name: 'DescribeCustomKeyStores denied: the stores are missing, their keys are there',
    faults: [deny('kms:DescribeCustomKeyStores')],
    rows: ['data us-east-1 custom_key_stores vault missing'],
    coverage: ['data us-east-1', 'data eu-west-1'].map(
      (place) => `${place} custom_key_stores: failed access_denied, ${denied('kms:DescribeCustomKeyStores')}`,
    ),
  },
  {
    name: 'ListBuckets denied: the buckets are missing, and what only they tell',
    faults: [deny('s3:ListBuckets')],
    rows: [
      'data eu-west-1 keys aws-owned/s3 missing',
      'data eu-west-1 s3_buckets lake-logs missing',
      'data us-east-1 resource_policies lake missing',
      'data us-east-1 s3_bucket_access lake missing',
      'data us-east-1 s3_buckets lake missing',
    ],
    coverage: [
      ...ofTables(
        'data global',
        ['s3_buckets', 's3_bucket_access', 'resource_policies'],
        'failed access_denied, s3:ListBuckets AccessDenied × 1',
      ),
      ...mayNameMore('s3:ListBuckets AccessDenied × 1'),
    ],
  },
  {
    name: 'ListQueues denied: what other services hold is there',
    faults: [deny('sqs:ListQueues')],
    rows: ['data us-east-1 resources jobs missing', 'data us-east-1 resource_policies jobs missing'],
    coverage: [
      'data us-east-1 resource_policies: partial access_denied, sqs:ListQueues AccessDenied × 1',
      'data eu-west-1 resource_policies: failed access_denied, sqs:ListQueues AccessDenied × 1',
      'data us-east-1 resources: partial access_denied, sqs:ListQueues AccessDenied × 1',
      'data eu-west-1 resources: partial access_denied, sqs:ListQueues AccessDenied × 1',
      ...mayNameMore('sqs:ListQueues AccessDenied × 1'),
    ],
  },
];

/** What a bucket's policy tells of it. */
const lostWithPolicy = [
  'shared_account_ids=null, write_account_ids=null, shared_organization_ids=null, shared_with_anyone=null',
  'shared_services=null, sharing_complete=false, cross_account_read=unknown, read_verdicts=[unknown], readable_account_ids=null, blocked_account_ids=null',
  'unknown_account_ids=null, blocked_organization_ids=null, blocked_services=null, explanation≠',
  'cross_account_write=unknown, write_verdicts=[unknown], writable_account_ids=null, write_blocked_account_ids=null',
  'write_unknown_account_ids=null, write_blocked_organization_ids=null, write_blocked_services=null, write_explanation≠',
];

const facets: FaultCase[] = [
  {
    name: 'DescribeKey denied: what the key is, is unknown; what its policy and grants say, is not',
    faults: [denyForOrders('kms:DescribeKey')],
    rows: [
      ...verdictsUnknown('kms:DescribeKey AccessDeniedException', 'key_type=null, '),
      'data us-east-1 key_last_usage of orders missing',
      'data us-east-1 key_rotations: every row missing',
      `data us-east-1 keys orders: ${[
        'key_type=null, key_type_reason=DescribeKey was not answered, multi_account_access=null, can_view_metadata=null',
        'can_manage_key=null, used_only_for_my_account=null, automatic_rotation=null, pricing_class=null',
        'key_manager=null, origin=null, key_spec=null, key_usage=null, key_state=null, enabled=null, description=null',
        'creation_date=null, multi_region=null, current_key_material_id=null, encryption_algorithms=null',
        'sharing_complete=false, sharing_gaps=[key_manager_not_known], shared_outside_organization=null, effective_sharing_complete=false, effective_shared_outside_organization=null',
        'rotation_state=unknown, rotation_paused=null',
        'rotation_period_in_days=null, next_rotation_date=null, last_rotation_date=null, rotations_count=null',
        'on_demand_rotation_supported=null, monthly_fee_usd=null, request_price_class=null',
      ].join(', ')} [kms:DescribeKey AccessDeniedException]`,
    ],
    coverage: [
      ...coverageOfUsers(denied('kms:DescribeKey')),
      ...ofTables(
        'data us-east-1',
        ['keys', 'key_rotations', 'key_last_usage', 'key_principals'],
        `partial access_denied, ${denied('kms:DescribeKey')}`,
      ),
    ],
  },
  {
    name: 'GetKeyPolicy denied: nothing is proven of sharing, and no grant is more than conditional',
    faults: [denyForOrders('kms:GetKeyPolicy')],
    rows: [
      ...verdictsUnknown('kms:GetKeyPolicy AccessDeniedException'),
      'data us-east-1 key_access of orders missing × 2',
      'data us-east-1 key_access of orders: certainty=conditional, reason≠ []',
      'data us-east-1 key_policies of orders missing',
      'data us-east-1 key_principals of orders missing × 7',
      'data us-east-1 keys orders: sharing=unknown, sharing_complete=false, sharing_gaps=[key_policy_unread], shared_account_ids=[], shared_outside_organization=null, shared_access=[], shared_by=[], effective_sharing=unknown, effective_sharing_complete=false, effective_shared_account_ids=[], effective_shared_outside_organization=null, unread_policies=[default] [kms:GetKeyPolicy AccessDeniedException]',
    ],
    coverage: [
      ...coverageOfUsers(denied('kms:GetKeyPolicy')),
      ...ofTables(
        'data us-east-1',
        ['keys', 'key_access', 'key_policies', 'key_principals'],
        `partial access_denied, ${denied('kms:GetKeyPolicy')}`,
      ),
    ],
  },
  {
    name: 'ListGrants denied: what the policy proves of sharing stays, and is not complete',
    faults: [denyForOrders('kms:ListGrants')],
    rows: [
      'compute us-east-1 s3_buckets app-artifacts:  [kms:ListGrants AccessDeniedException]',
      'data us-east-1 key_access of orders missing',
      'data us-east-1 key_grants of orders missing',
      'data us-east-1 keys orders: sharing_complete=false, sharing_gaps=[grants_unread], shared_outside_organization=null, effective_sharing_complete=false, effective_shared_outside_organization=null [kms:ListGrants AccessDeniedException]',
      'data us-east-1 resources jobs:  [kms:ListGrants AccessDeniedException]',
      'data us-east-1 s3_buckets lake:  [kms:ListGrants AccessDeniedException]',
    ],
    coverage: [
      ...coverageOfUsers(denied('kms:ListGrants')),
      ...ofTables(
        'data us-east-1',
        ['keys', 'key_access', 'key_grants', 'key_principals'],
        `partial access_denied, ${denied('kms:ListGrants')}`,
      ),
    ],
  },
  {
    name: 'ListResourceTags denied',
    faults: [denyForOrders('kms:ListResourceTags')],
    rows: ['data us-east-1 keys orders: tags=null [kms:ListResourceTags AccessDeniedException]'],
    // Conditions on tags decide who can use a key.
    coverage: ofTables(
      'data us-east-1',
      ['keys', 'key_principals'],
      `partial access_denied, ${denied('kms:ListResourceTags')}`,
    ),
  },
  {
    name: 'GetKeyRotationStatus denied: unknown is not off',
    faults: [denyForOrders('kms:GetKeyRotationStatus')],
    rows: [
      'data us-east-1 keys orders: rotation_state=unknown, rotation_paused=null, rotation_period_in_days=null, next_rotation_date=null [kms:GetKeyRotationStatus AccessDeniedException]',
    ],
    coverage: [`data us-east-1 keys: partial access_denied, ${denied('kms:GetKeyRotationStatus')}`],
  },
  {
    name: 'ListKeyRotations denied: no price without the number of rotations',
    faults: [denyForOrders('kms:ListKeyRotations')],
    rows: [
      'data us-east-1 key_rotations: every row missing',
      'data us-east-1 keys orders: last_rotation_date=null, rotations_count=null, monthly_fee_usd=null [kms:ListKeyRotations AccessDeniedException]',
    ],
    coverage: ofTables(
      'data us-east-1',
      ['keys', 'key_rotations'],
      `partial access_denied, ${denied('kms:ListKeyRotations')}`,
    ),
  },
  {
    name: 'GetKeyLastUsage denied',
    faults: [denyForOrders('kms:GetKeyLastUsage')],
    rows: ['data us-east-1 key_last_usage of orders missing'],
    coverage: [`data us-east-1 key_last_usage: partial access_denied, ${denied('kms:GetKeyLastUsage')}`],
  },
  {
    name: 'ListMetrics denied: nobody knows what was used, and every key has its row',
    faults: [{ ...deny('cloudwatch:ListMetrics'), region: 'us-east-1' }],
    rows: ['data us-east-1 key_metrics of orders missing'],
    coverage: [`data us-east-1 key_metrics: failed access_denied, ${denied('cloudwatch:ListMetrics')}`],
  },
  {
    name: 'GetMetricData denied: what was used is not nothing',
    faults: [{ ...deny('cloudwatch:GetMetricData'), region: 'us-east-1' }],
    rows: ['data us-east-1 key_metrics of orders missing'],
    coverage: [`data us-east-1 key_metrics: partial access_denied, ${denied('cloudwatch:GetMetricData')}`],
  },
  {
    name: 'GetBucketPolicy denied: whom the bucket lets in is unknown, not nobody',
    faults: [{ ...deny('s3:GetBucketPolicy'), resource: 'lake' }],
    rows: [
      'data us-east-1 resource_policies lake: sha256=null, document=null, understood=null, statements_count=null, mentions_kms=null [s3:GetBucketPolicy AccessDenied]',
      'data us-east-1 s3_bucket_access lake missing',
      `data us-east-1 s3_buckets lake: ${[...lostWithPolicy, 'organization_policies=null, organization_policy_ids=null, iam_evaluated=null, reader_principal_arns=null, reader_principals_count=null, root_user_can=null'].join(', ')} [s3:GetBucketPolicy AccessDenied]`,
    ],
    coverage: ofTables(
      'data global',
      ['s3_buckets', 's3_bucket_access', 'resource_policies'],
      'partial access_denied, s3:GetBucketPolicy AccessDenied × 1',
    ),
  },
  {
    name: 'GetBucketPolicy denied for a bucket without one: nobody knows that it has none',
    faults: [{ ...deny('s3:GetBucketPolicy'), resource: 'lake-logs' }],
    rows: [
      'data eu-west-1 resource_policies lake-logs is new [s3:GetBucketPolicy AccessDenied]',
      `data eu-west-1 s3_buckets lake-logs: ${lostWithPolicy.join(', ')} [s3:GetBucketPolicy AccessDenied]`,
    ],
    coverage: ofTables(
      'data global',
      ['s3_buckets', 's3_bucket_access', 'resource_policies'],
      'partial access_denied, s3:GetBucketPolicy AccessDenied × 1',
    ),
  },
  {
    name: 'GetBucketEncryption denied: no key is guessed',
    faults: [{ ...deny('s3:GetBucketEncryption'), resource: 'lake-logs' }],
    rows: [
      'data eu-west-1 keys aws-owned/s3 missing',
      'data eu-west-1 s3_buckets lake-logs: sse_algorithm=null, key_reference=null, key_type=null, key_depends_on_writer=null, bucket_key_enabled=null, blocked_encryption_types=null, explanation≠ [s3:GetBucketEncryption AccessDenied]',
    ],
    coverage: [
      'data global s3_buckets: partial access_denied, s3:GetBucketEncryption AccessDenied × 1',
      ...mayNameMore('s3:GetBucketEncryption AccessDenied × 1', ['eu-west-1']),
    ],
  },
];

/** The key `orders` is shared by RAM with `compute`, whose bucket uses it. */
const sharedByRam = (made: SimOrganization) => {
  shareKey(made, keyNamed(made, 'orders'), [compute]);
};

const ram: FaultCase[] = [
  {
    name: 'ListResources of RAM denied: every key is asked, and nothing is missing',
    arrange: sharedByRam,
    faults: [deny('ram:ListResources')],
    rows: [],
    coverage: [],
  },
  {
    name: 'the policy AWS_RAM denied: what the key policy and grants say is no longer sure, or whole',
    arrange: sharedByRam,
    faults: [{ ...denyForOrders('kms:GetKeyPolicy'), input: { PolicyName: 'AWS_RAM' } }],
    rows: [
      ...verdictsUnknown('kms:GetKeyPolicy AccessDeniedException'),
      'data us-east-1 key_access of orders missing',
      'data us-east-1 key_access of orders: certainty=conditional, reason≠ [] × 3',
      'data us-east-1 key_policies of orders missing',
      'data us-east-1 key_principals of orders: unconditional_actions=[], certainty=conditional, conditions≠, can_escalate=null [] × 3',
      'data us-east-1 key_principals of orders: actions≠, unconditional_actions=[], certainty=conditional, conditions≠, allowed_by=[iam,key_policy] [] × 2',
      'data us-east-1 key_principals of orders: actions≠, unconditional_actions=[], certainty=conditional, conditions≠, allowed_by=[key_policy] []',
      'data us-east-1 keys orders: sharing_complete=false, sharing_gaps=[ram_policy_unread], shared_outside_organization=null, shared_by=[key_policy], effective_sharing_complete=false, effective_shared_outside_organization=null, unread_policies=[AWS_RAM] [kms:GetKeyPolicy AccessDeniedException]',
    ],
    coverage: [
      ...coverageOfUsers(denied('kms:GetKeyPolicy')),
      ...ofTables(
        'data us-east-1',
        ['keys', 'key_access', 'key_policies', 'key_principals'],
        `partial access_denied, ${denied('kms:GetKeyPolicy')}`,
      ),
    ],
  },
];

testCases([...wholeAccounts, ...listings, ...facets, ...ram]);
