import { type Fact, valueOrNull } from '../aws/fact.ts';
import type { KeyMetadata, Rotation, RotationStatus } from '../services/kms/facts.ts';
import { keySpecFamily } from './key-spec.ts';

/**
 * - `enabled`, `disabled`: what AWS answered for a key that can rotate.
 * - `required`: an AWS managed key, about every 365 days.
 * - `suspended`: pending deletion; AWS answers "false" then and hides the setting.
 * - `not_supported`: AWS never rotates such a key by itself.
 * - `not_visible`: an AWS owned key.
 * - `unknown`: not read, or of a kind that is not known here.
 */
export type RotationState =
  | 'enabled'
  | 'disabled'
  | 'required'
  | 'suspended'
  | 'not_supported'
  | 'not_visible'
  | 'unknown';

export type RotationNotSupportedReason = 'asymmetric' | 'hmac' | 'external_material' | 'cloudhsm' | 'xks';

/** The rotation columns of a key. Null means "AWS did not answer" or "does not apply to this key". */
export interface RotationPosture {
  readonly rotationState: RotationState;
  /** The key is disabled, so its rotation waits; null unless rotation is enabled or disabled. */
  readonly rotationPaused: boolean | null;
  readonly rotationNotSupportedReason: RotationNotSupportedReason | null;
  /** As AWS answered: null for AWS managed keys, whose "about 365 days" is documented but not answered. */
  readonly rotationPeriodInDays: number | null;
  readonly nextRotationDate: Date | null;
  readonly lastRotationDate: Date | null;
  /** Completed rotations, automatic and on demand. */
  readonly rotationsCount: number | null;
  /** A property of the kind of key, whatever its present state or how many of the 25 are used up. */
  readonly onDemandRotationSupported: boolean | null;
}

/** What is known of a key. `metadata` is null when DescribeKey was not answered. */
export interface RotationFacts {
  readonly metadata: KeyMetadata | null;
  readonly status: Fact<RotationStatus>;
  /** ListKeyRotations, with or without the material that was never rotated. */
  readonly rotations: Fact<readonly Rotation[]>;
}

const nothing: RotationPosture = {
  rotationState: 'unknown',
  rotationPaused: null,
  rotationNotSupportedReason: null,
  rotationPeriodInDays: null,
  nextRotationDate: null,
  lastRotationDate: null,
  rotationsCount: null,
  onDemandRotationSupported: null,
};

/** An AWS owned key: the service that owns it decides, and nobody else sees it. */
export const awsOwnedRotation: RotationPosture = { ...nothing, rotationState: 'not_visible' };

/**
 * Whether and how a key rotates. Sources: KMS developer guide, "Rotate AWS KMS keys" and "Key states", and
 * the API reference of GetKeyRotationStatus, read 2026-11-23. A replica answers its primary's setting.
 */
export function rotationPosture({ metadata, status, rotations }: RotationFacts): RotationPosture {
  const kind = rotationKind(metadata);
  switch (kind) {
    case 'unknown':
      return nothing;
    case 'aws_managed':
      return { ...nothing, rotationState: 'required', onDemandRotationSupported: false };
    case 'rotatable':
      return {
        ...nothing,
        ...setting(metadata, status),
        ...history(rotations),
        onDemandRotationSupported: canRotateOnDemand(metadata),
      };
    case 'external_material':
      return {
        ...nothing,
        rotationState: 'not_supported',
        rotationNotSupportedReason: kind,
        ...history(rotations),
        onDemandRotationSupported: canRotateOnDemand(metadata),
      };
    default:
      return {
        ...nothing,
        rotationState: 'not_supported',
        rotationNotSupportedReason: kind,
        onDemandRotationSupported: false,
      };
  }
}

/** Which reads of rotation can tell anything about a key. */
export interface RotationReads {
  /** GetKeyRotationStatus. */
  readonly status: boolean;
  /** ListKeyRotations. */
  readonly rotations: boolean;
}

