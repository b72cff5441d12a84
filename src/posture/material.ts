import { type Fact, valueOrNull } from '../aws/fact.ts';
import type { KeyMetadata, Rotation } from '../services/kms/facts.ts';

/**
 * Whether an imported key has its key material.
 * - `imported`: it is there.
 * - `expired`: AWS deleted it at its expiration date.
 * - `never_imported`: the key waits for its first material.
 * - `unknown`: not provable, material that someone deleted by hand included.
 */
export type MaterialState = 'imported' | 'expired' | 'never_imported' | 'unknown';

/** What is known of a key. `metadata` is null when DescribeKey was not answered. */
export interface MaterialFacts {
  readonly metadata: KeyMetadata | null;
  /** ListKeyRotations with ALL_KEY_MATERIAL: without it, first material is not listed. */
  readonly rotations: Fact<readonly Rotation[]>;
  readonly now: Date;
}

/**
 * The state of imported key material; null for keys whose material is not imported, or whose origin is unread.
 * A key in `PendingImport` has never had material, or lost it: by expiration or by DeleteImportedKeyMaterial.
 * DescribeKey alone does not tell these apart; the list of a key's materials does, for symmetric keys, because
 * material once imported stays on it as `PENDING_IMPORT`. Source: KMS API reference, KeyMetadata and
 * RotationsListEntry (botocore 1.43.107), and "Key states" in the developer guide, read 2026-11-23.
 */
export function materialState({ metadata, rotations, now }: MaterialFacts): MaterialState | null {
  if (metadata?.origin !== 'EXTERNAL') return null;
  switch (metadata.keyState) {
    case 'Enabled':
    case 'Disabled':
      return 'imported';
    case 'PendingImport':
      return missingMaterial(metadata, rotations, now);
    default:
      return materialBehindOtherState(metadata, rotations, now);
  }
}

function missingMaterial(
  metadata: KeyMetadata,
  rotations: Fact<readonly Rotation[]>,
  now: Date,
): MaterialState {
  const materials = valueOrNull(rotations);
  if (hasExpired(metadata, materials, now)) return 'expired';
  const everHadMaterial =
    metadata.currentKeyMaterialId !== null ||
    metadata.expirationModel !== null ||
    materials?.some(isPermanent) === true;
  return !everHadMaterial && materials !== null ? 'never_imported' : 'unknown';
}

/** Pending deletion and the like hide whether material is there: losing it then does not change the state. */
function materialBehindOtherState(
  metadata: KeyMetadata,
  rotations: Fact<readonly Rotation[]>,
  now: Date,
): MaterialState {
  const materials = valueOrNull(rotations);
  if (hasExpired(metadata, materials, now)) return 'expired';
  const permanent = materials?.filter(isPermanent) ?? [];
  const allThere = permanent.length > 0 && permanent.every(({ importState }) => importState === 'IMPORTED');
  return allThere ? 'imported' : 'unknown';
}

/** The key's own date is the earliest of its materials'; AWS may drop it once the material is gone. */
function hasExpired(metadata: KeyMetadata, materials: readonly Rotation[] | null, now: Date): boolean {
  const dated = [metadata, ...(materials?.filter(isPermanent) ?? [])];
  return dated.some(
    ({ expirationModel, validTo }) =>
      expirationModel === 'KEY_MATERIAL_EXPIRES' && validTo !== null && validTo <= now,
  );
}

/** Material that awaits its first rotation belongs to the key, but the key does not need it yet. */
function isPermanent({ keyMaterialState }: Rotation): boolean {
  return keyMaterialState === 'CURRENT' || keyMaterialState === 'NON_CURRENT';
}
