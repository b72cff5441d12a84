import { describe, expect, it } from 'vitest';
import type { Fault } from './read-service.ts';
import { readService, regionOfKeys, seen } from './region-of-keys.ts';

const customer = 'customer_managed_aws_material';
const columns = ['resource_type', 'encryption_state', 'key_type', 'cross_account_use'];

function world() {
  const { organization, add, own, foreign } = regionOfKeys();
  add.airflowEnvironment({ name: 'plain' });
  add.airflowEnvironment({ name: 'own', key: own });
  add.airflowEnvironment({ name: 'own-by-id', key: own.replace(/.*\//, '') });
  add.airflowEnvironment({ name: 'own-by-name', key: own.replace(/.*:/, '') });
  add.airflowEnvironment({ name: 'foreign', key: foreign });
  return organization;
}

const rowsOf = (...faults: Fault[]) => readService(world(), 'airflow', ...faults);

describe('environments of MWAA', () => {
  it('are read with their keys', async () => {
    const read = await rowsOf();
    expect(seen(read, ...columns)).toEqual([
      ['foreign', 'environment', 'kms', customer, 'not_shared'],
      ['own', 'environment', 'kms', customer, 'not_shared'],
      ['own-by-id', 'environment', 'kms', customer, 'not_shared'],
      ['own-by-name', 'environment', 'kms', customer, 'not_shared'],
      ['plain', 'environment', 'aws_owned', 'aws_owned', 'not_shared'],
    ]);
    expect([...read.sink.said]).toEqual([]);
    expect(read.calls('airflow')).toEqual({ 'airflow:ListEnvironments': 1, 'airflow:GetEnvironment': 5 });
  });

  it('are listed to the last page', async () => {
    const effect = { kind: 'short_pages', entries: 2 } as const;
    const { rows } = await rowsOf({ operation: 'airflow:ListEnvironments', effect });
    expect(rows).toHaveLength(5);
  });

  it('that cannot be read are rows without a key', async () => {
    const operation = 'airflow:GetEnvironment';
    const { rows, sink } = await rowsOf({ operation, effect: { kind: 'deny' } });
    expect(rows.map((row) => [row.encryption_state, Object.keys(row.errors ?? {})])).toEqual(
      Array(5).fill([null, [operation]]),
    );
    expect([...sink.said].join()).toContain(operation);
  });

  it('that are gone when they are read are no rows', async () => {
    const effect = { kind: 'error', status: 404, code: 'ResourceNotFoundException' } as const;
    const { rows, sink } = await rowsOf({ operation: 'airflow:GetEnvironment', effect });
    expect([rows, [...sink.said]]).toEqual([[], []]);
  });
});
