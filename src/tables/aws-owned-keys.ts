import type { Scope } from '../organization/model.ts';
import { sharingOfAwsOwnedKey } from '../posture/access/sharing.ts';
import { keyTypesByName } from '../posture/key-types.ts';
import type { keys } from './keys.ts';
import type { Row } from './table.ts';

const type = keyTypesByName.aws_owned;

/** What stands for the id of the key, which AWS shows to nobody. */
export const awsOwnedKeyId = (service: string): string => `aws-owned/${service}`;

/**
 * The row of the AWS owned key of a service, which no API lists: resources of an account and region say that
 * they use it.
 * @param resources how many of them were seen
 */
export function awsOwnedKeyRow(scope: Scope, service: string, resources: number): Row<typeof keys> {
  return {
    ...nothingVisible,
    account_id: scope.accountId,
    region: scope.region,
    partition: scope.partition,
    key_id: awsOwnedKeyId(service),
    account_name: scope.accountName,
    enumerated_by: 'resource',
    resources_count: resources,
    aws_service: service,
    key_type: type.keyType,
    multi_account_access: type.multiAccountAccess,
    can_view_metadata: type.canViewMetadata,
    can_manage_key: type.canManageKey,
    used_only_for_my_account: type.usedOnlyForMyAccount,
    automatic_rotation: type.automaticRotation,
    pricing_class: type.pricingClass,
    sharing: sharingOfAwsOwnedKey.sharing,
    rotation_state: 'not_visible',
    // AWS charges nothing for AWS owned keys (KMS developer guide, read 2026-11-23).
    monthly_fee_usd: 0,
  };
}

/** What AWS shows to nobody, and what such a key does not have. */
const nothingVisible = {
  arn: null,
  key_type_reason: null,
  key_manager: null,
  origin: null,
  key_spec: null,
  key_usage: null,
  key_state: null,
  enabled: null,
  description: null,
  creation_date: null,
  deletion_date: null,
  pending_deletion_window_in_days: null,
  multi_region: null,
  multi_region_key_type: null,
  primary_key_arn: null,
  replica_key_arns: null,
  custom_key_store_id: null,
  cloud_hsm_cluster_id: null,
  xks_key_id: null,
  expiration_model: null,
  valid_to: null,
  current_key_material_id: null,
  material_state: null,
  encryption_algorithms: null,
  signing_algorithms: null,
  mac_algorithms: null,
  key_agreement_algorithms: null,
  encapsulation_algorithms: null,
  aliases: null,
  tags: null,
  sharing_complete: null,
  sharing_gaps: null,
  shared_account_ids: null,
  shared_organization_ids: null,
  shared_outside_organization: null,
  shared_access: null,
  shared_by: null,
  effective_sharing: null,
  effective_sharing_complete: null,
  effective_shared_account_ids: null,
  effective_shared_organization_ids: null,
  effective_shared_outside_organization: null,
  organization_policy_ids: null,
  unread_policies: null,
  rotation_paused: null,
  rotation_not_supported_reason: null,
  rotation_period_in_days: null,
  next_rotation_date: null,
  last_rotation_date: null,
  rotations_count: null,
  on_demand_rotation_supported: null,
  request_price_class: null,
  fix: null,
  errors: null,
};
