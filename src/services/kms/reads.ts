import type {
  Alias,
  CustomKeyStore,
  Grant,
  KeyLastUsage,
  KeyListEntry,
  KeyMetadata,
  Rotation,
  RotationStatus,
} from './facts.ts';

/**
 * Every read of KMS that the plugin makes, in one scope. All of them reject with AwsError only.
 * A listing yields pages, and ends without an error only when AWS said that there is no more: whoever consumed
 * it to the end has seen everything. Entries are never repeated.
 */
export interface KmsReads {
  /** Keys of this account and region; others fail the listing once it is over. */
  listKeys(): AsyncIterable<readonly KeyListEntry[]>;
  /**
   * Keys of other accounts in this region that are shared with this one by AWS RAM. Keys that are none of these fail
   * the listing once it is over: what named them does not know the difference.
   */
  listKeysOfOthers(): AsyncIterable<readonly KeyListEntry[]>;
  /** @param keyId key id or key ARN; an alias throws, since asking AWS for one can create a key. */
  describeKey(keyId: string): Promise<KeyMetadata>;
  /** All aliases of the account and region, predefined ones without a key included; likewise. */
  listAliases(): AsyncIterable<readonly Alias[]>;
  tags(keyId: string): Promise<Readonly<Record<string, string>>>;
  rotationStatus(keyId: string): Promise<RotationStatus>;
  /** @param allMaterial also the first and pending key material; AWS allows it for keys that can rotate only. */
  rotations(keyId: string, allMaterial: boolean): Promise<readonly Rotation[]>;
  /** The `default` key policy, as AWS wrote it. */
  policy(keyId: string): Promise<string>;
  /** The key policy `AWS_RAM`, which AWS RAM manages, as AWS wrote it; null: the key has none. */
  ramPolicy(keyId: string): Promise<string | null>;
  /** Up to 50,000 a key. */
  grants(keyId: string): AsyncIterable<readonly Grant[]>;
  lastUsage(keyId: string): Promise<KeyLastUsage>;
  customKeyStores(): Promise<readonly CustomKeyStore[]>;
}
