import type { SimKey } from '../model.ts';
import { at, type WireCustomKeyStore } from '../wire-shapes.ts';
import { type KeyOptions, newKey } from './key.ts';
import type { Place } from './material.ts';

/** A custom key store backed by a CloudHSM cluster. `failure`: it is not connected, and why. */
export function cloudHsmStore(name: string, failure?: string): WireCustomKeyStore {
  return {
    CustomKeyStoreId: `cks-${hexOf(name)}`,
    CustomKeyStoreName: name,
    CloudHsmClusterId: `cluster-${hexOf(name).slice(0, 11)}`,
    TrustAnchorCertificate: '-----BEGIN CERTIFICATE-----\nsimulated\n-----END CERTIFICATE-----\n',
    ...connection(failure),
    CreationDate: at('2022-05-04T10:00:00Z'),
    CustomKeyStoreType: 'AWS_CLOUDHSM',
  };
}

/** An external key store, reached over the internet or over a VPC endpoint service. */
export function externalKeyStore(
  name: string,
  options: { readonly failure?: string; readonly vpcEndpointServiceOwner?: string } = {},
): WireCustomKeyStore {
  const overVpc = options.vpcEndpointServiceOwner !== undefined;
  return {
    CustomKeyStoreId: `cks-${hexOf(name)}`,
    CustomKeyStoreName: name,
    ...connection(options.failure),
    CreationDate: at('2023-01-15T10:00:00Z'),
    CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
    XksProxyConfiguration: {
      Connectivity: overVpc ? 'VPC_ENDPOINT_SERVICE' : 'PUBLIC_ENDPOINT',
      AccessKeyId: 'ABCDEFGHIJKLMNOPQRST',
      UriEndpoint: `https://${name}.example.com`,
      UriPath: '/kms/xks/v1',
      ...(options.vpcEndpointServiceOwner === undefined
        ? {}
        : {
            VpcEndpointServiceName: `com.amazonaws.vpce.us-east-1.vpce-svc-${hexOf(name)}`,
            VpcEndpointServiceOwner: options.vpcEndpointServiceOwner,
          }),
    },
  };
}

/** Customer managed, in a CloudHSM key store. A store that is not connected leaves it Unavailable. */
export function cloudHsmKey(
  place: Place,
  name: string,
  store: WireCustomKeyStore,
  options: KeyOptions = {},
): SimKey {
  return newKey(
    place,
    name,
    {
      spec: 'SYMMETRIC_DEFAULT',
      origin: 'AWS_CLOUDHSM',
      state: stateIn(store),
      metadata: {
        CustomKeyStoreId: store.CustomKeyStoreId,
        CloudHsmClusterId: store.CloudHsmClusterId ?? '',
      },
    },
    options,
  );
}

/** Customer managed, in an external key store. */
export function externalStoreKey(
  place: Place,
  name: string,
  store: WireCustomKeyStore,
  options: KeyOptions & { readonly xksKeyId?: string } = {},
): SimKey {
  return newKey(
    place,
    name,
    {
      spec: 'SYMMETRIC_DEFAULT',
      origin: 'EXTERNAL_KEY_STORE',
      state: stateIn(store),
      metadata: {
        CustomKeyStoreId: store.CustomKeyStoreId,
        XksKeyConfiguration: { Id: options.xksKeyId ?? `xks-${name}` },
      },
    },
    options,
  );
}

function stateIn(store: WireCustomKeyStore): string {
  return store.ConnectionState === 'CONNECTED' ? 'Enabled' : 'Unavailable';
}

function connection(failure: string | undefined): { ConnectionState: string; ConnectionErrorCode?: string } {
  return failure === undefined
    ? { ConnectionState: 'CONNECTED' }
    : { ConnectionState: 'FAILED', ConnectionErrorCode: failure };
}

function hexOf(name: string): string {
  return Buffer.from(name.padEnd(9, '.')).toString('hex').slice(0, 17);
}
