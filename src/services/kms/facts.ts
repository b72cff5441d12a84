/**
 * What KMS says of a key, in plain types of our own: tables and rules never see an SDK output.
 * Strings that AWS may extend tomorrow (origin, spec, state, usage) stay raw strings.
 * Shapes: AWS KMS API reference, read 2026-11-28 (botocore 1.44.8).
 */

/** DescribeKey. Absent fields are null. */
export interface KeyMetadata {
  readonly arn: string;
  /** Null where the answer had none (some emulators); the ARN has it. */
  readonly accountId: string | null;
  readonly keyId: string;
  /** `AWS` or `CUSTOMER`. */
  readonly keyManager: string | null;
  readonly origin: string | null;
  readonly keySpec: string | null;
  readonly keyUsage: string | null;
  readonly keyState: string | null;
  readonly enabled: boolean | null;
  readonly description: string | null;
  readonly creationDate: Date | null;
  readonly deletionDate: Date | null;
  readonly pendingDeletionWindowInDays: number | null;
  readonly multiRegion: boolean | null;
  /** `PRIMARY` or `REPLICA`; null for a single-Region key. */
  readonly multiRegionKeyType: string | null;
  readonly primaryKeyArn: string | null;
  /** Null for a single-Region key. */
  readonly replicaKeyArns: readonly string[] | null;
  readonly customKeyStoreId: string | null;
  readonly cloudHsmClusterId: string | null;
  readonly xksKeyId: string | null;
  readonly expirationModel: string | null;
  readonly validTo: Date | null;
  readonly currentKeyMaterialId: string | null;
  readonly encryptionAlgorithms: readonly string[] | null;
  readonly signingAlgorithms: readonly string[] | null;
  readonly macAlgorithms: readonly string[] | null;
  readonly keyAgreementAlgorithms: readonly string[] | null;
  readonly encapsulationAlgorithms: readonly string[] | null;
}

/** ListKeys entry. */
export interface KeyListEntry {
  readonly keyId: string;
  readonly arn: string;
}

/** ListAliases entry. `targetKeyId` is null for a predefined alias that has no key yet. */
export interface Alias {
  readonly name: string;
  readonly arn: string;
  readonly targetKeyId: string | null;
  readonly creationDate: Date | null;
  readonly lastUpdatedDate: Date | null;
}

/** What a key has of its aliases: their rows are written before, and a region may have 100,000. */
export type KeyAlias = Pick<Alias, 'name'>;

/** GetKeyRotationStatus. */
export interface RotationStatus {
  readonly enabled: boolean | null;
  readonly periodInDays: number | null;
  readonly nextRotationDate: Date | null;
}

/** ListKeyRotations entry. */
export interface Rotation {
  readonly keyMaterialId: string | null;
  readonly keyMaterialDescription: string | null;
  readonly importState: string | null;
  readonly keyMaterialState: string | null;
  readonly expirationModel: string | null;
  readonly validTo: Date | null;
  /** Null on a key's first material and on pending ones. */
  readonly rotationDate: Date | null;
  /** `AUTOMATIC` or `ON_DEMAND`. */
  readonly rotationType: string | null;
}

/** ListGrants entry. */
export interface Grant {
  readonly grantId: string;
  readonly name: string | null;
  readonly creationDate: Date | null;
  readonly granteePrincipal: string | null;
  readonly retiringPrincipal: string | null;
  readonly granteeServicePrincipal: string | null;
  readonly retiringServicePrincipal: string | null;
  /** Account id or ARN, as AWS writes it. */
  readonly issuingAccount: string | null;
  readonly operations: readonly string[];
  /** As AWS writes it: `EncryptionContextSubset`, `EncryptionContextEquals`, `SourceArn`; null when none. */
  readonly constraints: Readonly<Record<string, unknown>> | null;
}

/** GetKeyLastUsage. `lastUsedAt` is null when the key was not used since `trackingStartDate`. */
export interface KeyLastUsage {
  readonly trackingStartDate: Date | null;
  readonly lastUsedAt: Date | null;
  readonly lastOperation: string | null;
  readonly cloudTrailEventId: string | null;
}

/** DescribeCustomKeyStores entry. The proxy's access key id is half of a credential: it is never read. */
export interface CustomKeyStore {
  readonly id: string;
  readonly name: string | null;
  /** `AWS_CLOUDHSM` or `EXTERNAL_KEY_STORE`. */
  readonly type: string | null;
  readonly cloudHsmClusterId: string | null;
  readonly connectionState: string | null;
  readonly connectionErrorCode: string | null;
  readonly creationDate: Date | null;
  readonly xksProxyConnectivity: string | null;
  readonly xksProxyUriEndpoint: string | null;
  readonly xksProxyUriPath: string | null;
  readonly xksProxyVpcEndpointServiceName: string | null;
  readonly xksProxyVpcEndpointServiceOwner: string | null;
}
