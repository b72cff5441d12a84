/**
 * What AWS's JSON protocols carry for KMS, field for field: what is here is what goes over the wire.
 * AWS KMS API reference, read 2026-11-23. Strings stay open: AWS adds members.
 */

/** Seconds since 1970, as AWS's JSON protocols write a timestamp. */
export type EpochSeconds = number;

/** `at('2025-03-01')`, `at('2025-03-01T10:00:00Z')`. */
export function at(iso: string): EpochSeconds {
  return Date.parse(iso) / 1000;
}

interface WireMultiRegionKey {
  Arn: string;
  Region: string;
}

export interface WireKeyMetadata {
  AWSAccountId: string;
  KeyId: string;
  Arn: string;
  CreationDate: EpochSeconds;
  Enabled: boolean;
  Description: string;
  KeyUsage: string;
  KeyState: string;
  DeletionDate?: EpochSeconds;
  ValidTo?: EpochSeconds;
  Origin: string;
  CustomKeyStoreId?: string;
  CloudHsmClusterId?: string;
  ExpirationModel?: string;
  KeyManager: string;
  /** Deprecated twin of KeySpec; AWS still answers it for the specs that it knew. */
  CustomerMasterKeySpec?: string;
  KeySpec: string;
  EncryptionAlgorithms?: readonly string[];
  SigningAlgorithms?: readonly string[];
  KeyAgreementAlgorithms?: readonly string[];
  EncapsulationAlgorithms?: readonly string[];
  MacAlgorithms?: readonly string[];
  MultiRegion: boolean;
  MultiRegionConfiguration?: {
    MultiRegionKeyType: string;
    PrimaryKey: WireMultiRegionKey;
    ReplicaKeys: WireMultiRegionKey[];
  };
  PendingDeletionWindowInDays?: number;
  XksKeyConfiguration?: { Id: string };
  CurrentKeyMaterialId?: string;
}

export interface WireAlias {
  AliasName: string;
  AliasArn: string;
  /** Absent on a predefined alias whose AWS managed key does not exist yet. */
  TargetKeyId?: string;
  CreationDate?: EpochSeconds;
  LastUpdatedDate?: EpochSeconds;
}

export interface WireTag {
  TagKey: string;
  TagValue: string;
}

export interface WireGrant {
  KeyId: string;
  GrantId: string;
  Name?: string;
  CreationDate: EpochSeconds;
  GranteePrincipal?: string;
  RetiringPrincipal?: string;
  IssuingAccount: string;
  Operations: readonly string[];
  Constraints?: Record<string, unknown>;
  GranteeServicePrincipal?: string;
  RetiringServicePrincipal?: string;
}

export interface WireRotation {
  KeyId: string;
  KeyMaterialId?: string;
  KeyMaterialDescription?: string;
  ImportState?: string;
  KeyMaterialState?: string;
  ExpirationModel?: string;
  ValidTo?: EpochSeconds;
  /** Absent on the first key material and on material that waits for its rotation. */
  RotationDate?: EpochSeconds;
  RotationType?: string;
}

export interface WireLastUsage {
  Operation: string;
  Timestamp: EpochSeconds;
  CloudTrailEventId: string;
  KmsRequestId: string;
}

export interface WireCustomKeyStore {
  CustomKeyStoreId: string;
  CustomKeyStoreName: string;
  CloudHsmClusterId?: string;
  TrustAnchorCertificate?: string;
  ConnectionState: string;
  ConnectionErrorCode?: string;
  CreationDate: EpochSeconds;
  CustomKeyStoreType: string;
  XksProxyConfiguration?: {
    Connectivity: string;
    AccessKeyId: string;
    UriEndpoint: string;
    UriPath: string;
    VpcEndpointServiceName?: string;
    VpcEndpointServiceOwner?: string;
  };
}
