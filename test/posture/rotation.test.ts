import { describe, expect, it } from 'vitest';
import { known, notAsked } from '../../src/aws/fact.ts';
import {
  awsOwnedRotation,
  type RotationFacts,
  type RotationPosture,
  rotationPosture,
  rotationReads,
} from '../../src/posture/rotation.ts';
import { type Kind, keyMetadata, keyOfKind } from './keys.ts';
import { denied, rotatedOn, rotation, rotationStatus } from './rotations.ts';

const on = known(
  rotationStatus({ enabled: true, periodInDays: 90, nextRotationDate: new Date('2026-12-01') }),
);
const off = known(rotationStatus({ enabled: false }));

/** State, reason if it is not supported, and whether it rotates on demand, of an answer "enabled" where one is asked. */
const states: Readonly<Record<Kind, readonly [string, string | null, boolean | null]>> = {
  aws_material: ['enabled', null, true],
  imported: ['not_supported', 'external_material', true],
  imported_rsa: ['not_supported', 'asymmetric', false],
  imported_hmac: ['not_supported', 'hmac', false],
  pending_import: ['not_supported', 'external_material', true],
  cloudhsm: ['not_supported', 'cloudhsm', false],
  xks: ['not_supported', 'xks', false],
  unavailable: ['not_supported', 'xks', false],
  rsa_2048: ['not_supported', 'asymmetric', false],
  rsa_4096_signing: ['not_supported', 'asymmetric', false],
  ecc: ['not_supported', 'asymmetric', false],
  key_agreement: ['not_supported', 'asymmetric', false],
  secp256k1: ['not_supported', 'asymmetric', false],
  ed25519: ['not_supported', 'asymmetric', false],
  ml_dsa: ['not_supported', 'asymmetric', false],
  ml_kem_512: ['not_supported', 'asymmetric', false],
  ml_kem_768: ['not_supported', 'asymmetric', false],
  ml_kem_1024: ['not_supported', 'asymmetric', false],
  imported_ml_kem: ['not_supported', 'asymmetric', false],
  sm2: ['not_supported', 'asymmetric', false],
  hmac_224: ['not_supported', 'hmac', false],
  hmac_256: ['not_supported', 'hmac', false],
  hmac_384: ['not_supported', 'hmac', false],
  hmac: ['not_supported', 'hmac', false],
  primary: ['enabled', null, true],
  replica: ['enabled', null, false],
  imported_primary: ['not_supported', 'external_material', true],
  imported_replica: ['not_supported', 'external_material', false],
  disabled: ['enabled', null, true],
  pending_deletion: ['suspended', null, true],
  pending_replica_deletion: ['suspended', null, true],
  imported_pending_deletion: ['not_supported', 'external_material', true],
  aws_managed: ['required', null, false],
  unknown_origin: ['unknown', null, null],
  unknown_spec: ['unknown', null, null],
  unknown_manager: ['unknown', null, null],
  no_manager: ['unknown', null, null],
  no_origin: ['unknown', null, null],
  no_spec: ['unknown', null, null],
};

const posture = (kind: Kind, changes: Partial<RotationFacts> = {}): RotationPosture =>
  rotationPosture({ metadata: keyOfKind(kind), status: on, rotations: known([]), ...changes });

describe('rotation_state by kind of key', () => {
  it.each(Object.entries(states) as [Kind, (typeof states)[Kind]][])('%s: %j', (kind, expected) => {
    const { rotationState, rotationNotSupportedReason, onDemandRotationSupported } = posture(kind);
    expect([rotationState, rotationNotSupportedReason, onDemandRotationSupported]).toEqual(expected);
  });

  it('an AWS owned key: not visible', () => {
    expect(awsOwnedRotation.rotationState).toBe('not_visible');
  });

  it('a multi-Region key whose part is not told may or may not rotate on demand', () => {
    const metadata = keyMetadata({ multiRegion: true });
    expect(posture('aws_material', { metadata }).onDemandRotationSupported).toBeNull();
  });
});

