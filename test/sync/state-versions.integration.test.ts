import { afterAll, beforeAll, expect, test } from 'vitest';
import { addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import type { Postgres } from '../../lab/postgres/database.ts';
import type { BackendOptions } from '../../src/state/backend.ts';
import { emptyDatabase } from '../empty-database.ts';
import { syncInProcess } from '../known-faults/sync-in-process.ts';
import { keepState } from './kept-state.ts';

const accountId = '111111111111';
const region = 'eu-west-1';
const ofAccount = `aws-encryption/${accountId}/global`;
const ofRegion = `aws-encryption/${accountId}/${region}`;

let postgres: Postgres;
beforeAll(async () => {
  postgres = await emptyDatabase();
});
afterAll(() => postgres.stop());

/** A sync of an account with one key, in one region. */
async function sync(backend: BackendOptions) {
  const organization = newOrganization({ regions: [{ name: region, optIn: false }] });
  const account = organization.accounts.get(accountId);
  if (account === undefined) throw new Error('no account');
  addKey(account, awsMaterialKey({ partition: 'aws', accountId, region }, 'orders'));
  const aws = await startSimulator(organization);
  try {
    return await syncInProcess(
      aws,
      accountId,
      {},
      ['aws_encryption_keys', 'aws_encryption_coverage'],
      backend,
    );
  } finally {
    await aws.close();
  }
}

const values = {
  state_of_0_1_0: {
    [ofAccount]: '{"version":1,"units":{"coverage/*":{"superseded":"6"}}}',
    [ofRegion]:
      '{"version":1,"units":{"keys/kms_keys":{"rows":"3,5-7","superseded":"2"},"coverage/keys":{"rows":"7","superseded":"6","complete":"2026-11-01T00:00:00.123Z"}}}',
  },
  state_between: {
    [ofAccount]: '{"version":1,"units":{}}',
    [ofRegion]:
      '{"version":1,"ram_keys":["1234abcd-12ab-34cd-56ef-1234567890ab"],"units":{"keys/kms_keys":{"rows":"3,5-7","superseded":"2"},"coverage/keys":{"rows":"7","superseded":"6","complete":"2026-11-28T00:00:00.123Z","generation":"7"}}}',
  },
};

test.each(Object.entries(values))(
  'a sync goes on where an earlier version has left off: %s',
  async (name, before) => {
    const state = await keepState(postgres, name, before);
    const { log } = await sync(state.options);
    expect(log.filter((line) => line.startsWith('error'))).toEqual([]);
    const after = await state.read();
    const { version, units } = JSON.parse(after[ofRegion] ?? '');
    expect(version).toBe(2);
    // All was listed: what was written before is gone, and is deleted once more by the next sync.
    expect(units['keys/kms_keys']).toEqual({ rows: '8', superseded: '3,5-7' });
    expect(units['coverage/keys']).toMatchObject({ rows: '8', generation: '8' });
    expect(JSON.parse(after[ofAccount] ?? '').version).toBe(2);
    state.close();
  },
);

test('a state of a newer version ends the sync before anything is written', async () => {
  const newer = { [ofRegion]: '{"version":3,"units":{}}' };
  const state = await keepState(postgres, 'state_newer', newer);
  await expect(sync(state.options)).rejects.toThrow(
    `The value of ${ofRegion} in the state table state_newer is damaged, or of a newer version of this plugin; nothing was deleted or written`,
  );
  expect(await state.read()).toEqual(newer);
  state.close();
});
