import type { SimKey } from '../../../lab/aws/model.ts';
import { type Place, placeColumns, time } from './places.ts';

/** What `aws_encryption_keys` says in AWS's own words, straight from what the simulated AWS holds. */
export function rawKeyColumns(place: Place, key: SimKey) {
  const { metadata } = key;
  const family = metadata.MultiRegionConfiguration;
  return {
    ...placeColumns(place),
    key_id: metadata.KeyId,
    arn: metadata.Arn,
    key_manager: metadata.KeyManager,
    origin: metadata.Origin,
    key_spec: metadata.KeySpec,
    key_usage: metadata.KeyUsage,
    key_state: metadata.KeyState,
    enabled: metadata.Enabled,
    description: metadata.Description,
    creation_date: time(metadata.CreationDate),
    deletion_date: time(metadata.DeletionDate),
    pending_deletion_window_in_days: metadata.PendingDeletionWindowInDays ?? null,
    multi_region: metadata.MultiRegion,
    multi_region_key_type: family?.MultiRegionKeyType ?? null,
    primary_key_arn: family?.PrimaryKey.Arn ?? null,
    replica_key_arns: family?.ReplicaKeys.map(({ Arn }) => Arn) ?? null,
    custom_key_store_id: metadata.CustomKeyStoreId ?? null,
    cloud_hsm_cluster_id: metadata.CloudHsmClusterId ?? null,
    xks_key_id: metadata.XksKeyConfiguration?.Id ?? null,
    expiration_model: metadata.ExpirationModel ?? null,
    valid_to: time(metadata.ValidTo),
    current_key_material_id: metadata.CurrentKeyMaterialId ?? null,
    encryption_algorithms: metadata.EncryptionAlgorithms ?? null,
    signing_algorithms: metadata.SigningAlgorithms ?? null,
    mac_algorithms: metadata.MacAlgorithms ?? null,
    key_agreement_algorithms: metadata.KeyAgreementAlgorithms ?? null,
    encapsulation_algorithms: metadata.EncapsulationAlgorithms ?? null,
    aliases: aliasesOf(place, key),
    // The policies of AWS managed keys need not let the account read tags: they are not asked for.
    tags:
      metadata.KeyManager === 'AWS'
        ? null
        : Object.fromEntries(key.tags.map(({ TagKey, TagValue }) => [TagKey, TagValue])),
  };
}

/** Names of the key's aliases, sorted. */
export function aliasesOf({ content }: Place, key: SimKey): string[] {
  const own = [...content.aliases].filter(({ TargetKeyId }) => TargetKeyId === key.metadata.KeyId);
  return own.map(({ AliasName }) => AliasName).sort();
}
