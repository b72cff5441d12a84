import { services } from '../../src/services/catalogue.ts';
import { operations } from '../../src/services/operations.ts';

/** Specs that a user may write, by what is special about them. */
export const goodSpecs: Readonly<Record<string, unknown>> = {
  'nothing at all': {},
  'null in place of every optional block': {
    regions: null,
    accounts: null,
    org: null,
    concurrency: null,
    max_retries: null,
    requests_per_second: null,
    known_accounts: null,
  },
  'empty lists': { regions: [], accounts: [] },
  'every enabled region': { regions: ['*'] },
  'resources of every service': { resource_services: ['*'] },
  'services by default': { resource_services: [] },
  'regions of several partitions': {
    regions: ['us-gov-west-1', 'cn-northwest-1', 'eusc-de-east-1', 'us-isob-east-1'],
  },
  'an account with all keys': {
    accounts: [
      {
        id: '111122223333',
        account_name: 'data',
        role_arn: 'arn:aws:iam::111122223333:role/posture',
        role_session_name: 'cloudquery',
        external_id: 'x',
        local_profile: 'p',
        default_region: 'us-east-1',
        regions: ['us-east-1'],
      },
    ],
  },
  'an account by a label, with empty text for what is not given': {
    accounts: [{ id: 'cq-playground', role_arn: '', external_id: '', local_profile: '', account_name: '' }],
  },
  'roles of other partitions and with a path': {
    accounts: [
      { id: 'gov', role_arn: 'arn:aws-us-gov:iam::111122223333:role/audit/posture' },
      { id: 'cn', role_arn: 'arn:aws-cn:iam::111122223333:role/posture' },
    ],
  },
  'an organization by its role alone': { org: { member_role_name: 'OrganizationAccountAccessRole' } },
  'an organization beside an empty list of accounts': { org: { member_role_name: 'r' }, accounts: [] },
  'an organization with all keys': {
    org: {
      admin_account: {
        id: '1',
        role_arn: 'arn:aws:iam::111122223333:role/a',
        local_profile: 'p',
        regions: ['*'],
      },
      member_trusted_principal: { local_profile: 'audit' },
      member_role_name: 'audit/posture',
      member_role_session_name: 'cloudquery',
      member_external_id: 'x/1',
      member_regions: ['*'],
      organization_units: ['ou-ab12-11111111', 'r-ab12'],
      skip_organization_units: [],
      skip_member_accounts: ['000011112222'],
    },
  },
  "an existing block of CloudQuery's AWS source": {
    regions: ['us-east-1', 'eu-west-1'],
    org: {
      admin_account: { local_profile: 'management' },
      member_role_name: 'OrganizationAccountAccessRole',
      organization_units: ['ou-ab12-11111111'],
    },
    concurrency: 50000,
    initialization_concurrency: 4,
    aws_debug: false,
    max_retries: 10,
    max_backoff: 30,
    custom_endpoint_url: '',
    custom_endpoint_hostname_immutable: null,
    custom_endpoint_partition_id: '',
    custom_endpoint_signing_region: '',
    use_paid_apis: false,
    table_options: { aws_cloudtrail_events: { lookup_events: [{}] } },
    event_based_sync: { full_sync: true },
    scheduler: 'dfs',
  },
  'an emulator': {
    custom_endpoint_url: 'http://127.0.0.1:4566',
    custom_endpoint_partition_id: 'aws',
    custom_endpoint_signing_region: 'us-east-1',
    custom_endpoint_hostname_immutable: true,
  },
  'an emulator at an IPv6 address, with a path': { custom_endpoint_url: 'https://[::1]:4566/aws' },
  "this plugin's own keys": {
    quota_share: 1,
    requests_per_second: { 'kms:DescribeKey': 1000, 'kms:GetKeyLastUsage': 0.5 },
    resource_services: ['sqs', 'backup'],
    include_grants: false,
    include_key_last_usage: true,
    include_key_metrics: true,
    include_organization_policies: false,
    include_iam: true,
    known_accounts: { '999988887777': 'auditor' },
    deletion: 'generation',
    history: true,
    max_retries: 0,
    max_backoff: 0,
    concurrency: 1,
  },
};

