import {
  type BackupClient,
  GetBackupVaultAccessPolicyCommand,
  ListBackupVaultsCommand,
} from '@aws-sdk/client-backup';
import {
  DescribeStreamSummaryCommand,
  GetResourcePolicyCommand,
  type KinesisClient,
  ListStreamsCommand,
} from '@aws-sdk/client-kinesis';
import { DescribeKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoAccounts } from '../../../lab/aws/organizations/demo-accounts.ts';
import { streamsAndVaults } from '../../../lab/aws/organizations/streams-and-vaults.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { assume, clients } from './clients.ts';

let simulator: Simulator;
let kms: KMSClient;
let kinesis: KinesisClient;
let backup: BackupClient;
beforeAll(async () => {
  simulator = await startSimulator(streamsAndVaults());
  ({ kms, kinesis, backup } = clients(simulator, await assume(simulator, demoAccounts.data)));
});
afterAll(() => simulator.close());

/** The state of the key, or why nothing is known of it. */
function stateOf(KeyId: string | undefined): Promise<string | undefined> | null {
  if (KeyId === undefined) return null;
  return kms.send(new DescribeKeyCommand({ KeyId })).then(
    ({ KeyMetadata }) => `${KeyMetadata?.KeyManager} ${KeyMetadata?.KeyState}`,
    (error: Error) => error.name,
  );
}

test('streams of every kind of key', async () => {
  const seen: Record<string, unknown> = {};
  const { StreamSummaries = [] } = await kinesis.send(new ListStreamsCommand({}));
  for (const { StreamARN, StreamName = '' } of StreamSummaries) {
    const summary = await kinesis.send(new DescribeStreamSummaryCommand({ StreamARN }));
    const { Policy } = await kinesis.send(new GetResourcePolicyCommand({ ResourceARN: StreamARN }));
    seen[StreamName] = [await stateOf(summary.StreamDescriptionSummary?.KeyId), Policy !== '{}'];
  }
  expect(seen).toEqual({
    'aws-managed': ['AWS Enabled', true],
    admitting: ['CUSTOMER Enabled', true],
    closed: ['CUSTOMER Enabled', true],
    plain: [null, true],
    'out-of-reach': ['NotFoundException', true],
    own: ['CUSTOMER Enabled', false],
  });
});

test('vaults of every kind of key', async () => {
  const seen: Record<string, unknown> = {};
  const { BackupVaultList = [] } = await backup.send(new ListBackupVaultsCommand({}));
  for (const { BackupVaultName = '', EncryptionKeyArn } of BackupVaultList) {
    const shared = await backup.send(new GetBackupVaultAccessPolicyCommand({ BackupVaultName })).then(
      () => true,
      (error: Error) => error.name,
    );
    seen[BackupVaultName] = [await stateOf(EncryptionKeyArn), shared];
  }
  expect(seen).toEqual({
    'aws-managed': ['AWS Enabled', true],
    closed: ['CUSTOMER Enabled', true],
    asleep: ['CUSTOMER Disabled', true],
    'out-of-reach': ['NotFoundException', true],
    'air-gapped': [null, true],
    own: ['CUSTOMER Enabled', 'ResourceNotFoundException'],
  });
});
