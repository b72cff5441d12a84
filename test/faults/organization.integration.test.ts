import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Effect } from '../../lab/aws/faults.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import { type FaultCase, testCases } from './cases.ts';
import { type Harness, startHarness } from './harness.ts';
import { data, org, organization } from './organization.ts';
import { leaks } from './secrets.ts';

/** Where organization policies were not read, nobody is told to be able to do anything for sure. */
const perhaps = (
  place: string,
  count: number,
  more = ', certainty=conditional',
  rest = ', can_escalate=null',
) => `${place}: unconditional_actions=[]${more}, conditions≠${rest} [] × ${count}`;
const nobodyForSure = [
  perhaps('compute us-east-1 key_principals of app', 3),
  perhaps('data eu-west-1 key_principals of archive', 3),
  perhaps('data us-east-1 key_principals of aws/s3', 3, '', ''),
  perhaps('data us-east-1 key_principals of orders', 3, undefined, ''),
  perhaps('data us-east-1 key_principals of orders', 3),
  perhaps('data us-east-1 key_principals of vault', 3),
];

describe('what the organization does not need for a sync', () => {
  const deny = (operation: string) =>
    [{ operation: `organizations:${operation}`, effect: { kind: 'deny' } }] as const;
  const ofAllAccounts = (operation: string, ...columns: string[]) =>
    ['management', 'data', 'compute'].map(
      (name) =>
        `${name} global accounts ${name}: ${columns.join(', ')} [organizations:${operation} AccessDeniedException]`,
    );
  const cases: FaultCase[] = [
    {
      name: 'ListRoots denied: nobody knows which organization policies are on',
      faults: deny('ListRoots'),
      rows: [
        ...ofAllAccounts('ListRoots', 'organization_unit_names=null', 'rcp_enabled=null', 'scp_enabled=null'),
        'compute us-east-1 s3_buckets app-artifacts: explanation≠, organization_policies=not_read []',
        ...nobodyForSure,
        'data us-east-1 key_access of orders: limited_by=null []',
        'data us-east-1 keys orders: effective_sharing=null, effective_sharing_complete=null, effective_shared_account_ids=null, effective_shared_organization_ids=null, effective_shared_outside_organization=null, organization_policy_ids=null []',
        'data us-east-1 resources jobs: explanation≠, organization_policies=not_read []',
        'data us-east-1 resources news: explanation≠, organization_policies=not_read []',
        'data us-east-1 s3_buckets lake: explanation≠, organization_policies=not_read []',
        'management global organization_policies FullAWSAccess missing',
      ],
      coverage: [
        'management global accounts: partial access_denied, organizations:ListRoots AccessDeniedException × 1',
        'management global organization_policies: failed access_denied, organizations:ListRoots AccessDeniedException × 1',
      ],
    },
    {
      name: 'ListDelegatedAdministrators denied',
      faults: deny('ListDelegatedAdministrators'),
      rows: ofAllAccounts('ListDelegatedAdministrators', 'is_delegated_administrator=null'),
      coverage: [
        'management global accounts: partial access_denied, organizations:ListDelegatedAdministrators AccessDeniedException × 1',
      ],
    },
    {
      name: 'ListTagsForResource denied: tags are unread, and nobody is said to have none',
      faults: deny('ListTagsForResource'),
      rows: ofAllAccounts('ListTagsForResource', 'tags=null'),
      coverage: [
        'management global accounts: partial access_denied, organizations:ListTagsForResource AccessDeniedException × 3',
      ],
    },
    {
      name: 'DescribeOrganization denied: the ARNs of the members tell the same',
      faults: deny('DescribeOrganization'),
      rows: [],
      coverage: [
        'management global accounts: partial access_denied, organizations:DescribeOrganization AccessDeniedException × 1',
      ],
    },
    {
      name: 'DescribeOrganization denied to an account of its own: it does not know its organization',
      spec: {},
      faults: deny('DescribeOrganization'),
      // No organization policy binds the management account, if it is that.
      rows: [
        'management global accounts null: organization_id=null, is_management_account=null [organizations:DescribeOrganization AccessDeniedException]',
        perhaps('management us-east-1 key_principals of billing', 2),
      ],
      coverage: [
        'management global accounts: partial access_denied, organizations:DescribeOrganization AccessDeniedException × 1',
        'management global organization_policies: skipped not_selected',
      ],
    },
  ];
  testCases(cases);
});

