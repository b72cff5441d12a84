import type { Scope } from '../organization/model.ts';
import type { CustomKeyStore } from '../services/kms/facts.ts';
import { key, text, timestamp } from './column.ts';
import { defineTable, placeColumns, type Row } from './table.ts';

/** CloudHSM and external key stores. The XKS proxy's access key id is half of a credential and never read. */
export const customKeyStores = defineTable({
  name: 'aws_encryption_custom_key_stores',
  title: 'Custom key stores',
  doc: 'One row for each CloudHSM key store or external key store of an account and region.',
  columns: {
    ...placeColumns,
    custom_key_store_id: key(text('`cks-…`: joins `aws_encryption_keys.custom_key_store_id`.')),
    account_name: text('Name of the account; null when not known.'),
    name: text('The name that its owner gave it.'),
    type: text('`AWS_CLOUDHSM` or `EXTERNAL_KEY_STORE`, as AWS says.'),
    cloud_hsm_cluster_id: text('Null for an external key store.'),
    connection_state: text(
      '`CONNECTED`, `DISCONNECTED`, `FAILED`, …: keys of a store that is not connected cannot be used.',
    ),
    connection_error_code: text('Why the connection failed; null otherwise.'),
    creation_date: timestamp('When it was created (UTC).'),
    xks_proxy_connectivity: text(
      '`PUBLIC_ENDPOINT` or `VPC_ENDPOINT_SERVICE`; null for a CloudHSM key store.',
    ),
    xks_proxy_uri_endpoint: text("The external key store proxy's address."),
    xks_proxy_uri_path: text("The external key store proxy's path."),
    xks_proxy_vpc_endpoint_service_name: text('Null for a public endpoint.'),
    xks_proxy_vpc_endpoint_service_owner: text('The account that owns the VPC endpoint service.'),
  },
});

export function customKeyStoreRow(store: CustomKeyStore, scope: Scope): Row<typeof customKeyStores> {
  return {
    account_id: scope.accountId,
    region: scope.region,
    partition: scope.partition,
    custom_key_store_id: store.id,
    account_name: scope.accountName,
    name: store.name,
    type: store.type,
    cloud_hsm_cluster_id: store.cloudHsmClusterId,
    connection_state: store.connectionState,
    connection_error_code: store.connectionErrorCode,
    creation_date: store.creationDate,
    xks_proxy_connectivity: store.xksProxyConnectivity,
    xks_proxy_uri_endpoint: store.xksProxyUriEndpoint,
    xks_proxy_uri_path: store.xksProxyUriPath,
    xks_proxy_vpc_endpoint_service_name: store.xksProxyVpcEndpointServiceName,
    xks_proxy_vpc_endpoint_service_owner: store.xksProxyVpcEndpointServiceOwner,
  };
}
