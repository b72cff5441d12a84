import { expect } from 'vitest';
import { demoAccounts } from '../../../lab/aws/organizations/demo-accounts.ts';

/** What service and resource control policies leave of the sharing. */
interface AfterPolicies {
  readonly effective_sharing: string;
  readonly effective_sharing_complete: boolean;
  readonly effective_shared_account_ids: readonly string[];
  readonly effective_shared_organization_ids: readonly string[];
  readonly effective_shared_outside_organization: boolean | null;
  readonly organization_policy_ids: readonly string[];
}

type Documents = Omit<Judgement, keyof AfterPolicies>;

/** Where they take nothing away. */
const untouched = (judged: Documents): AfterPolicies => ({
  effective_sharing: judged.sharing,
  effective_sharing_complete: judged.sharing_complete,
  effective_shared_account_ids: judged.shared_account_ids,
  effective_shared_organization_ids: judged.shared_organization_ids,
  effective_shared_outside_organization: judged.shared_outside_organization,
  organization_policy_ids: [],
});

/** Every column of `aws_encryption_keys` that is a judgement and not in AWS's own words. */
export interface Judgement extends AfterPolicies {
  readonly key_type: string | null;
  readonly key_type_reason: string | null;
  readonly multi_account_access: string | null;
  readonly can_view_metadata: string | null;
  readonly can_manage_key: string | null;
  readonly used_only_for_my_account: string | null;
  readonly automatic_rotation: string | null;
  readonly pricing_class: string | null;
  readonly material_state: string | null;
  readonly aws_service: string | null;
  readonly sharing: string;
  readonly sharing_complete: boolean;
  readonly sharing_gaps: readonly string[];
  readonly shared_account_ids: readonly string[];
  readonly shared_organization_ids: readonly string[];
  readonly shared_outside_organization: boolean | null;
  readonly shared_access: readonly string[];
  readonly shared_by: readonly string[];
  readonly unread_policies: readonly string[];
  readonly rotation_state: string;
  readonly rotation_paused: boolean | null;
  readonly rotation_not_supported_reason: string | null;
  readonly rotation_period_in_days: number | null;
  readonly next_rotation_date: string | null;
  readonly last_rotation_date: string | null;
  readonly rotations_count: number | null;
  readonly on_demand_rotation_supported: boolean | null;
  readonly monthly_fee_usd: number | null;
  readonly request_price_class: string | null;
  readonly enumerated_by: string;
  /** Counted of AWS owned keys only. */
  readonly resources_count: null;
  readonly fix: unknown;
  readonly errors: unknown;
}

/** Customer managed, symmetric, AWS's material, rotation off, the default key policy: what the others differ from. */
const plain: Documents = {
  key_type: 'customer_managed_aws_material',
  key_type_reason: null,
  multi_account_access: 'yes',
  can_view_metadata: 'yes',
  can_manage_key: 'yes',
  used_only_for_my_account: 'yes',
  automatic_rotation: 'optional',
  pricing_class: 'monthly_and_per_use',
  material_state: null,
  aws_service: null,
  sharing: 'not_shared',
  sharing_complete: true,
  sharing_gaps: [],
  shared_account_ids: [],
  shared_organization_ids: [],
  shared_outside_organization: false,
  shared_access: [],
  shared_by: [],
  unread_policies: [],
  rotation_state: 'disabled',
  rotation_paused: false,
  rotation_not_supported_reason: null,
  rotation_period_in_days: null,
  next_rotation_date: null,
  last_rotation_date: null,
  rotations_count: 0,
  on_demand_rotation_supported: true,
  monthly_fee_usd: 1,
  request_price_class: 'symmetric',
  enumerated_by: 'kms',
  resources_count: null,
  fix: null,
  errors: null,
};

/** What takes access away from those outside the organization: a step of a kind among others. */
const takenAway = (kind: string): unknown =>
  expect.arrayContaining([
    expect.objectContaining({ purpose: 'take_away', steps: [expect.objectContaining({ kind })] }),
  ]);

const rotating = { rotation_state: 'enabled', rotation_period_in_days: 365 };