describe('organization policies', () => {
  const deny = (operation: string, resource?: string) =>
    [
      { operation: `organizations:${operation}`, effect: { kind: 'deny' }, ...(resource && { resource }) },
    ] as const;
  const line = (rest: string) => `management global organization_policies: ${rest}`;
  testCases([
    {
      name: 'ListPolicies denied',
      faults: deny('ListPolicies'),
      rows: [
        'compute us-east-1 s3_buckets app-artifacts: explanation≠, organization_policies=not_read []',
        ...nobodyForSure,
        'data us-east-1 keys orders: effective_sharing_complete=false, effective_shared_outside_organization=null []',
        'data us-east-1 resources jobs: explanation≠, organization_policies=not_read []',
        'data us-east-1 resources news: explanation≠, organization_policies=not_read []',
        'data us-east-1 s3_buckets lake: explanation≠, organization_policies=not_read []',
        'management global organization_policies FullAWSAccess missing',
      ],
      coverage: [line('failed access_denied, organizations:ListPolicies AccessDeniedException × 1')],
    },
    {
      name: 'DescribePolicy denied',
      faults: deny('DescribePolicy'),
      rows: [
        'compute us-east-1 s3_buckets app-artifacts: cross_account_read=unknown, read_verdicts=[unknown], readable_account_ids=[], unknown_account_ids=[222222222222], explanation≠, organization_policies=conditional, organization_policy_ids=[p-FullAWSAccess], reader_principal_arns=[], reader_principals_count=0, root_user_can=unknown []',
        ...nobodyForSure,
        'data us-east-1 keys orders: effective_sharing_complete=false, effective_shared_outside_organization=null []',
        'data us-east-1 resources jobs: cross_account_use=unknown, use_verdicts=[unknown], usable_account_ids=[], unknown_account_ids=[333333333333], cross_account_read=unknown, readable_account_ids=[], operations≠, explanation≠, organization_policies=conditional, organization_policy_ids=[p-FullAWSAccess], reader_principal_arns=[], reader_principals_count=0, root_user_can=unknown []',
        'data us-east-1 resources news: organization_policies=conditional, organization_policy_ids=[p-FullAWSAccess] []',
        'data us-east-1 s3_buckets lake: cross_account_read=unknown, read_verdicts=[unknown], readable_account_ids=[], unknown_account_ids=[333333333333], explanation≠, organization_policies=conditional, organization_policy_ids=[p-FullAWSAccess], reader_principal_arns=[], reader_principals_count=0, root_user_can=unknown []',
        'management global organization_policies FullAWSAccess: content=null, understood=null, mentions_kms=null [organizations:DescribePolicy AccessDeniedException]',
      ],
      coverage: [line('partial access_denied, organizations:DescribePolicy AccessDeniedException × 1')],
    },
    {
      name: 'ListTargetsForPolicy denied',
      faults: deny('ListTargetsForPolicy', 'p-FullAWSAccess'),
      rows: [
        'compute us-east-1 s3_buckets app-artifacts: cross_account_read=unknown, read_verdicts=[unknown], readable_account_ids=[], unknown_account_ids=[222222222222], explanation≠, organization_policies=conditional, organization_policy_ids=[p-FullAWSAccess], reader_principal_arns=[], reader_principals_count=0, root_user_can=unknown []',
        ...nobodyForSure,
        'data us-east-1 keys orders: effective_sharing_complete=false, effective_shared_outside_organization=null []',
        'data us-east-1 resources jobs: cross_account_use=unknown, use_verdicts=[unknown], usable_account_ids=[], unknown_account_ids=[333333333333], cross_account_read=unknown, readable_account_ids=[], operations≠, explanation≠, organization_policies=conditional, organization_policy_ids=[p-FullAWSAccess], reader_principal_arns=[], reader_principals_count=0, root_user_can=unknown []',
        'data us-east-1 resources news: organization_policies=conditional, organization_policy_ids=[p-FullAWSAccess] []',
        'data us-east-1 s3_buckets lake: cross_account_read=unknown, read_verdicts=[unknown], readable_account_ids=[], unknown_account_ids=[333333333333], explanation≠, organization_policies=conditional, organization_policy_ids=[p-FullAWSAccess], reader_principal_arns=[], reader_principals_count=0, root_user_can=unknown []',
        'management global organization_policies FullAWSAccess: targets=null [organizations:ListTargetsForPolicy AccessDeniedException]',
      ],
      coverage: [line('partial access_denied, organizations:ListTargetsForPolicy AccessDeniedException × 1')],
    },
    {
      name: 'own reading denied by an SCP: told apart from a missing IAM permission',
      faults: [
        {
          operation: 'kms:DescribeCustomKeyStores',
          region: 'eu-west-1',
          account: data,
          effect: {
            kind: 'error',
            status: 400,
            code: 'AccessDeniedException',
            message:
              'User: arn:aws:sts::222222222222:assumed-role/posture/s is not authorized to perform: kms:DescribeCustomKeyStores with an explicit deny in a service control policy: arn:aws:organizations::111111111111:policy/o-exampleorg1/service_control_policy/p-regions01',
          },
        },
      ],
      rows: [],
      coverage: [
        'data eu-west-1 custom_key_stores: failed denied_by_organization_policy, kms:DescribeCustomKeyStores AccessDeniedException × 1',
      ],
    },
  ]);
});

