import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import type { Postgres } from '../../lab/postgres/database.ts';
import { emptyDatabase } from '../empty-database.ts';
import { eventually } from '../eventually.ts';
import { syncInProcess } from '../known-faults/sync-in-process.ts';
import { keepState } from './kept-state.ts';

const accountId = '111111111111';
const region = 'eu-west-1';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await emptyDatabase();
});
afterAll(() => postgres.stop());

test('a scope that the state cannot be told of ends the sync, though none of its rows has come', async () => {
  const state = await keepState(postgres, 'state_lost');
  const organization = newOrganization({ regions: [{ name: region, optIn: false }] });
  const account = organization.accounts.get(accountId);
  if (account === undefined) throw new Error('no account');
  addKey(account, awsMaterialKey({ partition: 'aws', accountId, region }, 'orders'));
  const aws = await startSimulator(organization);
  aws.faults.add({ operation: 'kms:List*', effect: { kind: 'time_out' } });
  const regions = aws.faults.add({
    operation: 'account:ListRegions',
    effect: { kind: 'time_out' },
    times: 1,
  });
  const syncing = syncInProcess(aws, accountId, {}, ['aws_encryption_keys'], state.options);
  const outcome = expect(syncing).rejects.toThrow('The state table state_lost could not be written');
  // The account is registered; its regions are not known yet.
  await eventually(() => expect(regions.fired).toBe(1));
  const database = new pg.Client(postgres.connectionString);
  await database.connect();
  await database.query('DROP TABLE state_lost');
  await database.end();
  regions.remove();
  await outcome;
  state.close();
  await aws.close();
});
