import { demoAccounts } from '../../../lab/aws/organizations/demo-accounts.ts';

const member = {
  region: 'global',
  partition: 'aws',
  state: 'ACTIVE',
  joined_method: 'CREATED',
  joined_at: '2023-02-01T09:30:00',
  organization_id: 'o-demo0lab01',
  is_management_account: false,
  is_delegated_administrator: false,
  in_scope: true,
  skip_reason: null,
  rcp_enabled: true,
  scp_enabled: true,
};

const unitNames: Readonly<Record<string, string>> = {
  'r-demo': 'Root',
  'ou-demo-secur001': 'security',
  'ou-demo-workl001': 'workloads',
  'ou-demo-prodn001': 'production',
  'ou-demo-batch001': 'batch',
  'ou-demo-gonea001': 'leaving',
};

const named = (name: keyof typeof demoAccounts, ...units: string[]) => ({
  ...member,
  account_id: demoAccounts[name],
  arn: `arn:aws:organizations::111111111111:account/o-demo0lab01/${demoAccounts[name]}`,
  name,
  email: `${name}@example.com`,
  organization_units: ['r-demo', ...units],
  organization_unit_names: ['r-demo', ...units].map((unit) => unitNames[unit]),
  tags: {},
  errors: null,
});

/** The demo's rows of `aws_encryption_accounts`. */
export const demoAccountRows = [
  { ...named('management'), is_management_account: true },
  {
    ...named('data', 'ou-demo-workl001', 'ou-demo-prodn001'),
    tags: { owner: 'data-platform', environment: 'production' },
  },
  {
    ...named('compute', 'ou-demo-workl001', 'ou-demo-prodn001', 'ou-demo-batch001'),
    tags: { owner: 'analytics', environment: 'production' },
  },
  { ...named('security', 'ou-demo-secur001'), is_delegated_administrator: true },
  { ...named('legacy', 'ou-demo-workl001'), joined_method: 'INVITED' },
  {
    ...named('suspended', 'ou-demo-gonea001'),
    state: 'SUSPENDED',
    in_scope: false,
    skip_reason: 'account_suspended',
  },
  { ...named('closed', 'ou-demo-gonea001'), state: 'CLOSED', in_scope: false, skip_reason: 'account_closed' },
];
