import { across, actionTable, noEffect, own, type ServiceGrammar } from '../policy/grammar.ts';
import { kmsRequestKeys } from './kms-request-keys.ts';

/**
 * KMS in key policies: the operations on a key, and which of them KMS honours for other accounts ("Cross-account
 * use: Yes" in the API reference, botocore 1.44.8, read 2026-11-28).
 */
export const kms: ServiceGrammar = {
  service: 'kms',
  actions: actionTable(
    [
      across('use'),
      // The public key lets its holder encrypt, verify and encapsulate outside KMS: that is use.
      `Decapsulate Decrypt DeriveSharedSecret Encapsulate Encrypt GenerateDataKey GenerateDataKeyPair
       GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext GenerateMac GetPublicKey
       ReEncryptFrom ReEncryptTo Sign Verify VerifyMac`,
    ],
    [across('grant'), 'CreateGrant RevokeGrant'],
    // "Not effective in a key policy" (KMS developer guide, "Retiring and revoking grants", read 2026-11-24).
    [across(null), 'RetireGrant'],
    [across('read_metadata'), 'DescribeKey GetKeyRotationStatus ListGrants'],
    [own('read_metadata'), 'GetKeyLastUsage GetKeyPolicy ListKeyPolicies ListKeyRotations ListResourceTags'],
    [
      own('administer'),
      `CancelKeyDeletion CreateAlias DeleteAlias DeleteImportedKeyMaterial DisableKey DisableKeyRotation
       EnableKey EnableKeyRotation GetParametersForImport ImportKeyMaterial PutKeyPolicy ReplicateKey
       RotateKeyOnDemand ScheduleKeyDeletion SynchronizeMultiRegionKey TagResource UntagResource UpdateAlias
       UpdateKeyDescription UpdatePrimaryRegion`,
    ],
    // "Required permissions: … (IAM policy)" in the API reference.
    [
      noEffect,
      `ConnectCustomKeyStore CreateCustomKeyStore CreateKey DeleteCustomKeyStore DescribeCustomKeyStores
       DisconnectCustomKeyStore GenerateRandom ListAliases ListKeys ListRetirableGrants UpdateCustomKeyStore`,
    ],
    // An API operation and no action: policies name ReEncryptFrom and ReEncryptTo.
    [noEffect, 'ReEncrypt'],
  ),
  accountKeys: ['kms:calleraccount'],
  viaServiceKeys: ['kms:viaservice'],
  delegationKeys: { account: [], arn: [] },
  callerChoice: [],
  requestKeys: kmsRequestKeys,
  anonymous: false,
};
