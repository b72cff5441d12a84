import type { KeyMetadata } from '../services/kms/facts.ts';
import { keySpecFamily } from './key-spec.ts';

/** The kinds of KMS key that the article's table tells apart, and external key stores, which came after it. */
export type KeyTypeName =
  | 'customer_managed_external_material'
  | 'customer_managed_cloudhsm'
  | 'customer_managed_xks'
  | 'customer_managed_aws_material'
  | 'aws_managed'
  | 'aws_owned';

/** One row of the article's table. Like the article, it speaks of symmetric encryption keys. */
export interface KeyType {
  readonly keyType: KeyTypeName;
  readonly title: string;
  /** Can another account be let in? */
  readonly multiAccountAccess: 'yes' | 'no' | 'varies';
  readonly canViewMetadata: 'yes' | 'no' | 'varies';
  readonly canManageKey: 'yes' | 'no' | 'varies';
  /** `yes`: unless its policy or a grant shares it on purpose. */
  readonly usedOnlyForMyAccount: 'yes' | 'no' | 'varies';
  readonly automaticRotation: 'no' | 'optional' | 'required' | 'varies';
  readonly onDemandRotation: 'yes' | 'no' | 'varies';
  readonly pricingClass: 'monthly_and_per_use' | 'per_use' | 'varies';
  /** What the key material lives in, and how that is validated. */
  readonly hsmValidation: string;
  /** The row's name in the article of 2022; null where the article has no such row. */
  readonly articleRow: string | null;
  /** What changed or is corrected since 2022, dated. */
  readonly note: string;
}

// KMS developer guide, internals page, certificate 4884; read 2026-11-24.
const kmsHsm =
  'AWS KMS hardware security modules, multi-tenant: FIPS 140-3 Security Level 3 (certificate 4884), outside the China regions';

/**
 * The table of "Encryption in AWS and Multi-Account Access" (CloudQuery blog, 2022), as it holds today.
 * Changes since then: document history of the KMS developer guide, read 2026-11-23.
 */
