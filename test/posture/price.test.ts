import { describe, expect, it } from 'vitest';
import { known, notAsked } from '../../src/aws/fact.ts';
import { classify } from '../../src/posture/key-types.ts';
import { monthlyFeeUsd, type PriceFacts, requestPriceClass } from '../../src/posture/price.ts';
import { type Kind, keyMetadata, keyOfKind } from './keys.ts';
import { denied, rotatedOn, rotation } from './rotations.ts';

function facts(kind: Kind, changes: Partial<PriceFacts> = {}): PriceFacts {
  const metadata = keyOfKind(kind);
  return {
    keyType: classify(metadata).keyType,
    metadata,
    partition: 'aws',
    rotations: known([rotatedOn('2025-01-01')]),
    ...changes,
  };
}

/** Dollars a month of a key whose list holds one rotation, and the class of its requests. */
const prices: Readonly<Record<Kind, readonly [number | null, string | null]>> = {
  aws_material: [2, 'symmetric'],
  imported: [2, 'symmetric'],
  imported_rsa: [1, 'asymmetric'],
  imported_hmac: [1, null],
  pending_import: [2, 'symmetric'],
  cloudhsm: [1, 'symmetric'],
  xks: [1, 'symmetric'],
  unavailable: [1, 'symmetric'],
  rsa_2048: [1, 'asymmetric_rsa_2048'],
  rsa_4096_signing: [1, 'asymmetric'],
  ecc: [1, 'asymmetric'],
  key_agreement: [1, 'asymmetric'],
  secp256k1: [1, 'asymmetric'],
  ed25519: [1, 'asymmetric'],
  ml_dsa: [1, null],
  ml_kem_512: [null, null],
  ml_kem_768: [null, null],
  ml_kem_1024: [null, null],
  imported_ml_kem: [null, null],
  sm2: [1, null],
  hmac_224: [1, null],
  hmac_256: [1, null],
  hmac_384: [1, null],
  hmac: [1, null],
  primary: [2, 'symmetric'],
  replica: [2, 'symmetric'],
  imported_primary: [2, 'symmetric'],
  imported_replica: [2, 'symmetric'],
  disabled: [2, 'symmetric'],
  pending_deletion: [0, 'symmetric'],
  pending_replica_deletion: [null, 'symmetric'],
  imported_pending_deletion: [0, 'symmetric'],
  aws_managed: [0, 'symmetric'],
  unknown_origin: [null, null],
  unknown_spec: [null, null],
  unknown_manager: [null, null],
  no_manager: [null, null],
  no_origin: [null, null],
  no_spec: [null, null],
};

describe('price by kind of key', () => {
  it.each(Object.entries(prices) as [Kind, (typeof prices)[Kind]][])('%s: %j', (kind, expected) => {
    expect([monthlyFeeUsd(facts(kind)), requestPriceClass(facts(kind))]).toEqual(expected);
  });

  it('an AWS owned key: no monthly fee, no class of requests', () => {
    const owned: PriceFacts = { keyType: 'aws_owned', metadata: null, partition: 'aws', rotations: notAsked };
    expect([monthlyFeeUsd(owned), requestPriceClass(owned)]).toEqual([0, null]);
  });

  it.each(['aws-cn', 'aws-us-gov', 'aws-eusc'])(
    'no price is sourced in %s, not even of a free key',
    (partition) => {
      for (const kind of ['aws_material', 'aws_managed', 'pending_deletion'] as const) {
        const there = facts(kind, { partition });
        expect([monthlyFeeUsd(there), requestPriceClass(there)]).toEqual([null, null]);
      }
    },
  );
});

describe('the monthly fee', () => {
  const rotatedTimes = (times: number) =>
    known(Array.from({ length: times }, (_, year) => rotatedOn(`${2020 + year}-01-01`)));

  it.each([
    ['never rotated', known([]), 1],
    [
      'first material, and next material imported but not in use',
      known([rotation(), rotation({ keyMaterialState: 'PENDING_ROTATION' })]),
      1,
    ],
    ['rotated once', rotatedTimes(1), 2],
    ['rotated twice', rotatedTimes(2), 3],
    ['rotated six times: the fee is capped at the second', rotatedTimes(6), 3],
    ['rotations denied: not provable', denied('kms:ListKeyRotations'), null],
    ['rotations not asked', notAsked, null],
  ])('%s', (_, rotations, expected) => {
    expect(monthlyFeeUsd(facts('aws_material', { rotations }))).toBe(expected);
  });

  it.each(['rsa_2048', 'hmac', 'cloudhsm', 'xks'] as const)('%s: 1 without a list of rotations', (kind) => {
    expect(monthlyFeeUsd(facts(kind, { rotations: notAsked }))).toBe(1);
  });

  it('pending deletion and AWS managed: 0 without a list of rotations', () => {
    for (const kind of ['pending_deletion', 'aws_managed'] as const) {
      expect(monthlyFeeUsd(facts(kind, { rotations: notAsked }))).toBe(0);
    }
  });

  it('DescribeKey denied, or a state not answered: not provable', () => {
    expect(monthlyFeeUsd(facts('aws_material', { keyType: null, metadata: null }))).toBeNull();
    expect(monthlyFeeUsd(facts('aws_material', { metadata: keyMetadata({ keyState: null }) }))).toBeNull();
  });
});
