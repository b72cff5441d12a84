import { valueOrNull } from '../aws/fact.ts';
import type { KeyPosture } from '../posture/key.ts';
import { failedReads, type KeyRead } from '../posture/key-facts.ts';
import { errorsCell } from './table.ts';

/** The reads that decide the values of a row of `_keys`. */
export const keyRowReads: readonly KeyRead[] = [
  'metadata',
  'aliases',
  'tags',
  'rotationStatus',
  'rotations',
  'policy',
  'ramPolicy',
  'grants',
];

/**
 * The row of a key that ListKeys named. One literal, however long: a row put together from parts costs ten times
 * as much, and there are a hundred thousand of them in a full region.
 */
export function keyRow(posture: KeyPosture) {
  const { facts, classification, type, rotation } = posture;
  const metadata = valueOrNull(facts.metadata);
  const { sharing } = posture.access();
  const effective = posture.effectiveSharing();
  const aliases = aliasNames(posture);
  return {
    account_id: facts.scope.accountId,
    region: facts.scope.region,
    partition: facts.scope.partition,
    key_id: facts.keyId,
    arn: facts.arn,
    account_name: facts.scope.accountName,
    enumerated_by: 'kms',
    resources_count: null,

    key_type: classification.keyType,
    key_type_reason: classification.reason,
    multi_account_access: type?.multiAccountAccess ?? null,
    can_view_metadata: type?.canViewMetadata ?? null,
    can_manage_key: type?.canManageKey ?? null,
    used_only_for_my_account: type?.usedOnlyForMyAccount ?? null,
    automatic_rotation: type?.automaticRotation ?? null,
    pricing_class: type?.pricingClass ?? null,

    key_manager: metadata?.keyManager ?? null,
    origin: metadata?.origin ?? null,
    key_spec: metadata?.keySpec ?? null,
    key_usage: metadata?.keyUsage ?? null,
    key_state: metadata?.keyState ?? null,
    enabled: metadata?.enabled ?? null,
    description: metadata?.description ?? null,
    creation_date: metadata?.creationDate ?? null,
    deletion_date: metadata?.deletionDate ?? null,
    pending_deletion_window_in_days: metadata?.pendingDeletionWindowInDays ?? null,
    multi_region: metadata?.multiRegion ?? null,
    multi_region_key_type: metadata?.multiRegionKeyType ?? null,
    primary_key_arn: metadata?.primaryKeyArn ?? null,
    replica_key_arns: metadata?.replicaKeyArns ?? null,
    custom_key_store_id: metadata?.customKeyStoreId ?? null,
    cloud_hsm_cluster_id: metadata?.cloudHsmClusterId ?? null,
    xks_key_id: metadata?.xksKeyId ?? null,
    expiration_model: metadata?.expirationModel ?? null,
    valid_to: metadata?.validTo ?? null,
    current_key_material_id: metadata?.currentKeyMaterialId ?? null,
    material_state: posture.material,
    encryption_algorithms: metadata?.encryptionAlgorithms ?? null,
    signing_algorithms: metadata?.signingAlgorithms ?? null,
    mac_algorithms: metadata?.macAlgorithms ?? null,
    key_agreement_algorithms: metadata?.keyAgreementAlgorithms ?? null,
    encapsulation_algorithms: metadata?.encapsulationAlgorithms ?? null,
    aliases,
    tags: valueOrNull(facts.tags),
    aws_service: awsService(aliases),

    sharing: sharing.sharing,
    sharing_complete: sharing.sharingComplete,
    sharing_gaps: sharing.sharingGaps,
    shared_account_ids: sharing.sharedAccountIds,
    shared_organization_ids: sharing.sharedOrganizationIds,
    shared_outside_organization: sharing.sharedOutsideOrganization,
    shared_access: sharing.sharedAccess,
    shared_by: sharing.sharedBy,
    effective_sharing: effective?.sharing ?? null,
    effective_sharing_complete: effective?.sharingComplete ?? null,
    effective_shared_account_ids: effective?.sharedAccountIds ?? null,
    effective_shared_organization_ids: effective?.sharedOrganizationIds ?? null,
    effective_shared_outside_organization: effective?.sharedOutsideOrganization ?? null,
    organization_policy_ids: effective?.policyIds ?? null,
    unread_policies: unreadPolicies(facts),

    rotation_state: rotation.rotationState,
    rotation_paused: rotation.rotationPaused,
    rotation_not_supported_reason: rotation.rotationNotSupportedReason,
    rotation_period_in_days: rotation.rotationPeriodInDays,
    next_rotation_date: rotation.nextRotationDate,
    last_rotation_date: rotation.lastRotationDate,
    rotations_count: rotation.rotationsCount,
    on_demand_rotation_supported: rotation.onDemandRotationSupported,

    monthly_fee_usd: posture.monthlyFeeUsd,
    request_price_class: posture.requestPriceClass,
    fix: posture.fix(),
    errors: errorsCell(failedReads(facts, keyRowReads)),
  };
}

/** Sorted, so that the same key gives the same row in every sync; null when they were not read. */
function aliasNames({ facts }: KeyPosture): readonly string[] | null {
  const names = valueOrNull(facts.aliases)?.map(({ name }) => name);
  return names?.sort() ?? null;
}

/** `s3` of `alias/aws/s3`, which only AWS can make. */
function awsService(aliases: readonly string[] | null): string | null {
  const prefix = 'alias/aws/';
  return aliases?.find((name) => name.startsWith(prefix))?.slice(prefix.length) ?? null;
}

/** Names of the key policies that could not be read. */
function unreadPolicies({ policy, ramPolicy }: KeyPosture['facts']): readonly string[] {
  return [
    ...(ramPolicy.state === 'unread' ? ['AWS_RAM'] : []),
    ...(policy.state === 'unread' ? ['default'] : []),
  ];
}
