import {
  DescribeKeyCommand,
  GetKeyRotationStatusCommand,
  type KeyMetadata,
  type KMSClient,
  ListKeyRotationsCommand,
} from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import type { Place } from '../../../lab/aws/keys.ts';
import type { SimAccount, SimKey } from '../../../lab/aws/model.ts';
import { addEveryKind, type EveryKind } from '../../../lab/aws/organizations/every-kind.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { clients } from './clients.ts';

const accountId = '222222222222';
const place: Place = { partition: 'aws', accountId, region: 'us-east-1' };
let simulator: Simulator;
let account: SimAccount;
let every: EveryKind;
let kms: KMSClient;

beforeAll(async () => {
  const organization = newOrganization();
  account = addAccount(organization, { id: accountId });
  every = addEveryKind(account, place, 'eu-west-1', { future: true });
  simulator = await startSimulator(organization);
  kms = clients(simulator, accountId).kms;
});
afterAll(() => simulator.close());

const keyOf = (name: string): SimKey => {
  const key = every.keys.get(name);
  if (key === undefined) throw new Error(`no key of kind ${name}`);
  return key;
};
const idOf = (name: string) => ({ KeyId: keyOf(name).metadata.KeyId });
const describeKey = async (name: string): Promise<Partial<KeyMetadata>> =>
  (await kms.send(new DescribeKeyCommand(idOf(name)))).KeyMetadata ?? {};
/** Only the fields that a case speaks of, absent ones as undefined. */
const fieldsOf = (answer: object, expected: object) =>
  Object.fromEntries(Object.keys(expected).map((name) => [name, Reflect.get(answer, name)]));

describe('DescribeKey answers every kind of key as AWS describes it', () => {
  test.each([
    ['symmetric', { KeyManager: 'CUSTOMER', Origin: 'AWS_KMS', KeySpec: 'SYMMETRIC_DEFAULT', Enabled: true }],
    ['symmetric-disabled', { KeyState: 'Disabled', Enabled: false }],
    [
      'symmetric-pending-deletion',
      { KeyState: 'PendingDeletion', DeletionDate: new Date('2027-01-15T00:00:00Z') },
    ],
    ['imported', { Origin: 'EXTERNAL', ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }],
    [
      'imported-expiring',
      { ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo: new Date('2027-06-01T00:00:00Z') },
    ],
    ['imported-never', { KeyState: 'PendingImport', CurrentKeyMaterialId: undefined }],
    [
      'imported-expired',
      { KeyState: 'PendingImport', CurrentKeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ],
    ['cloudhsm', { Origin: 'AWS_CLOUDHSM', CloudHsmClusterId: expect.any(String), KeyState: 'Enabled' }],
    ['cloudhsm-unavailable', { KeyState: 'Unavailable' }],
    ['xks', { Origin: 'EXTERNAL_KEY_STORE', XksKeyConfiguration: { Id: 'xks-xks' } }],
    ['rsa-encrypting', { EncryptionAlgorithms: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] }],
    ['ed25519', { SigningAlgorithms: ['ED25519_SHA_512', 'ED25519_PH_SHA_512'] }],
    ['ml-dsa-65', { SigningAlgorithms: ['ML_DSA_SHAKE_256'], CustomerMasterKeySpec: undefined }],
    ['ml-kem-512', { KeySpec: 'ML_KEM_512', CustomerMasterKeySpec: undefined }],
    ['key-agreement', { KeyUsage: 'KEY_AGREEMENT', KeyAgreementAlgorithms: ['ECDH'] }],
    ['hmac-512', { KeyUsage: 'GENERATE_VERIFY_MAC', MacAlgorithms: ['HMAC_SHA_512'] }],
    [
      'multi-region-primary',
      {
        MultiRegion: true,
        MultiRegionConfiguration: expect.objectContaining({ MultiRegionKeyType: 'PRIMARY' }),
      },
    ],
    ['multi-region-pending-replica-deletion', { PendingDeletionWindowInDays: 30, DeletionDate: undefined }],
    ['aws/s3', { KeyManager: 'AWS', Origin: 'AWS_KMS' }],
    ['future', { Origin: 'AWS_ORBITAL_HSM', KeySpec: 'LATTICE_2048', KeyState: 'Hibernating' }],
  ])('%s', async (name, expected) => {
    const metadata = await describeKey(name);
    expect(fieldsOf(metadata, expected)).toEqual(expected);
    expect(metadata.AWSAccountId).toBe(accountId);
  });

  test('SM2 is there in China, and only there', () => {
    const china = newOrganization({ partition: 'aws-cn', regions: [{ name: 'cn-north-1', optIn: false }] });
    const member = addAccount(china, { id: accountId });
    const there = addEveryKind(
      member,
      { ...place, partition: 'aws-cn', region: 'cn-north-1' },
      'cn-northwest-1',
    );
    expect(there.keys.get('sm2')?.metadata).toMatchObject({ KeySpec: 'SM2', SigningAlgorithms: ['SM2DSA'] });
    expect(every.keys.has('sm2')).toBe(false);
  });

  test('ML-KEM is there everywhere but in China; the client of npm does not know its algorithms yet', () => {
    expect(keyOf('ml-kem-768').metadata).toMatchObject({
      KeySpec: 'ML_KEM_768',
      KeyUsage: 'ENCAPSULATE_DECAPSULATE',
      EncapsulationAlgorithms: ['ML_KEM'],
    });
    expect(keyOf('ml-kem-768').metadata).not.toHaveProperty('EncryptionAlgorithms');
  });

  test('a replica has its primary id in its own region', async () => {
    const dublin = clients(simulator, accountId, 'eu-west-1').kms;
    const { KeyMetadata } = await dublin.send(new DescribeKeyCommand(idOf('multi-region-primary')));
    expect(KeyMetadata?.Arn).toBe(keyOf('multi-region-replica').metadata.Arn);
    expect(KeyMetadata?.MultiRegionConfiguration?.MultiRegionKeyType).toBe('REPLICA');
  });
});

