/** Builders for every kind of KMS key: `addKey(account, awsMaterialKey(place, 'orders'), 'alias/orders')`. */
export { asymmetricKey, futureKey, hmacKey, keyAgreementKey } from './keys/asymmetric.ts';
export { awsManagedKey, predefinedAliases } from './keys/aws-managed.ts';
export { multiRegionFamily } from './keys/families.ts';
export type { Place } from './keys/material.ts';
export { keyPolicy, type PolicyStatement } from './keys/policies.ts';
export { disabled, pendingDeletion, pendingReplicaDeletion, withState } from './keys/states.ts';
export { cloudHsmKey, cloudHsmStore, externalKeyStore, externalStoreKey } from './keys/stores.ts';
export { awsMaterialKey, importedKey } from './keys/symmetric.ts';
