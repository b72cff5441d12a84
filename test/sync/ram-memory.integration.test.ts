import { afterAll, beforeAll, expect, test } from 'vitest';
import { addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import { shareKey } from '../../lab/aws/ram-shares.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import type { Postgres } from '../../lab/postgres/database.ts';
import { emptyDatabase } from '../empty-database.ts';
import { syncInProcess } from '../known-faults/sync-in-process.ts';
import { keepState } from './kept-state.ts';

const accountId = '111111111111';
const region = 'eu-west-1';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await emptyDatabase();
});
afterAll(() => postgres.stop());

test.each([
  ['with a state, a key that the last sync saw shared is asked again, though RAM no longer lists it', true],
  ['without one, what RAM does not list is not asked', false],
])('%s', async (_, isKept) => {
  const organization = newOrganization({ regions: [{ name: region, optIn: false }] });
  const account = organization.accounts.get(accountId);
  if (account === undefined) throw new Error('no account');
  const key = addKey(account, awsMaterialKey({ partition: 'aws', accountId, region }, 'orders'));
  const share = shareKey(organization, key, ['999988887777']);
  const aws = await startSimulator(organization);
  const state = isKept ? await keepState(postgres, 'state_ram') : null;
  const sharedBy = async () => {
    const { rows } = await syncInProcess(aws, accountId, {}, ['aws_encryption_keys'], state?.options);
    return rows.keys?.map(({ shared_by }) => shared_by);
  };
  expect(await sharedBy()).toEqual([['ram']]);
  for (const resource of share.resources) resource.listed = false;
  for (const again of [1, 2]) {
    expect([again, await sharedBy()]).toEqual([again, [isKept ? ['ram'] : []]]);
  }
  await aws.close();
  state?.close();
});