describe('rotation depends on the kind of key', () => {
  test.each([
    ['symmetric', { KeyRotationEnabled: false, RotationPeriodInDays: undefined }],
    ['symmetric-rotating', { KeyRotationEnabled: true, RotationPeriodInDays: 365 }],
    ['symmetric-rotating-180-days', { KeyRotationEnabled: true, RotationPeriodInDays: 180 }],
    ['symmetric-rotating-now', { OnDemandRotationStartDate: new Date('2026-11-23T09:00:00Z') }],
    ['symmetric-disabled', { KeyRotationEnabled: true }],
    ['symmetric-pending-deletion', { KeyRotationEnabled: false }],
    ['imported', { KeyRotationEnabled: false }],
    ['rsa-signing', { KeyRotationEnabled: false }],
    ['hmac-224', { KeyRotationEnabled: false }],
    ['multi-region-primary', { KeyRotationEnabled: true }],
    ['aws/s3', { KeyRotationEnabled: true }],
  ])('status of %s', async (name, expected) => {
    const status = await kms.send(new GetKeyRotationStatusCommand(idOf(name)));
    expect(fieldsOf(status, expected)).toEqual(expected);
  });

  test.each([
    ['cloudhsm', 'UnsupportedOperationException'],
    ['xks', 'UnsupportedOperationException'],
    ['xks-unavailable', 'UnsupportedOperationException'],
    ['imported-never', 'UnsupportedOperationException'],
    ['imported-expired', 'UnsupportedOperationException'],
    ['aws/acm', 'AccessDeniedException'],
  ])('status of %s is refused', async (name, error) => {
    await expect(kms.send(new GetKeyRotationStatusCommand(idOf(name)))).rejects.toMatchObject({
      name: error,
    });
  });

  test('rotations are those that happened; all key material adds the first', async () => {
    const id = idOf('symmetric-rotating');
    const rotations = await kms.send(new ListKeyRotationsCommand(id));
    expect(rotations.Rotations?.map(({ RotationDate }) => RotationDate?.toISOString().slice(0, 10))).toEqual([
      '2024-04-01',
      '2025-04-01',
      '2026-04-01',
    ]);
    const all = await kms.send(
      new ListKeyRotationsCommand({ ...id, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' }),
    );
    expect(all.Rotations?.map(({ KeyMaterialState }) => KeyMaterialState)).toEqual([
      'NON_CURRENT',
      'NON_CURRENT',
      'NON_CURRENT',
      'CURRENT',
    ]);
    expect(all.Rotations?.[0]?.RotationDate).toBeUndefined();
    expect((await describeKey('symmetric-rotating')).CurrentKeyMaterialId).toBe(
      all.Rotations?.[3]?.KeyMaterialId,
    );
  });

  test.each(['cloudhsm', 'xks', 'rsa-signing', 'hmac-512'])('rotations of %s are refused', async (name) => {
    await expect(kms.send(new ListKeyRotationsCommand(idOf(name)))).rejects.toMatchObject({
      name: 'UnsupportedOperationException',
    });
  });
});
