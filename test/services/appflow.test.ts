import { describe, expect, it } from 'vitest';
import type { Fault } from './read-service.ts';
import { readService, regionOfKeys, seen } from './region-of-keys.ts';

const customer = 'customer_managed_aws_material';
const operation = 'appflow:DescribeFlow';
const columns = ['resource_type', 'encryption_state', 'key_type', 'cross_account_use'];

function rowsOf(...faults: Fault[]) {
  const { organization, add, own, foreign } = regionOfKeys();
  add.flow({ name: 'default' });
  add.flow({ name: 'own', key: own });
  add.flow({ name: 'foreign', key: foreign });
  return readService(organization, 'appflow', ...faults);
}

describe('flows of AppFlow', () => {
  it('are read with their keys', async () => {
    const read = await rowsOf();
    expect(seen(read, ...columns)).toEqual([
      ['default', 'flow', 'aws_owned_or_managed', null, 'not_shared'],
      ['foreign', 'flow', 'kms', customer, 'not_shared'],
      ['own', 'flow', 'kms', customer, 'not_shared'],
    ]);
    expect([...read.sink.said]).toEqual([]);
  });

  it.each(['deny', 'empty_body'] as const)(
    'that cannot be read by %s are rows without a key',
    async (kind) => {
      const { rows } = await rowsOf({ operation, effect: { kind } });
      expect(rows.map((row) => [row.encryption_state, Object.keys(row.errors ?? {})])).toEqual(
        Array(3).fill([null, [operation]]),
      );
    },
  );

  it('that are gone when they are read are no rows', async () => {
    const effect = { kind: 'error', status: 404, code: 'ResourceNotFoundException' } as const;
    const { rows, sink } = await rowsOf({ operation, effect });
    expect([rows, [...sink.said]]).toEqual([[], []]);
  });
});
