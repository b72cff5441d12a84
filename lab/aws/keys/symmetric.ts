import type { SimKey } from '../model.ts';
import { at, type WireRotation } from '../wire-shapes.ts';
import { type KeyOptions, newKey } from './key.ts';
import { keyMaterialIdOf, type Place } from './material.ts';

export interface RotationOptions {
  /** Automatic rotation; default off. */
  readonly rotation?: boolean;
  /** 90…2560; AWS's default 365. */
  readonly periodInDays?: number;
  /** ISO dates of rotations that happened, oldest first. */
  readonly automaticRotations?: readonly string[];
  readonly onDemandRotations?: readonly string[];
  /** ISO date; only while an on-demand rotation is in progress. */
  readonly onDemandStarted?: string;
}

/** Customer managed, symmetric, key material of AWS: the only kind that can rotate by itself. */
export function awsMaterialKey(
  place: Place,
  name: string,
  options: KeyOptions & RotationOptions & { readonly state?: string } = {},
): SimKey {
  const key = newKey(
    place,
    name,
    {
      spec: 'SYMMETRIC_DEFAULT',
      origin: 'AWS_KMS',
      ...(options.state === undefined ? {} : { state: options.state }),
    },
    options,
  );
  applyRotations(key, options);
  return key;
}

/** Sets rotation setting, history and current material of a key with AWS material. */
export function applyRotations(key: SimKey, options: RotationOptions): void {
  const dated = [
    ...(options.automaticRotations ?? []).map((date) => ({ date: at(date), type: 'AUTOMATIC' })),
    ...(options.onDemandRotations ?? []).map((date) => ({ date: at(date), type: 'ON_DEMAND' })),
  ].sort((left, right) => left.date - right.date);
  const { KeyId, CreationDate } = key.metadata;
  const material = (generation: number): WireRotation => ({
    KeyId,
    KeyMaterialId: keyMaterialIdOf(KeyId, generation),
    KeyMaterialState: generation === dated.length ? 'CURRENT' : 'NON_CURRENT',
  });
  key.rotations = [
    material(0),
    ...dated.map(({ date, type }, index) => ({
      ...material(index + 1),
      RotationDate: date,
      RotationType: type,
    })),
  ];
  key.metadata.CurrentKeyMaterialId = keyMaterialIdOf(KeyId, dated.length);
  key.rotation = {
    enabled: options.rotation ?? false,
    ...(options.onDemandStarted === undefined ? {} : { onDemandStarted: at(options.onDemandStarted) }),
  };
  if (options.rotation) {
    const periodInDays = options.periodInDays ?? 365;
    const lastAutomatic = dated.filter(({ type }) => type === 'AUTOMATIC').at(-1)?.date ?? CreationDate;
    key.rotation.periodInDays = periodInDays;
    key.rotation.nextRotation = lastAutomatic + periodInDays * 86_400;
  }
}

export type ImportState = 'never_imported' | 'does_not_expire' | 'expires' | 'expired';

/** Customer managed with imported key material. */
export function importedKey(
  place: Place,
  name: string,
  options: KeyOptions & {
    readonly material: ImportState;
    /** ISO date; default 2027-06-01 for `expires`, 2026-01-01 for `expired`. */
    readonly validTo?: string;
    /** Default SYMMETRIC_DEFAULT; since 2023-06-05 every spec can be imported. */
    readonly spec?: string;
    /** ISO dates of on-demand rotations, oldest first (symmetric only, since 2025-06-05). */
    readonly onDemandRotations?: readonly string[];
  },
): SimKey {
  const present = options.material === 'does_not_expire' || options.material === 'expires';
  const expiry = expiryOf(options.material, options.validTo);
  const key = newKey(
    place,
    name,
    {
      spec: options.spec ?? 'SYMMETRIC_DEFAULT',
      origin: 'EXTERNAL',
      state: present ? 'Enabled' : 'PendingImport',
      // KMS deletes expired material: the key waits for import again, and DescribeKey shows no date.
      metadata: present ? expiry : {},
    },
    options,
  );
  if (key.metadata.KeySpec === 'SYMMETRIC_DEFAULT' && options.material !== 'never_imported') {
    key.rotations = importedMaterials(key, options.onDemandRotations ?? [], expiry, present);
    key.metadata.CurrentKeyMaterialId = key.rotations.at(-1)?.KeyMaterialId ?? '';
  }
  return key;
}

function expiryOf(material: ImportState, validTo?: string): { ExpirationModel?: string; ValidTo?: number } {
  switch (material) {
    case 'never_imported':
      return {};
    case 'does_not_expire':
      return { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' };
    case 'expires':
      return { ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo: at(validTo ?? '2027-06-01T00:00:00Z') };
    case 'expired':
      return { ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo: at(validTo ?? '2026-01-01T00:00:00Z') };
  }
}

function importedMaterials(
  key: SimKey,
  rotations: readonly string[],
  expiry: { ExpirationModel?: string; ValidTo?: number },
  present: boolean,
): WireRotation[] {
  const { KeyId } = key.metadata;
  return [undefined, ...rotations].map((date, generation) => ({
    KeyId,
    KeyMaterialId: keyMaterialIdOf(KeyId, generation),
    KeyMaterialDescription: `${key.metadata.Description} ${generation}`,
    ImportState: present ? 'IMPORTED' : 'PENDING_IMPORT',
    KeyMaterialState: generation === rotations.length ? 'CURRENT' : 'NON_CURRENT',
    ...expiry,
    ...(date === undefined ? {} : { RotationDate: at(date), RotationType: 'ON_DEMAND' }),
  }));
}
