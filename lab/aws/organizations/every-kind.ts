import { addCustomKeyStore, addKey } from '../build.ts';
import {
  asymmetricKey,
  awsManagedKey,
  awsMaterialKey,
  cloudHsmKey,
  cloudHsmStore,
  disabled,
  externalKeyStore,
  externalStoreKey,
  futureKey,
  hmacKey,
  importedKey,
  keyAgreementKey,
  multiRegionFamily,
  type Place,
  pendingDeletion,
  pendingReplicaDeletion,
  withState,
} from '../keys.ts';
import type { SimAccount, SimKey } from '../model.ts';

/** A key for every way in which KMS can hold one, each under an alias of its name. */
export interface EveryKind {
  /** By the name of its kind: `symmetric-rotating`, `imported-expired`, … */
  readonly keys: ReadonlyMap<string, SimKey>;
}

/**
 * Puts one key of every kind into an account: all in `place.region`, replicas of multi-Region keys in
 * `replicaRegion`. SM2 exists in China only and ML-KEM everywhere else, so the partition decides; `future` adds a key of an
 * origin and spec that AWS has not announced. `deletion`: ISO date of what waits to be deleted.
 */
export function addEveryKind(
  account: SimAccount,
  place: Place,
  replicaRegion: string,
  options: { readonly future?: boolean; readonly deletion?: string } = {},
): EveryKind {
  const { region } = place;
  const hsm = cloudHsmStore('hsm');
  const lostHsm = cloudHsmStore('lost-hsm', 'CLUSTER_NOT_FOUND');
  const xks = externalKeyStore('xks');
  const vpcXks = externalKeyStore('vpc-xks', {
    failure: 'XKS_PROXY_TIMED_OUT',
    vpcEndpointServiceOwner: account.id,
  });
  for (const store of [hsm, lostHsm, xks, vpcXks]) addCustomKeyStore(account, region, store);

  const [family, doomed] = ['multi-region', 'multi-region-pending-replica-deletion'].map((name) =>
    multiRegionFamily(place, name, [region, replicaRegion], { rotation: name === 'multi-region' }),
  ) as [[SimKey, SimKey], [SimKey, SimKey]];
  pendingReplicaDeletion(doomed[0]);
  pendingDeletion(doomed[1], options.deletion);

  const aws = (name: string, more = {}) => awsMaterialKey(place, name, more);
  const named: [string, SimKey][] = [
    ['symmetric', aws('symmetric')],
    [
      'symmetric-rotating',
      aws('symmetric-rotating', {
        created: '2023-04-01T12:00:00Z',
        rotation: true,
        automaticRotations: ['2024-04-01T12:00:00Z', '2025-04-01T12:00:00Z', '2026-04-01T12:00:00Z'],
      }),
    ],
    [
      'symmetric-rotating-180-days',
      aws('symmetric-rotating-180-days', {
        rotation: true,
        periodInDays: 180,
        onDemandRotations: ['2026-02-10T16:20:00Z'],
      }),
    ],
    [
      'symmetric-rotating-now',
      aws('symmetric-rotating-now', { rotation: true, onDemandStarted: '2026-11-23T09:00:00Z' }),
    ],
    ['symmetric-disabled', disabled(aws('symmetric-disabled', { rotation: true }))],
    [
      'symmetric-pending-deletion',
      pendingDeletion(aws('symmetric-pending-deletion', { rotation: true }), options.deletion),
    ],
    ['symmetric-creating', withState(aws('symmetric-creating'), 'Creating')],
    ['symmetric-updating', withState(aws('symmetric-updating'), 'Updating')],
    ['imported', importedKey(place, 'imported', { material: 'does_not_expire' })],
    ['imported-expiring', importedKey(place, 'imported-expiring', { material: 'expires' })],
    ['imported-expired', importedKey(place, 'imported-expired', { material: 'expired' })],
    ['imported-never', importedKey(place, 'imported-never', { material: 'never_imported' })],
    [
      'imported-rotated',
      importedKey(place, 'imported-rotated', {
        material: 'does_not_expire',
        onDemandRotations: ['2025-09-01T10:00:00Z'],
      }),
    ],
    ['imported-rsa', importedKey(place, 'imported-rsa', { material: 'does_not_expire', spec: 'RSA_3072' })],
    ['imported-hmac', importedKey(place, 'imported-hmac', { material: 'expires', spec: 'HMAC_256' })],
    ['cloudhsm', cloudHsmKey(place, 'cloudhsm', hsm)],
    ['cloudhsm-unavailable', cloudHsmKey(place, 'cloudhsm-unavailable', lostHsm)],
    ['xks', externalStoreKey(place, 'xks', xks)],
    ['xks-unavailable', externalStoreKey(place, 'xks-unavailable', vpcXks)],
    ['rsa-encrypting', asymmetricKey(place, 'rsa-encrypting', 'RSA_4096', { usage: 'ENCRYPT_DECRYPT' })],
    ['rsa-signing', asymmetricKey(place, 'rsa-signing', 'RSA_2048')],
    ['ecc-p256', asymmetricKey(place, 'ecc-p256', 'ECC_NIST_P256')],
    ['ecc-p384', asymmetricKey(place, 'ecc-p384', 'ECC_NIST_P384')],
    ['ecc-p521', asymmetricKey(place, 'ecc-p521', 'ECC_NIST_P521')],
    ['ecc-secp256k1', asymmetricKey(place, 'ecc-secp256k1', 'ECC_SECG_P256K1')],
    ['ed25519', asymmetricKey(place, 'ed25519', 'ECC_NIST_EDWARDS25519')],
    ['ml-dsa-44', asymmetricKey(place, 'ml-dsa-44', 'ML_DSA_44')],
    ['ml-dsa-65', asymmetricKey(place, 'ml-dsa-65', 'ML_DSA_65')],
    ['ml-dsa-87', asymmetricKey(place, 'ml-dsa-87', 'ML_DSA_87')],
    ['key-agreement', keyAgreementKey(place, 'key-agreement', 'ECC_NIST_P256')],
    ['hmac-224', hmacKey(place, 'hmac-224', 224)],
    ['hmac-512', hmacKey(place, 'hmac-512', 512)],
    ['multi-region-primary', family[0]],
    ['multi-region-replica', family[1]],
    ['multi-region-pending-replica-deletion', doomed[0]],
    ['multi-region-replica-pending-deletion', doomed[1]],
    ...(place.partition === 'aws-cn' ? ['SM2'] : ['ML_KEM_512', 'ML_KEM_768', 'ML_KEM_1024']).map(
      (spec): [string, SimKey] => {
        const name = spec.toLowerCase().replaceAll('_', '-');
        return [name, asymmetricKey(place, name, spec)];
      },
    ),
    ...(options.future ? ([['future', futureKey(place, 'future')]] satisfies [string, SimKey][]) : []),
  ];
  for (const [name, key] of named) addKey(account, key, `alias/${name}`);

  const managed = ['s3', 'ebs', 'acm'].map((service): [string, SimKey] => [
    `aws/${service}`,
    awsManagedKey(place, service),
  ]);
  for (const [name, key] of managed) addKey(account, key, `alias/${name}`);
  return { keys: new Map([...named, ...managed]) };
}