describe('what AWS answered of a key that can rotate', () => {
  it('enabled, with its period and next date', () => {
    expect(posture('aws_material')).toEqual({
      rotationState: 'enabled',
      rotationPaused: false,
      rotationNotSupportedReason: null,
      rotationPeriodInDays: 90,
      nextRotationDate: new Date('2026-12-01'),
      lastRotationDate: null,
      rotationsCount: 0,
      onDemandRotationSupported: true,
    });
  });

  it('disabled', () => {
    const { rotationState, rotationPaused } = posture('aws_material', { status: off });
    expect([rotationState, rotationPaused]).toEqual(['disabled', false]);
  });

  it.each([
    ['a disabled key with rotation: the setting stays, and waits', 'disabled', on, 'enabled', true],
    ['a disabled key without', 'disabled', off, 'disabled', false],
    ['a replica answers as its primary', 'replica', off, 'disabled', false],
    [
      'pending deletion: AWS answers false, which is not the setting',
      'pending_deletion',
      off,
      'suspended',
      null,
    ],
    ['pending replica deletion', 'pending_replica_deletion', off, 'suspended', null],
    ['denied is not off', 'aws_material', denied('kms:GetKeyRotationStatus'), 'unknown', null],
    ['denied on a disabled key', 'disabled', denied('kms:GetKeyRotationStatus'), 'unknown', null],
    ['not asked is not off', 'aws_material', notAsked, 'unknown', null],
    [
      'an answer without the setting',
      'aws_material',
      known(rotationStatus({ enabled: null })),
      'unknown',
      null,
    ],
    ['false of an unknown kind may mean "cannot rotate"', 'unknown_origin', off, 'unknown', null],
  ] as const)('%s', (_, kind, status, state, paused) => {
    const { rotationState, rotationPaused } = posture(kind, { status });
    expect([rotationState, rotationPaused]).toEqual([state, paused]);
  });

  it('whether a key in an unread state waits is not known', () => {
    const metadata = keyMetadata({ keyState: null });
    expect(posture('aws_material', { metadata }).rotationPaused).toBeNull();
  });

  it.each([
    ['not answered', null],
    ['added by AWS tomorrow', 'PendingPrimaryDeletion'],
  ])('false in a state %s may hide the setting', (_, keyState) => {
    const metadata = keyMetadata({ keyState });
    expect(posture('aws_material', { metadata, status: off }).rotationState).toBe('unknown');
    expect(posture('aws_material', { metadata, status: on }).rotationState).toBe('enabled');
  });

  it('a key whose DescribeKey was denied: nothing is known, whatever else was answered', () => {
    const facts = { metadata: null, status: on, rotations: known([rotatedOn('2026-01-01')]) };
    expect(rotationPosture(facts)).toEqual({
      rotationState: 'unknown',
      rotationPaused: null,
      rotationNotSupportedReason: null,
      rotationPeriodInDays: null,
      nextRotationDate: null,
      lastRotationDate: null,
      rotationsCount: null,
      onDemandRotationSupported: null,
    });
  });
});

describe('past rotations', () => {
  const history = known([
    rotation({ keyMaterialState: 'NON_CURRENT' }),
    rotatedOn('2025-03-01', 'ON_DEMAND'),
    rotatedOn('2026-03-01'),
    rotatedOn('2024-03-01'),
    rotation({ keyMaterialState: 'PENDING_ROTATION' }),
  ]);

  it.each(['aws_material', 'imported', 'replica', 'pending_deletion'] as const)(
    '%s: completed ones are counted, not first or pending material',
    (kind) => {
      const { rotationsCount, lastRotationDate } = posture(kind, { rotations: history });
      expect([rotationsCount, lastRotationDate]).toEqual([3, new Date('2026-03-01')]);
    },
  );

  it.each([
    ['denied', 'aws_material', denied('kms:ListKeyRotations')],
    ['not asked', 'imported', notAsked],
    ['of a key that never rotates', 'rsa_2048', known([])],
    ['of an AWS managed key, whose rotations are not read', 'aws_managed', notAsked],
  ] as const)('%s: no count', (_, kind, rotations) => {
    const { rotationsCount, lastRotationDate } = posture(kind, { rotations });
    expect([rotationsCount, lastRotationDate]).toEqual([null, null]);
  });

  it('a denied list leaves the setting known', () => {
    expect(posture('aws_material', { rotations: denied('kms:ListKeyRotations') }).rotationState).toBe(
      'enabled',
    );
  });
});

describe('which reads are worth making', () => {
  const reads: Readonly<Record<Kind, string>> = {
    aws_material: 'both',
    imported: 'rotations',
    imported_rsa: 'none',
    imported_hmac: 'none',
    pending_import: 'rotations',
    cloudhsm: 'none',
    xks: 'none',
    unavailable: 'none',
    rsa_2048: 'none',
    rsa_4096_signing: 'none',
    ecc: 'none',
    key_agreement: 'none',
    secp256k1: 'none',
    ed25519: 'none',
    ml_dsa: 'none',
    ml_kem_512: 'none',
    ml_kem_768: 'none',
    ml_kem_1024: 'none',
    imported_ml_kem: 'none',
    sm2: 'none',
    hmac_224: 'none',
    hmac_256: 'none',
    hmac_384: 'none',
    hmac: 'none',
    primary: 'both',
    replica: 'both',
    imported_primary: 'rotations',
    imported_replica: 'rotations',
    disabled: 'both',
    pending_deletion: 'rotations',
    pending_replica_deletion: 'rotations',
    imported_pending_deletion: 'rotations',
    aws_managed: 'none',
    unknown_origin: 'none',
    unknown_spec: 'none',
    unknown_manager: 'none',
    no_manager: 'none',
    no_origin: 'none',
    no_spec: 'none',
  };
  const both = { status: true, rotations: true };
  const rotations = { status: false, rotations: true };
  const none = { status: false, rotations: false };

  it.each(Object.entries(reads) as [Kind, string][])('%s: %s', (kind, expected) => {
    expect(rotationReads(keyOfKind(kind))).toEqual({ both, rotations, none }[expected]);
  });

  it('metadata unread: none', () => {
    expect(rotationReads(null)).toEqual(none);
  });
});