/**
 * The reads worth making. None where the answer is known or cannot be read: asymmetric and HMAC keys and those
 * of key stores never rotate, AWS managed keys always do (and `aws/acm`'s policy denies the read), pending
 * deletion hides the setting, imported material has none. None either where the kind of key is not known,
 * DescribeKey unread included: "false" would not tell "switched off" from "cannot rotate".
 */
export function rotationReads(metadata: KeyMetadata | null): RotationReads {
  const kind = rotationKind(metadata);
  return {
    status: kind === 'rotatable' && !isPendingDeletion(metadata),
    rotations: kind === 'rotatable' || kind === 'external_material',
  };
}

type RotationKind = 'unknown' | 'aws_managed' | 'rotatable' | RotationNotSupportedReason;

function rotationKind(metadata: KeyMetadata | null): RotationKind {
  if (metadata?.keyManager === 'AWS') return 'aws_managed';
  if (metadata?.keyManager !== 'CUSTOMER') return 'unknown';
  const family = keySpecFamily(metadata.keySpec);
  if (family === null) return 'unknown';
  if (family !== 'symmetric') return family;
  return kindOfOrigin.get(metadata.origin) ?? 'unknown';
}

const kindOfOrigin: ReadonlyMap<string | null, RotationKind> = new Map([
  ['AWS_KMS', 'rotatable'],
  ['EXTERNAL', 'external_material'],
  ['AWS_CLOUDHSM', 'cloudhsm'],
  ['EXTERNAL_KEY_STORE', 'xks'],
]);

function setting(metadata: KeyMetadata | null, status: Fact<RotationStatus>): Partial<RotationPosture> {
  if (isPendingDeletion(metadata)) return { rotationState: 'suspended' };
  const answer = valueOrNull(status);
  if (answer === null || answer.enabled === null) return {};
  const keyState = metadata?.keyState ?? null;
  // AWS hides the setting behind "false" in states of deletion: a state not known here may be another.
  if (!answer.enabled && !statesThatShowTheSetting.has(keyState)) return {};
  return {
    rotationState: answer.enabled ? 'enabled' : 'disabled',
    rotationPaused: keyState === null ? null : answer.enabled && keyState === 'Disabled',
    rotationPeriodInDays: answer.periodInDays,
    nextRotationDate: answer.nextRotationDate,
  };
}

const statesThatShowTheSetting: ReadonlySet<string | null> = new Set([
  'Creating',
  'Disabled',
  'Enabled',
  'Updating',
]);

function history(rotations: Fact<readonly Rotation[]>): Partial<RotationPosture> {
  const entries = valueOrNull(rotations);
  if (entries === null) return {};
  const dates = completedRotations(entries);
  return {
    lastRotationDate: dates.length === 0 ? null : new Date(Math.max(...dates.map((date) => date.getTime()))),
    rotationsCount: dates.length,
  };
}

/** When each completed rotation happened: a key's first material and material still pending have no date. */
export function completedRotations(rotations: readonly Rotation[]): readonly Date[] {
  return rotations.flatMap(({ rotationDate }) => (rotationDate === null ? [] : [rotationDate]));
}

/**
 * RotateKeyOnDemand works on symmetric keys of AWS material (since 2024-04-12) and imported material
 * (since 2025-06-05; multi-Region since 2025-11-26); of multi-Region keys on the primary only.
 */
function canRotateOnDemand(metadata: KeyMetadata | null): boolean | null {
  if (metadata?.multiRegionKeyType === 'PRIMARY') return true;
  if (metadata?.multiRegionKeyType === 'REPLICA') return false;
  return metadata?.multiRegion === false ? true : null;
}

/** A primary that waits for its replicas' deletion is scheduled for deletion too. */
function isPendingDeletion(metadata: KeyMetadata | null): boolean {
  return metadata?.keyState === 'PendingDeletion' || metadata?.keyState === 'PendingReplicaDeletion';
}
