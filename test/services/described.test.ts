import { describe, expect, it } from 'vitest';
import type { Fault } from './read-service.ts';
import { type RegionOfKeys, readService, regionOfKeys, seen } from './region-of-keys.ts';

/* What is listed by one call, and described each by another that tells its key. */

/** One more of them, under a key or none. */
type Add = (add: RegionOfKeys['add'], name: string, key?: string) => unknown;

const addFlow: Add = (add, name, key) => add.flow({ name, ...(key && { key }) });
const addIndex: Add = (add, id, key) => add.searchIndex({ id, ...(key && { key }) });
const addInstance: Add = (add, id, kmsKeyId) => add.influxInstance({ id, ...(kmsKeyId && { kmsKeyId }) });
const addCluster: Add = (add, id, kmsKeyId) => add.influxCluster({ id, ...(kmsKeyId && { kmsKeyId }) });

const influx = 'timestream-influxdb';
const owned = ['aws_owned', 'aws_owned'] as const;

describe.each([
  ['appflow', 'flow', 'appflow:DescribeFlow', addFlow, ['aws_owned_or_managed', null]],
  ['kendra', 'index', 'kendra:DescribeIndex', addIndex, owned],
  [influx, 'influxdb_instance', `${influx}:GetDbInstance`, addInstance, owned],
  [influx, 'influxdb_cluster', `${influx}:GetDbCluster`, addCluster, owned],
] as const)('what %s has', (service, resourceType, operation, addOne, byDefault) => {
  function rowsOf(...faults: Fault[]) {
    const { organization, add, own, foreign, managed } = regionOfKeys();
    addOne(add, 'default');
    addOne(add, 'own', own);
    addOne(add, 'foreign', foreign);
    addOne(add, 'managed', managed(service));
    return readService(organization, service, ...faults);
  }

  it('is read with its key', async () => {
    const read = await rowsOf();
    const columns = ['resource_type', 'encryption_state', 'key_type', 'cross_account_use'];
    expect(seen(read, ...columns)).toEqual([
      ['default', resourceType, ...byDefault, 'not_shared'],
      ['foreign', resourceType, 'kms', 'customer_managed_aws_material', 'not_shared'],
      ['managed', resourceType, 'kms', 'aws_managed', 'not_shared'],
      ['own', resourceType, 'kms', 'customer_managed_aws_material', 'not_shared'],
    ]);
    expect([...read.sink.said]).toEqual([]);
    expect(read.calls(service)).toMatchObject({ [operation]: 4 });
  });

  it.each(['deny', 'empty_body', 'bare_object'] as const)(
    'that cannot be read by %s is a row without a key',
    async (kind) => {
      const { rows } = await rowsOf({ operation, effect: { kind } });
      expect(rows.map((row) => [row.encryption_state, Object.keys(row.errors ?? {})])).toEqual(
        Array(4).fill([null, [operation]]),
      );
    },
  );

  it('that is gone when it is read is no row', async () => {
    const effect = { kind: 'error', status: 404, code: 'ResourceNotFoundException' } as const;
    const { rows, sink } = await rowsOf({ operation, effect });
    expect([rows, [...sink.said]]).toEqual([[], []]);
  });
});
