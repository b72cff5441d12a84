import { CreateOrganizationCommand } from '@aws-sdk/client-organizations';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newOrganization } from '../../lab/aws/build.ts';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import { type Emulator, startMiniStack, startMoto } from '../../lab/emulators.ts';
import { normalised } from './agreement/normalised.ts';
import { reads, refusals } from './agreement/reads.ts';
import { emulated, type KeyName, type Side, simulated } from './agreement/sides.ts';
import { clientsOf } from './emulated.ts';

/** The fields that an emulator does not answer, or wrongly, by the beginning of the read; null: all of it is wrong. */
type Faults = readonly (readonly [read: string, without: readonly string[] | null])[];

// What moto 5.2.5 and MiniStack 1.5.33 are known to answer otherwise than AWS, 2026-11-24.
const faultsOfMoto: Faults = [
  ['organizations:ListAccounts', ['Paths']],
  ['organizations:ListRoots', ['PolicyTypes']],
  ['organizations:ListOrganizationalUnitsForParent', ['Path']],
  ['kms:DescribeKey edwards', null],
  ['kms:DescribeKey waiting', null],
  ['kms:DescribeKey mac', ['MultiRegion', 'MacAlgorithms', 'EncryptionAlgorithms']],
  ['kms:DescribeKey everywhere', ['CurrentKeyMaterialId']],
  ['kms:DescribeKey', ['MultiRegion', 'CurrentKeyMaterialId']],
  ['kms:GetKeyPolicy', ['PolicyName']],
  ['kms:ListGrants', ['KeyId', 'GrantId', 'CreationDate', 'IssuingAccount']],
  ['kms:ListAliases', ['CreationDate', 'LastUpdatedDate']],
  ['kms:GetKeyRotationStatus edwards', null],
  ['kms:GetKeyRotationStatus waiting', null],
  ['kms:GetKeyRotationStatus', ['KeyId', 'RotationPeriodInDays', 'NextRotationDate']],
];
const faultsOfMiniStack: Faults = [
  ['organizations:DescribeOrganization', ['MasterAccountEmail']],
  ['organizations:ListAccounts, page', null],
  ['organizations:ListAccountsForParent', ['State', 'Paths']],
  ['organizations:ListOrganizationalUnitsForParent', ['Path']],
  ['kms:DescribeKey edwards', ['AWSAccountId', 'CustomerMasterKeySpec']],
  ['kms:DescribeKey', ['AWSAccountId']],
  ['kms:GetKeyRotationStatus waiting', null],
  ['kms:GetKeyRotationStatus orders', ['KeyId', 'NextRotationDate']],
  ['kms:GetKeyRotationStatus', ['KeyId', 'RotationPeriodInDays']],
];

describe.each<[string, () => Promise<Emulator>, Faults, readonly KeyName[]]>([
  ['moto', startMoto, faultsOfMoto, ['edwards']],
  ['MiniStack', startMiniStack, faultsOfMiniStack, []],
])('the simulated AWS answers as %s does', (name, start, faults, without) => {
  let simulator: Simulator;
  let emulator: Emulator;
  let ours: Side;
  let theirs: Side;

  beforeAll(async () => {
    simulator = await startSimulator(newOrganization());
    emulator = await start();
    if (name === 'moto') {
      await clientsOf(emulator).organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
    }
    ours = await simulated(simulator);
    theirs = await emulated(emulator, without);
  });
  afterAll(async () => {
    await simulator.close();
    await emulator.close();
  });

  const comparable = Object.entries(reads).flatMap(([read, ask]) => {
    const [, missing = []] = faults.find(([beginning]) => read.startsWith(beginning)) ?? [];
    return missing === null ? [] : [{ read, ask, missing }];
  });
  test.each(comparable)('$read', async ({ ask, missing }) => {
    const answer = await normalised(ask(theirs), missing);
    expect(answer).not.toHaveProperty('error');
    expect(await normalised(ask(ours), missing)).toEqual(answer);
  });

  // moto knows no access policies of vaults.
  const refused = Object.entries(refusals).filter(
    ([read]) => !(name === 'moto' && read.startsWith('backup:')),
  );
  test.each(refused)('%s', async (_, ask) => {
    const answer = { error: expect.stringMatching(/^(Resource)?NotFoundException$/) };
    const told = await normalised(ask(theirs), []);
    expect(told).toEqual(answer);
    expect(await normalised(ask(ours), [])).toEqual(told);
  });
});