export const keyTypesByName: Readonly<Record<KeyTypeName, KeyType>> = {
  customer_managed_external_material: {
    keyType: 'customer_managed_external_material',
    title: 'Customer managed key: imported (external) key material',
    multiAccountAccess: 'yes',
    canViewMetadata: 'yes',
    canManageKey: 'yes',
    usedOnlyForMyAccount: 'yes',
    automaticRotation: 'no',
    onDemandRotation: 'yes',
    pricingClass: 'monthly_and_per_use',
    hsmValidation: kmsHsm,
    articleRow: 'Customer Managed Key: External Key Material',
    note:
      'Used only for the own account unless its policy or a grant shares it. Still no automatic rotation; ' +
      'on-demand rotation of symmetric keys since 2025-06-05 (single-Region) and 2025-11-26 (multi-Region, on the primary); ' +
      'asymmetric and HMAC material can be imported since 2023-06-05 and does not rotate.',
  },
  customer_managed_cloudhsm: {
    keyType: 'customer_managed_cloudhsm',
    title: 'Customer managed key: custom key store (AWS CloudHSM)',
    multiAccountAccess: 'yes',
    canViewMetadata: 'yes',
    canManageKey: 'yes',
    usedOnlyForMyAccount: 'yes',
    automaticRotation: 'no',
    onDemandRotation: 'no',
    pricingClass: 'monthly_and_per_use',
    hsmValidation:
      "single-tenant hardware security modules of the customer's AWS CloudHSM cluster; validated as its HSM type is",
    articleRow: 'Customer Managed Key: Custom Key Store',
    note:
      'Used only for the own account unless its policy or a grant shares it. The cluster is billed on top. ' +
      "The article takes CloudHSM for FIPS 140-2 Level 3: today KMS's own modules are FIPS 140-3 Security Level 3, " +
      'so a CloudHSM key store is for single tenancy and audit, no longer for the level (2026-11-24).',
  },
  customer_managed_xks: {
    keyType: 'customer_managed_xks',
    title: 'Customer managed key: external key store (XKS)',
    multiAccountAccess: 'yes',
    canViewMetadata: 'yes',
    canManageKey: 'yes',
    usedOnlyForMyAccount: 'yes',
    automaticRotation: 'no',
    onDemandRotation: 'no',
    pricingClass: 'monthly_and_per_use',
    hsmValidation: 'the external key manager, outside AWS: AWS KMS does not know how it is validated',
    articleRow: null,
    note:
      'New since 2022-11-29, after the article. The AES-256 key stays in a key manager outside AWS, which is billed by its own vendor; ' +
      'rotation happens there and KMS does not see it.',
  },
  customer_managed_aws_material: {
    keyType: 'customer_managed_aws_material',
    title: 'Customer managed key: AWS-provided key material',
    multiAccountAccess: 'yes',
    canViewMetadata: 'yes',
    canManageKey: 'yes',
    usedOnlyForMyAccount: 'yes',
    automaticRotation: 'optional',
    onDemandRotation: 'yes',
    pricingClass: 'monthly_and_per_use',
    hsmValidation: kmsHsm,
    articleRow: 'Customer Managed Key: AWS-Provided Key Material',
    note:
      'Used only for the own account unless its policy or a grant shares it. Since 2024-04-12 the rotation period is 90 to 2560 days ' +
      '(365 by default) and up to 25 rotations are possible on demand; since May 2024 only the first two rotations add to the monthly fee. ' +
      'Asymmetric and HMAC keys do not rotate.',
  },
  aws_managed: {
    keyType: 'aws_managed',
    title: 'AWS managed key',
    multiAccountAccess: 'no',
    canViewMetadata: 'yes',
    canManageKey: 'no',
    usedOnlyForMyAccount: 'yes',
    automaticRotation: 'required',
    onDemandRotation: 'no',
    pricingClass: 'per_use',
    hsmValidation: kmsHsm,
    articleRow: 'AWS Managed Key',
    note:
      'Rotates about every 365 days since May 2022, about every 1095 before. Some services pay the per-use fee themselves. ' +
      'AWS creates none for services new since 2021.',
  },
  aws_owned: {
    keyType: 'aws_owned',
    title: 'AWS owned key',
    multiAccountAccess: 'varies',
    canViewMetadata: 'no',
    canManageKey: 'no',
    usedOnlyForMyAccount: 'no',
    automaticRotation: 'varies',
    onDemandRotation: 'varies',
    pricingClass: 'varies',
    hsmValidation: kmsHsm,
    articleRow: 'AWS Owned Key',
    note:
      'The article says that pricing varies; AWS says that AWS owned keys carry no fee (KMS developer guide, read 2026-11-23). ' +
      'The AWS service that owns the key decides how it rotates.',
  },
};

const byOrigin: Readonly<Record<string, KeyTypeName>> = {
  AWS_KMS: 'customer_managed_aws_material',
  EXTERNAL: 'customer_managed_external_material',
  AWS_CLOUDHSM: 'customer_managed_cloudhsm',
  EXTERNAL_KEY_STORE: 'customer_managed_xks',
};

/** A key's type, or null with the reason why it cannot be told. */
export interface Classification {
  readonly keyType: KeyTypeName | null;
  readonly reason: string | null;
}

/**
 * The type of a key that DescribeKey answered for. Who manages it comes before where its material is from:
 * AWS managed keys have an origin too. A manager, origin or key spec that AWS adds later is not guessed at.
 * Source: KeyMetadata in the KMS API reference (botocore 1.43.107), read 2026-11-23.
 */
export function classify(metadata: KeyMetadata): Classification {
  const { keyManager, origin, keySpec } = metadata;
  if (keyManager === 'AWS') return { keyType: 'aws_managed', reason: null };
  if (keyManager !== 'CUSTOMER') return undecided('KeyManager', keyManager);
  const keyType = origin === null ? undefined : byOrigin[origin];
  if (keyType === undefined) return undecided('Origin', origin);
  if (keySpecFamily(keySpec) === null) return undecided('KeySpec', keySpec);
  return { keyType, reason: null };
}

function undecided(field: string, value: string | null): Classification {
  const reason =
    value === null
      ? `DescribeKey answered no ${field}`
      : `${field} ${value} is not known to this version of the plugin`;
  return { keyType: null, reason };
}
