import type { RequestKey } from '../policy/grammar.ts';

const onlyOf = (...carriedBy: readonly string[]): RequestKey => ({ carriedBy, value: null });

const dataKeys = [
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
];
const cryptographic = ['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo', ...dataKeys];
const withContext = onlyOf(...cryptographic, 'CreateGrant', 'RetireGrant');
const creatingGrants = onlyOf('CreateGrant');
const signing = onlyOf('Sign', 'Verify');

/**
 * Which requests to KMS carry which condition keys (KMS developer guide, "Condition keys for AWS KMS", read
 * 2026-11-28). KMS answers over TLS only.
 */
export const kmsRequestKeys: Readonly<Record<string, RequestKey>> = {
  'aws:securetransport': { carriedBy: null, value: { always: 'true' } },
  'kms:encryptioncontext:': withContext,
  'kms:encryptioncontextkeys': withContext,
  'kms:encryptionalgorithm': onlyOf(...cryptographic),
  'kms:reencryptonsamekey': onlyOf('ReEncryptFrom', 'ReEncryptTo'),
  'kms:datakeypairspec': onlyOf('GenerateDataKeyPair', 'GenerateDataKeyPairWithoutPlaintext'),
  'kms:recipientattestation:': onlyOf(
    'Decrypt',
    'DeriveSharedSecret',
    'GenerateDataKey',
    'GenerateDataKeyPair',
  ),
  'kms:messagetype': signing,
  'kms:signingalgorithm': signing,
  'kms:macalgorithm': onlyOf('GenerateMac', 'VerifyMac'),
  'kms:keyagreementalgorithm': onlyOf('DeriveSharedSecret'),
  'kms:grantisforawsresource': onlyOf('CreateGrant', 'ListGrants', 'RevokeGrant'),
  'kms:granteeprincipal': creatingGrants,
  'kms:granteeserviceprincipal': creatingGrants,
  'kms:retiringprincipal': creatingGrants,
  'kms:retiringserviceprincipal': creatingGrants,
  'kms:grantoperations': creatingGrants,
  'kms:grantconstrainttype': onlyOf('CreateGrant', 'RetireGrant'),
  'kms:grantconstraintsourcearn': creatingGrants,
  'kms:bypasspolicylockoutsafetycheck': onlyOf('PutKeyPolicy'),
  'kms:schedulekeydeletionpendingwindowindays': onlyOf('ScheduleKeyDeletion'),
  'kms:trailingdayswithoutkeyusage': onlyOf('DisableKey', 'ScheduleKeyDeletion'),
  'kms:expirationmodel': onlyOf('ImportKeyMaterial'),
  'kms:validto': onlyOf('ImportKeyMaterial'),
  'kms:wrappingalgorithm': onlyOf('GetParametersForImport'),
  'kms:wrappingkeyspec': onlyOf('GetParametersForImport'),
  'kms:primaryregion': onlyOf('UpdatePrimaryRegion'),
  'kms:replicaregion': onlyOf('ReplicateKey'),
  'kms:rotationperiodindays': onlyOf('EnableKeyRotation'),
};
