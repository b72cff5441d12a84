import type { SimKey } from '../../../lab/aws/model.ts';
import { type Place, placeColumns, time } from './places.ts';

/** Rows of `aws_encryption_key_aliases`. */
export function aliasRows(place: Place) {
  return [...place.content.aliases].map((alias) => ({
    ...placeColumns(place),
    alias_name: alias.AliasName,
    alias_arn: alias.AliasArn,
    key_id: alias.TargetKeyId ?? null,
    is_aws_managed: alias.AliasName.startsWith('alias/aws/'),
    creation_date: time(alias.CreationDate),
    last_updated_date: time(alias.LastUpdatedDate),
  }));
}

/** Rows of `aws_encryption_key_rotations`: every key material of keys whose material can change. */
export function rotationRows(place: Place) {
  return [...place.content.keys].filter(hasMaterials).flatMap(({ metadata, rotations }) =>
    rotations.map((rotation) => ({
      ...placeColumns(place),
      key_id: metadata.KeyId,
      arn: metadata.Arn,
      key_material_id: rotation.KeyMaterialId,
      key_material_description: rotation.KeyMaterialDescription ?? null,
      import_state: rotation.ImportState ?? null,
      key_material_state: rotation.KeyMaterialState,
      expiration_model: rotation.ExpirationModel ?? null,
      valid_to: time(rotation.ValidTo),
      rotation_date: time(rotation.RotationDate),
      rotation_type: rotation.RotationType ?? null,
    })),
  );
}

function hasMaterials({ metadata: { KeyManager, KeySpec, Origin } }: SimKey): boolean {
  return KeyManager === 'CUSTOMER' && KeySpec === 'SYMMETRIC_DEFAULT' && /^(AWS_KMS|EXTERNAL)$/.test(Origin);
}

/** Rows of `aws_encryption_custom_key_stores`. */
export function keyStoreRows(place: Place) {
  return place.content.customKeyStores.map((store) => ({
    ...placeColumns(place),
    custom_key_store_id: store.CustomKeyStoreId,
    name: store.CustomKeyStoreName,
    type: store.CustomKeyStoreType,
    cloud_hsm_cluster_id: store.CloudHsmClusterId ?? null,
    connection_state: store.ConnectionState,
    connection_error_code: store.ConnectionErrorCode ?? null,
    creation_date: time(store.CreationDate),
    xks_proxy_connectivity: store.XksProxyConfiguration?.Connectivity ?? null,
    xks_proxy_uri_endpoint: store.XksProxyConfiguration?.UriEndpoint ?? null,
    xks_proxy_uri_path: store.XksProxyConfiguration?.UriPath ?? null,
    xks_proxy_vpc_endpoint_service_name: store.XksProxyConfiguration?.VpcEndpointServiceName ?? null,
    xks_proxy_vpc_endpoint_service_owner: store.XksProxyConfiguration?.VpcEndpointServiceOwner ?? null,
  }));
}