const suspended = { rotation_state: 'suspended', rotation_paused: null, monthly_fee_usd: 0 };

const imported = {
  key_type: 'customer_managed_external_material',
  automatic_rotation: 'no',
  material_state: 'imported',
  rotation_state: 'not_supported',
  rotation_paused: null,
  rotation_not_supported_reason: 'external_material',
};

/** No rotation of any kind. */
const never = (reason: string) => ({
  rotation_state: 'not_supported',
  rotation_paused: null,
  rotation_not_supported_reason: reason,
  rotations_count: null,
  on_demand_rotation_supported: false,
});

const cloudHsm = { key_type: 'customer_managed_cloudhsm', automatic_rotation: 'no', ...never('cloudhsm') };

const externalKeyStore = { key_type: 'customer_managed_xks', automatic_rotation: 'no', ...never('xks') };

const asymmetric = { ...never('asymmetric'), request_price_class: 'asymmetric' };

// AWS's price list names no request class for these.
const mlDsa = { ...never('asymmetric'), request_price_class: null };
/** Not even a monthly fee: no price of it was found. */
const mlKem = { ...mlDsa, monthly_fee_usd: null };
const hmac = { ...never('hmac'), request_price_class: null };

const awsManaged = (service: string) => ({
  key_type: 'aws_managed',
  multi_account_access: 'no',
  can_manage_key: 'no',
  automatic_rotation: 'required',
  pricing_class: 'per_use',
  aws_service: service,
  sharing: 'not_shareable',
  rotation_state: 'required',
  rotation_paused: null,
  rotations_count: null,
  on_demand_rotation_supported: false,
  monthly_fee_usd: 0,
});

/** By the demo's RCP no outsider can use the workloads' keys. */
const insidersOnly = {
  effective_sharing: 'organization',
  effective_shared_account_ids: [demoAccounts.compute],
  effective_shared_outside_organization: false,
  organization_policy_ids: ['p-demoperim1'],
};

