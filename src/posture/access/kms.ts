import type { ActionRule, ServiceGrammar } from '../policy/grammar.ts';
import { kmsRequestKeys } from './kms-request-keys.ts';

const across = (access: ActionRule['access']): ActionRule => ({
  access,
  acrossAccounts: true,
  on: 'resource',
});
const own = (access: ActionRule['access']): ActionRule => ({ access, acrossAccounts: false, on: 'resource' });

/**
 * KMS in key policies: the operations on a key, and which of them KMS honours for other accounts ("Cross-account
 * use: Yes" in the API reference, botocore 1.43.107, read 2026-11-23). Operations that only IAM policies can
 * allow (ListKeys, CreateKey, custom key stores, …) are left out: in a key policy they have no effect.
 */
export const kms: ServiceGrammar = {
  service: 'kms',
  actions: {
    Decrypt: across('use'),
    DeriveSharedSecret: across('use'),
    Encrypt: across('use'),
    GenerateDataKey: across('use'),
    GenerateDataKeyPair: across('use'),
    GenerateDataKeyPairWithoutPlaintext: across('use'),
    GenerateDataKeyWithoutPlaintext: across('use'),
    GenerateMac: across('use'),
    // The public key lets its holder encrypt and verify outside KMS: that is use.
    GetPublicKey: across('use'),
    ReEncryptFrom: across('use'),
    ReEncryptTo: across('use'),
    Sign: across('use'),
    Verify: across('use'),
    VerifyMac: across('use'),

    CreateGrant: across('grant'),
    RevokeGrant: across('grant'),
    // "Not effective in a key policy" (KMS developer guide, "Retiring and revoking grants", read 2026-11-24).
    RetireGrant: across(null),
    // An API operation and no action: policies name ReEncryptFrom and ReEncryptTo.
    ReEncrypt: own(null),

    DescribeKey: across('read_metadata'),
    GetKeyRotationStatus: across('read_metadata'),
    ListGrants: across('read_metadata'),

    GetKeyLastUsage: own('read_metadata'),
    GetKeyPolicy: own('read_metadata'),
    ListKeyPolicies: own('read_metadata'),
    ListKeyRotations: own('read_metadata'),
    ListResourceTags: own('read_metadata'),

    CancelKeyDeletion: own('administer'),
    CreateAlias: own('administer'),
    DeleteAlias: own('administer'),
    DeleteImportedKeyMaterial: own('administer'),
    DisableKey: own('administer'),
    DisableKeyRotation: own('administer'),
    EnableKey: own('administer'),
    EnableKeyRotation: own('administer'),
    GetParametersForImport: own('administer'),
    ImportKeyMaterial: own('administer'),
    PutKeyPolicy: own('administer'),
    ReplicateKey: own('administer'),
    RotateKeyOnDemand: own('administer'),
    ScheduleKeyDeletion: own('administer'),
    SynchronizeMultiRegionKey: own('administer'),
    TagResource: own('administer'),
    UntagResource: own('administer'),
    UpdateAlias: own('administer'),
    UpdateKeyDescription: own('administer'),
    UpdatePrimaryRegion: own('administer'),
  },
  accountKeys: ['kms:calleraccount'],
  viaServiceKeys: ['kms:viaservice'],
  delegationKeys: { account: [], arn: [] },
  callerChoice: [],
  requestKeys: kmsRequestKeys,
  anonymous: false,
};