describe('without the list of members there is no sync: no table, no row, one sentence', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  const sentence = (operation: string, code: string, account = '111111111111') =>
    `${operation} failed with ${code} (account ${account}, us-east-1)`;

  test.each<[name: string, operation: string, effect: Effect, status: string, code: string]>([
    ['denied', 'ListAccounts', { kind: 'deny' }, 'PERMISSION_DENIED', 'AccessDeniedException'],
    ['a repeated paging token', 'ListAccounts', { kind: 'repeated_marker' }, 'UNAVAILABLE', 'broken_paging'],
    ['throttled for good', 'ListAccounts', { kind: 'throttle' }, 'UNAVAILABLE', 'TooManyRequestsException'],
    ['errors 500', 'ListAccounts', { kind: 'internal' }, 'UNAVAILABLE', 'ServiceException'],
    ['HTML', 'ListAccounts', { kind: 'html', status: 200 }, 'UNAVAILABLE', 'unreadable_answer'],
    ['an empty body', 'ListAccounts', { kind: 'empty_body' }, 'UNAVAILABLE', 'unreadable_answer'],
    [
      'expired credentials',
      'ListAccounts',
      { kind: 'expire_credentials' },
      'UNAUTHENTICATED',
      'ExpiredTokenException',
    ],
    [
      'no organization',
      'ListAccounts',
      { kind: 'error', status: 400, code: 'AWSOrganizationsNotInUseException' },
      'FAILED_PRECONDITION',
      'AWSOrganizationsNotInUseException',
    ],
  ])('%s', async (_name, operation, effect, status, code) => {
    const aws = await startSimulator(organization(), { keepRequests: true });
    aws.faults.add({ operation: `organizations:${operation}`, effect });
    const seen = await harness.sync(aws, { org });
    const found = leaks(seen, aws);
    await aws.close();
    expect(seen).toMatchObject({ status, rows: {}, tables: [], errors: [] });
    expect(seen.details).toContain(sentence('organizations:ListAccounts', code));
    expect(found).toEqual([]);
  });

  test('page 2 of the members is denied: half of the members is no organization', async () => {
    const aws = await startSimulator(organization());
    aws.faults.add({ operation: 'organizations:ListAccounts', effect: { kind: 'short_pages', entries: 1 } });
    aws.faults.add({ operation: 'organizations:ListAccounts', page: 2, effect: { kind: 'deny' } });
    const seen = await harness.sync(aws, { org });
    await aws.close();
    expect(seen).toMatchObject({ status: 'PERMISSION_DENIED', rows: {}, tables: [], errors: [] });
  });
});