/** Specs that are refused, and the sentence. */
export const badSpecs: readonly (readonly [written: unknown, sentence: string])[] = [
  [{ deletion: 'stale' }, 'spec.deletion is "stale"; it must be `scope`, `generation` or `none`'],
  [
    { history: true, deletion: 'scope' },
    'spec has both `history: true` and `deletion: scope`, which would delete the history; leave one of them out',
  ],
  [{ include_key_metrics: 'all' }, 'spec.include_key_metrics is "all"; it must be true or false'],
  [
    { include_key_metric: true },
    'spec.include_key_metric is not a key of this plugin; did you mean `include_key_metrics`?',
  ],
  [[], 'spec is []; it must be a mapping'],
  ['x', 'spec is "x"; it must be a mapping'],
  [
    { org: { member_role_nam: 'r' } },
    'spec.org.member_role_nam is not a key of this plugin; did you mean `member_role_name`?',
  ],
  [
    { org: { membr_rol_name: 'r' } },
    'spec.org.membr_rol_name is not a key of this plugin; did you mean `member_role_name`?',
  ],
  [{ Concurrency: 5 }, 'spec.Concurrency is not a key of this plugin; did you mean `concurrency`?'],
  [{ knownAccounts: {} }, 'spec.knownAccounts is not a key of this plugin; did you mean `known_accounts`?'],
  [
    { org: { member_role_name: 'r', external_id: 'hush' } },
    'spec.org.external_id is not a key of this plugin; did you mean `member_external_id`?',
  ],
  [
    { accounts: [{ id: 'a', rolearn: 'x' }] },
    'spec.accounts[0].rolearn is not a key of this plugin; did you mean `role_arn`?',
  ],
  [
    { tables: ['*'] },
    'spec.tables is not a key of this plugin; `tables` belongs one level up, beside `spec`',
  ],
  [
    { member_role_name: 'r' },
    'spec.member_role_name is not a key of this plugin; `member_role_name` belongs in `spec.org`',
  ],
  [
    { role_arn: 'r' },
    'spec.role_arn is not a key of this plugin; `role_arn` belongs in `spec.accounts[]` or `spec.org.admin_account` or `spec.org.member_trusted_principal`',
  ],
  [
    { accounts: [{ id: 'a', secret_access_key: 'hush' }] },
    'spec.accounts[0].secret_access_key is not a key of this plugin; the keys of spec.accounts[0] are `id`, `account_name`, `role_arn`, `role_session_name`, `external_id`, `local_profile`, `default_region`, `regions`',
  ],
  [
    { accounts: [{ id: 'a' }], org: { member_role_name: 'r' } },
    'spec has both `accounts` and `org`; keep one of them, or use a source for each',
  ],
  [
    { regions: [5] },
    'spec.regions[0] is 5; it must be a region such as us-east-1, or "*" alone for every enabled region',
  ],
  [
    { regions: ['us-*'] },
    'spec.regions[0] is "us-*"; it must be a region such as us-east-1, or "*" alone for every enabled region',
  ],
  [
    { regions: ['*', 'us-east-1'] },
    'spec.regions is ["*","us-east-1"]; it must be either names of regions or "*" alone',
  ],
  [{ regions: 'us-east-1' }, 'spec.regions is "us-east-1"; it must be a list of regions'],
  [{ accounts: {} }, 'spec.accounts is a mapping; it must be a list of accounts'],
  [{ accounts: [null] }, 'spec.accounts[0] is empty; it must be a mapping with the keys of an account'],
  [
    { accounts: [{ role_arn: 'arn:aws:iam::111122223333:role/r' }] },
    'spec.accounts[0].id is missing; it must be a label in quotes, usually the account id (YAML takes unquoted digits for a number and drops leading zeros)',
  ],
  [
    { accounts: [{ id: 111122223333 }] },
    'spec.accounts[0].id is 111122223333; it must be a label in quotes, usually the account id (YAML takes unquoted digits for a number and drops leading zeros)',
  ],
  [
    { accounts: [{ id: 'a', role_arn: 'arn:aws:iam::1:role/r' }] },
    'spec.accounts[0].role_arn is "arn:aws:iam::1:role/r"; it must be the ARN of a role, such as arn:aws:iam::111122223333:role/posture',
  ],
  [
    { accounts: [{ id: 'a', role_arn: 'arn:aws:iam::111122223333:user/u' }] },
    'spec.accounts[0].role_arn is "arn:aws:iam::111122223333:user/u"; it must be the ARN of a role, such as arn:aws:iam::111122223333:role/posture',
  ],
  [
    { accounts: [{ id: 'a', external_id: 'hush hush' }] },
    'spec.accounts[0].external_id is text of another form (not shown); it must be an external id: letters, digits or any of _+=,.@:/-',
  ],
  [
    { org: { member_role_name: 'r', member_external_id: 12345 } },
    'spec.org.member_external_id is a number; it must be an external id: letters, digits or any of _+=,.@:/-',
  ],
  [
    { accounts: [{ id: 'a', role_session_name: 'a b' }] },
    'spec.accounts[0].role_session_name is "a b"; it must be a session name: 2 to 64 letters, digits or any of _+=,.@-',
  ],
  [
    { accounts: [{ id: 'a', default_region: '*' }] },
    'spec.accounts[0].default_region is "*"; it must be a region such as us-east-1',
  ],
  [
    { org: {} },
    'spec.org.member_role_name is missing; it must be the name of a role, not its ARN, such as cloudquery-aws-encryption-member',
  ],
  [
    { org: { member_role_name: 'arn:aws:iam::111122223333:role/r' } },
    'spec.org.member_role_name is "arn:aws:iam::111122223333:role/r"; it must be the name of a role, not its ARN, such as cloudquery-aws-encryption-member',
  ],
  [
    { org: { member_role_name: 'r', organization_units: ['OU-AB12-11111111'] } },
    'spec.org.organization_units[0] is "OU-AB12-11111111"; it must be an organizational unit or root, such as ou-ab12-11111111 or r-ab12',
  ],
  [
    { org: { member_role_name: 'r', skip_member_accounts: [11112222] } },
    'spec.org.skip_member_accounts[0] is 11112222; it must be an account id: 12 digits, in quotes (YAML takes unquoted digits for a number and drops leading zeros)',
  ],
  [
    { org: { member_role_name: 'r', member_trusted_principal: 'arn' } },
    'spec.org.member_trusted_principal is "arn"; it must be a mapping that says how to get credentials, such as `role_arn` or `local_profile`',
  ],
  [
    { resource_services: ['sqs', 'kinesys'] },
    'spec.resource_services[1] is "kinesys"; it must be a service whose resources are read, or "*" alone for all of them; did you mean `kinesis`?',
  ],
  [
    { resource_services: ['s3'] },
    `spec.resource_services[0] is "s3"; it must be a service whose resources are read, or "*" alone for all of them; the services are ${services.map((name) => `\`${name}\``).join(', ')}`,
  ],
  [
    { resource_services: ['sqs', '*'] },
    'spec.resource_services is ["sqs","*"]; it must be either names of services or "*" alone',
  ],
  [{ resource_services: 'sqs' }, 'spec.resource_services is "sqs"; it must be a list of services'],
  [{ concurrency: 0 }, 'spec.concurrency is 0; it must be a whole number of requests, 1 or more'],
  [{ concurrency: '256' }, 'spec.concurrency is "256"; it must be a whole number of requests, 1 or more'],
  [{ max_retries: 1.5 }, 'spec.max_retries is 1.5; it must be a whole number of retries from 0 to 1000'],
  [{ max_backoff: -1 }, 'spec.max_backoff is -1; it must be a whole number of seconds from 0 to 3600'],
  [
    { custom_endpoint_url: '127.0.0.1:4566' },
    'spec.custom_endpoint_url is "127.0.0.1:4566"; it must be an http or https address without user, password and query, such as http://127.0.0.1:4566',
  ],
  [
    { custom_endpoint_url: 'http://me:hush@127.0.0.1:4566' },
    'spec.custom_endpoint_url is an address with a user in it; it must be an http or https address without user, password and query, such as http://127.0.0.1:4566',
  ],
  [
    { custom_endpoint_partition_id: 'china' },
    'spec.custom_endpoint_partition_id is "china"; it must be a partition such as aws, aws-cn or aws-us-gov',
  ],
  [{ aws_debug: 'yes' }, 'spec.aws_debug is "yes"; it must be true or false'],
  [{ quota_share: 0 }, 'spec.quota_share is 0; it must be a share above 0 and up to 1, such as 0.5'],
  [{ quota_share: 50 }, 'spec.quota_share is 50; it must be a share above 0 and up to 1, such as 0.5'],
  [
    { requests_per_second: { 'kms:DescribeKeys': 5 } },
    'spec.requests_per_second["kms:DescribeKeys"] is not a key of this plugin; did you mean `kms:DescribeKey`?',
  ],
  [
    { requests_per_second: { 'iam:CreateUser': 5 } },
    `spec.requests_per_second["iam:CreateUser"] is not a key of this plugin; the keys of spec.requests_per_second are ${operations.map((name) => `\`${name}\``).join(', ')}`,
  ],
  [
    { requests_per_second: { 'kms:DescribeKey': 0 } },
    'spec.requests_per_second["kms:DescribeKey"] is 0; it must be a number of requests per second, above 0',
  ],
  [
    { requests_per_second: [5] },
    'spec.requests_per_second is a list; it must be a mapping from operations to requests per second',
  ],
  [
    { known_accounts: { '99998888777': 'auditor' } },
    'spec.known_accounts has the key "99998888777"; it must be an account id: 12 digits, in quotes (YAML takes unquoted digits for a number and drops leading zeros)',
  ],
  [
    { known_accounts: { '999988887777': 5 } },
    'spec.known_accounts["999988887777"] is 5; it must be one line of text',
  ],
];
