import type { KeyMetadata } from '../../src/aws/kms-facts.ts';

/** DescribeKey of a customer managed, symmetric, single-Region, enabled key of AWS material, changed as said. */
export function keyMetadata(changes: Partial<KeyMetadata> = {}): KeyMetadata {
  return {
    arn: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    accountId: '111122223333',
    keyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
    keyManager: 'CUSTOMER',
    origin: 'AWS_KMS',
    keySpec: 'SYMMETRIC_DEFAULT',
    keyUsage: 'ENCRYPT_DECRYPT',
    keyState: 'Enabled',
    enabled: true,
    description: '',
    creationDate: new Date('2024-01-01T00:00:00Z'),
    deletionDate: null,
    pendingDeletionWindowInDays: null,
    multiRegion: false,
    multiRegionKeyType: null,
    primaryKeyArn: null,
    replicaKeyArns: null,
    customKeyStoreId: null,
    cloudHsmClusterId: null,
    xksKeyId: null,
    expirationModel: null,
    validTo: null,
    currentKeyMaterialId: null,
    encryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    signingAlgorithms: null,
    macAlgorithms: null,
    keyAgreementAlgorithms: null,
    ...changes,
  };
}

/** Every kind of key of KMS's API, by what makes it one. */
export const kinds = {
  aws_material: {},
  imported: { origin: 'EXTERNAL', expirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' },
  imported_rsa: {
    origin: 'EXTERNAL',
    keySpec: 'RSA_4096',
    expirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
  },
  imported_hmac: {
    origin: 'EXTERNAL',
    keySpec: 'HMAC_256',
    keyUsage: 'GENERATE_VERIFY_MAC',
    expirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
  },
  pending_import: { origin: 'EXTERNAL', keyState: 'PendingImport', enabled: false },
  cloudhsm: { origin: 'AWS_CLOUDHSM', customKeyStoreId: 'cks-1', cloudHsmClusterId: 'cluster-1' },
  xks: { origin: 'EXTERNAL_KEY_STORE', customKeyStoreId: 'cks-2', xksKeyId: 'k1' },
  unavailable: {
    origin: 'EXTERNAL_KEY_STORE',
    customKeyStoreId: 'cks-2',
    keyState: 'Unavailable',
    enabled: false,
  },
  rsa_2048: { keySpec: 'RSA_2048' },
  rsa_4096_signing: { keySpec: 'RSA_4096', keyUsage: 'SIGN_VERIFY' },
  ecc: { keySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY' },
  key_agreement: { keySpec: 'ECC_NIST_P384', keyUsage: 'KEY_AGREEMENT' },
  secp256k1: { keySpec: 'ECC_SECG_P256K1', keyUsage: 'SIGN_VERIFY' },
  ed25519: { keySpec: 'ECC_NIST_EDWARDS25519', keyUsage: 'SIGN_VERIFY' },
  ml_dsa: { keySpec: 'ML_DSA_65', keyUsage: 'SIGN_VERIFY' },
  sm2: { keySpec: 'SM2' },
  hmac: { keySpec: 'HMAC_512', keyUsage: 'GENERATE_VERIFY_MAC' },
  primary: { multiRegion: true, multiRegionKeyType: 'PRIMARY' },
  replica: { multiRegion: true, multiRegionKeyType: 'REPLICA' },
  imported_primary: { origin: 'EXTERNAL', multiRegion: true, multiRegionKeyType: 'PRIMARY' },
  imported_replica: { origin: 'EXTERNAL', multiRegion: true, multiRegionKeyType: 'REPLICA' },
  disabled: { keyState: 'Disabled', enabled: false },
  pending_deletion: { keyState: 'PendingDeletion', enabled: false },
  pending_replica_deletion: {
    keyState: 'PendingReplicaDeletion',
    enabled: false,
    multiRegion: true,
    multiRegionKeyType: 'PRIMARY',
  },
  imported_pending_deletion: { origin: 'EXTERNAL', keyState: 'PendingDeletion', enabled: false },
  aws_managed: { keyManager: 'AWS' },
  unknown_origin: { origin: 'AWS_QUANTUM' },
  unknown_spec: { keySpec: 'ML_KEM_768' },
  unknown_manager: { keyManager: 'PARTNER' },
  no_manager: { keyManager: null },
  no_origin: { origin: null },
  no_spec: { keySpec: null },
} satisfies Readonly<Record<string, Partial<KeyMetadata>>>;

export type Kind = keyof typeof kinds;

export const keyOfKind = (kind: Kind): KeyMetadata => keyMetadata(kinds[kind]);
