import { describe, expect, it } from 'vitest';
import { known, notAsked } from '../../src/aws/fact.ts';
import { materialState } from '../../src/posture/material.ts';
import type { KeyMetadata, Rotation } from '../../src/services/kms/facts.ts';
import { type Kind, keyMetadata, keyOfKind, kinds } from './keys.ts';
import { denied, rotation } from './rotations.ts';

const now = new Date('2026-11-24T12:00:00Z');
const yesterday = new Date('2026-11-23T12:00:00Z');
const tomorrow = new Date('2026-11-25T12:00:00Z');

const expiring = (validTo: Date) => ({ expirationModel: 'KEY_MATERIAL_EXPIRES', validTo });
const imported = (changes: Partial<Rotation> = {}) =>
  rotation({ keyMaterialState: 'CURRENT', importState: 'IMPORTED', ...changes });
const missing = (changes: Partial<Rotation> = {}) =>
  rotation({ keyMaterialState: 'CURRENT', importState: 'PENDING_IMPORT', ...changes });

const externalKey = (keyState: string | null, changes: Partial<KeyMetadata> = {}) =>
  keyMetadata({ origin: 'EXTERNAL', keyState, ...changes });

const refused = denied('kms:ListKeyRotations');

describe('material_state of an imported key', () => {
  it.each([
    ['usable, never expires', externalKey('Enabled'), known([imported()]), 'imported'],
    ['usable, expires tomorrow', externalKey('Enabled', expiring(tomorrow)), known([imported()]), 'imported'],
    ['usable by its state, list denied', externalKey('Enabled'), refused, 'imported'],
    ['disabled', externalKey('Disabled'), refused, 'imported'],
    [
      'usable, next material not imported yet',
      externalKey('Enabled'),
      known([imported(), missing({ keyMaterialState: 'PENDING_ROTATION' })]),
      'imported',
    ],

    ['created, nothing imported', externalKey('PendingImport'), known([]), 'never_imported'],
    ['created, list denied: it may have lost its material', externalKey('PendingImport'), refused, 'unknown'],
    ['created, list not asked', externalKey('PendingImport'), notAsked, 'unknown'],

    ['expired by its own date', externalKey('PendingImport', expiring(yesterday)), refused, 'expired'],
    ['expired this moment', externalKey('PendingImport', expiring(now)), known([]), 'expired'],
    [
      "expired by its material's date",
      externalKey('PendingImport'),
      known([missing(expiring(yesterday))]),
      'expired',
    ],
    [
      'one of its older materials expired',
      externalKey('PendingImport'),
      known([imported(), missing({ keyMaterialState: 'NON_CURRENT', ...expiring(yesterday) })]),
      'expired',
    ],

    [
      'material that waits for its first rotation has expired: the key never used it',
      externalKey('PendingImport'),
      known([missing(), missing({ keyMaterialState: 'PENDING_ROTATION', ...expiring(yesterday) })]),
      'unknown',
    ],
    ['material deleted by hand', externalKey('PendingImport'), known([missing()]), 'unknown'],
    [
      'material deleted by hand before its date',
      externalKey('PendingImport', expiring(tomorrow)),
      known([missing(expiring(tomorrow))]),
      'unknown',
    ],
    [
      'had material once, by its id',
      externalKey('PendingImport', { currentKeyMaterialId: 'a1' }),
      known([]),
      'unknown',
    ],
    [
      'had material once, by its model',
      externalKey('PendingImport', { expirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }),
      known([]),
      'unknown',
    ],

    ['pending deletion, material there', externalKey('PendingDeletion'), known([imported()]), 'imported'],
    [
      'pending deletion, material expired',
      externalKey('PendingDeletion', expiring(yesterday)),
      refused,
      'expired',
    ],
    ['pending deletion, material deleted', externalKey('PendingDeletion'), known([missing()]), 'unknown'],
    ['pending deletion, list denied', externalKey('PendingDeletion'), refused, 'unknown'],
    ['pending deletion, nothing listed', externalKey('PendingDeletion'), known([]), 'unknown'],
    ['state unread', externalKey(null), refused, 'unknown'],

    ['imported RSA key', keyOfKind('imported_rsa'), notAsked, 'imported'],
    [
      'RSA key waiting for material: no list tells whether it had some',
      externalKey('PendingImport', { keySpec: 'RSA_4096' }),
      notAsked,
      'unknown',
    ],
  ] as const)('%s', (_, metadata, rotations, expected) => {
    expect(materialState({ metadata, rotations, now })).toBe(expected);
  });
});

describe('null', () => {
  const others = (Object.keys(kinds) as Kind[]).filter((kind) => keyOfKind(kind).origin !== 'EXTERNAL');

  it.each(others)('for a key of kind %s', (kind) => {
    expect(materialState({ metadata: keyOfKind(kind), rotations: known([missing()]), now })).toBeNull();
  });

  it('when DescribeKey was denied', () => {
    expect(materialState({ metadata: null, rotations: known([missing()]), now })).toBeNull();
  });
});
