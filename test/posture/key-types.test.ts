import { describe, expect, it } from 'vitest';
import { classify, type KeyTypeName, keyTypesByName } from '../../src/posture/key-types.ts';
import { type Kind, keyOfKind } from './keys.ts';

describe("the article's table", () => {
  const columns = ['multi-account', 'metadata', 'manage', 'only mine', 'automatic', 'on demand', 'price'];
  const table: Readonly<Record<KeyTypeName, readonly string[]>> = {
    customer_managed_external_material: ['yes', 'yes', 'yes', 'yes', 'no', 'yes', 'monthly_and_per_use'],
    customer_managed_cloudhsm: ['yes', 'yes', 'yes', 'yes', 'no', 'no', 'monthly_and_per_use'],
    customer_managed_xks: ['yes', 'yes', 'yes', 'yes', 'no', 'no', 'monthly_and_per_use'],
    customer_managed_aws_material: ['yes', 'yes', 'yes', 'yes', 'optional', 'yes', 'monthly_and_per_use'],
    aws_managed: ['no', 'yes', 'no', 'yes', 'required', 'no', 'per_use'],
    aws_owned: ['varies', 'no', 'no', 'no', 'varies', 'varies', 'varies'],
  };

  it.each(Object.values(keyTypesByName))('$keyType', (type) => {
    const row = [
      type.multiAccountAccess,
      type.canViewMetadata,
      type.canManageKey,
      type.usedOnlyForMyAccount,
      type.automaticRotation,
      type.onDemandRotation,
      type.pricingClass,
    ];
    expect(row).toHaveLength(columns.length);
    expect(row).toEqual(table[type.keyType]);
  });

  it('has the six types under their own names', () => {
    expect(Object.keys(keyTypesByName).sort()).toEqual(Object.keys(table).sort());
    for (const [name, type] of Object.entries(keyTypesByName)) expect(type.keyType).toBe(name);
  });

  it('knows which row of the article each is, and that external key stores came later', () => {
    expect(Object.values(keyTypesByName).map(({ articleRow }) => articleRow)).toEqual([
      'Customer Managed Key: External Key Material',
      'Customer Managed Key: Custom Key Store',
      null,
      'Customer Managed Key: AWS-Provided Key Material',
      'AWS Managed Key',
      'AWS Owned Key',
    ]);
  });

  it("corrects the article: KMS's own modules are FIPS 140-3 Security Level 3, AWS owned keys carry no fee", () => {
    expect(keyTypesByName.customer_managed_aws_material.hsmValidation).toContain(
      'FIPS 140-3 Security Level 3',
    );
    expect(keyTypesByName.customer_managed_cloudhsm.note).toContain('no longer for the level');
    expect(keyTypesByName.aws_owned.note).toContain('no fee');
  });
});

const types: Readonly<Record<Kind, KeyTypeName | string>> = {
  aws_material: 'customer_managed_aws_material',
  imported: 'customer_managed_external_material',
  imported_rsa: 'customer_managed_external_material',
  imported_hmac: 'customer_managed_external_material',
  pending_import: 'customer_managed_external_material',
  cloudhsm: 'customer_managed_cloudhsm',
  xks: 'customer_managed_xks',
  unavailable: 'customer_managed_xks',
  rsa_2048: 'customer_managed_aws_material',
  rsa_4096_signing: 'customer_managed_aws_material',
  ecc: 'customer_managed_aws_material',
  key_agreement: 'customer_managed_aws_material',
  secp256k1: 'customer_managed_aws_material',
  ed25519: 'customer_managed_aws_material',
  ml_dsa: 'customer_managed_aws_material',
  ml_kem_512: 'customer_managed_aws_material',
  ml_kem_768: 'customer_managed_aws_material',
  ml_kem_1024: 'customer_managed_aws_material',
  imported_ml_kem: 'customer_managed_external_material',
  sm2: 'customer_managed_aws_material',
  hmac_224: 'customer_managed_aws_material',
  hmac_256: 'customer_managed_aws_material',
  hmac_384: 'customer_managed_aws_material',
  hmac: 'customer_managed_aws_material',
  primary: 'customer_managed_aws_material',
  replica: 'customer_managed_aws_material',
  imported_primary: 'customer_managed_external_material',
  imported_replica: 'customer_managed_external_material',
  disabled: 'customer_managed_aws_material',
  pending_deletion: 'customer_managed_aws_material',
  pending_replica_deletion: 'customer_managed_aws_material',
  imported_pending_deletion: 'customer_managed_external_material',
  aws_managed: 'aws_managed',
  unknown_origin: 'Origin AWS_QUANTUM is not known to this version of the plugin',
  unknown_spec: 'KeySpec HQC_256 is not known to this version of the plugin',
  unknown_manager: 'KeyManager PARTNER is not known to this version of the plugin',
  no_manager: 'DescribeKey answered no KeyManager',
  no_origin: 'DescribeKey answered no Origin',
  no_spec: 'DescribeKey answered no KeySpec',
};

describe('classify: the type of a key, or why it cannot be told', () => {
  it.each(Object.entries(types) as [Kind, string][])('%s: %s', (kind, expected) => {
    const { keyType, reason } = classify(keyOfKind(kind));
    expect(keyType ?? reason).toBe(expected);
    expect([keyType, reason]).toContain(null);
  });

  it('an AWS managed key is one whatever its origin and spec', () => {
    const metadata = { ...keyOfKind('aws_managed'), origin: 'AWS_QUANTUM', keySpec: null };
    expect(classify(metadata)).toEqual({ keyType: 'aws_managed', reason: null });
  });
});