const differences: Readonly<Record<string, Partial<Judgement>>> = {
  symmetric: {},
  'symmetric-rotating': {
    ...rotating,
    next_rotation_date: '2027-04-01T12:00:00',
    last_rotation_date: '2026-04-01T12:00:00',
    rotations_count: 3,
    monthly_fee_usd: 3,
  },
  'symmetric-rotating-180-days': {
    ...rotating,
    rotation_period_in_days: 180,
    next_rotation_date: '2024-08-28T08:00:00',
    last_rotation_date: '2026-02-10T16:20:00',
    rotations_count: 1,
    monthly_fee_usd: 2,
  },
  'symmetric-rotating-now': { ...rotating, next_rotation_date: '2025-03-01T08:00:00' },
  'symmetric-disabled': { ...rotating, rotation_paused: true, next_rotation_date: '2025-03-01T08:00:00' },
  'symmetric-pending-deletion': suspended,
  'symmetric-creating': {},
  'symmetric-updating': {},
  imported,
  'imported-expiring': imported,
  'imported-expired': { ...imported, material_state: 'expired' },
  'imported-never': { ...imported, material_state: 'never_imported' },
  'imported-rotated': {
    ...imported,
    last_rotation_date: '2025-09-01T10:00:00',
    rotations_count: 1,
    monthly_fee_usd: 2,
  },
  'imported-rsa': { ...imported, ...asymmetric },
  'imported-hmac': { ...imported, ...hmac },
  cloudhsm: cloudHsm,
  'cloudhsm-unavailable': cloudHsm,
  xks: externalKeyStore,
  'xks-unavailable': externalKeyStore,
  'rsa-encrypting': asymmetric,
  'rsa-signing': { ...asymmetric, request_price_class: 'asymmetric_rsa_2048' },
  'ecc-p256': asymmetric,
  'ecc-p384': asymmetric,
  'ecc-p521': asymmetric,
  'ecc-secp256k1': asymmetric,
  ed25519: asymmetric,
  'ml-dsa-44': mlDsa,
  'ml-dsa-65': mlDsa,
  'ml-dsa-87': mlDsa,
  'ml-kem-512': mlKem,
  'ml-kem-768': mlKem,
  'ml-kem-1024': mlKem,
  'key-agreement': asymmetric,
  'hmac-224': hmac,
  'hmac-512': hmac,
  'multi-region-primary': { ...rotating, next_rotation_date: '2025-03-01T08:00:00' },
  'multi-region-replica': {
    ...rotating,
    next_rotation_date: '2025-03-01T08:00:00',
    on_demand_rotation_supported: false,
  },
  // No source says whether a primary is charged while it waits for its replicas' end.
  'multi-region-pending-replica-deletion': { ...suspended, monthly_fee_usd: null },
  'multi-region-replica-pending-deletion': { ...suspended, on_demand_rotation_supported: false },
  sm2: { ...never('asymmetric'), request_price_class: null },
  future: {
    key_type: null,
    key_type_reason: 'Origin AWS_ORBITAL_HSM is not known to this version of the plugin',
    multi_account_access: null,
    can_view_metadata: null,
    can_manage_key: null,
    used_only_for_my_account: null,
    automatic_rotation: null,
    pricing_class: null,
    rotation_state: 'unknown',
    rotation_paused: null,
    rotations_count: null,
    on_demand_rotation_supported: null,
    monthly_fee_usd: null,
    request_price_class: null,
  },
  // One of its statements is not understood: nothing is proven, in either direction.
  'oddly-shared': {
    sharing: 'unknown',
    sharing_complete: false,
    sharing_gaps: ['key_policy_not_understood'],
    shared_outside_organization: null,
  },
  'aws/acm': awsManaged('acm'),
  'aws/ebs': awsManaged('ebs'),
  'aws/s3': awsManaged('s3'),
  'data-lake': {
    ...rotating,
    next_rotation_date: '2027-03-01T08:00:00',
    last_rotation_date: '2026-03-01T08:00:00',
    rotations_count: 2,
    monthly_fee_usd: 3,
    sharing: 'external',
    shared_account_ids: [demoAccounts.compute, demoAccounts.vendor, demoAccounts.auditor],
    shared_outside_organization: true,
    shared_access: ['grant', 'read_metadata', 'use'],
    shared_by: ['grant', 'key_policy'],
    fix: takenAway('revoke_grant'),
    ...insidersOnly,
  },
  'data-lake-europe': {
    sharing: 'organization',
    shared_account_ids: [demoAccounts.compute],
    shared_access: ['use'],
    shared_by: ['key_policy'],
    effective_sharing: 'not_shared',
    effective_shared_account_ids: [],
    organization_policy_ids: ['p-demoregion'],
  },
  exchange: {
    sharing: 'external',
    shared_account_ids: [demoAccounts.compute, demoAccounts.vendor],
    shared_outside_organization: true,
    shared_access: ['read_metadata', 'use'],
    shared_by: ['ram'],
    fix: takenAway('end_resource_share'),
    ...insidersOnly,
  },
  'partner-exchange': {
    sharing: 'external',
    shared_account_ids: [demoAccounts.vendor],
    shared_outside_organization: true,
    shared_access: ['read_metadata', 'use'],
    shared_by: ['ram'],
    fix: takenAway('end_resource_share'),
    ...insidersOnly,
    effective_sharing: 'not_shared',
    effective_shared_account_ids: [],
  },
  orders: { ...rotating, next_rotation_date: '2025-03-01T08:00:00' },
  trail: { ...rotating, next_rotation_date: '2025-03-01T08:00:00' },
  archive: {
    sharing: 'organization',
    shared_account_ids: [demoAccounts.compute],
    shared_access: ['read_metadata', 'use'],
    shared_by: ['key_policy'],
  },
  'shared-with-the-organization': {
    sharing: 'organization',
    shared_organization_ids: ['o-demo0lab01'],
    shared_access: ['read_metadata', 'use'],
    shared_by: ['key_policy'],
  },
};

/** What must be said of the key behind `alias/<name>`. */
export function judgementOf(name: string): Judgement {
  const difference = differences[name];
  if (difference === undefined) throw new Error(`expected/kinds.ts does not say what ${name} is`);
  return { ...plain, ...untouched({ ...plain, ...difference }), ...difference };
}
