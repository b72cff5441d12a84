import { describe, expect, it } from 'vitest';
import { databaseEncryption } from '../../src/services/timestream-influxdb/rules.ts';
import type { Fault } from './read-service.ts';
import { readService, regionOfKeys, seen } from './region-of-keys.ts';

const service = 'timestream-influxdb';

function rowsOf(...faults: Fault[]) {
  const { organization, add, own } = regionOfKeys();
  for (const id of ['a', 'b', 'c']) add.influxInstance({ id });
  add.influxInstance({ id: 'part', dbClusterId: 'whole' });
  add.influxCluster({ id: 'whole', kmsKeyId: own });
  add.influxCluster({ id: 'z' });
  return readService(organization, service, ...faults);
}

describe('databases of Timestream for InfluxDB', () => {
  it('are instances and clusters, each asked for its key once, to the last page', async () => {
    const columns = ['resource_type', 'encryption_state'];
    const read = await rowsOf();
    expect(seen(read, ...columns)).toEqual([
      ['a', 'influxdb_instance', 'aws_owned'],
      ['b', 'influxdb_instance', 'aws_owned'],
      ['c', 'influxdb_instance', 'aws_owned'],
      ['part', 'influxdb_instance', 'unknown'],
      ['whole', 'influxdb_cluster', 'kms'],
      ['z', 'influxdb_cluster', 'aws_owned'],
    ]);
    expect(read.calls(service)).toEqual({
      [`${service}:ListDbInstances`]: 1,
      [`${service}:GetDbInstance`]: 4,
      [`${service}:ListDbClusters`]: 1,
      [`${service}:GetDbCluster`]: 2,
    });
    const effect = { kind: 'short_pages', entries: 1 } as const;
    const lists = [`${service}:ListDbInstances`, `${service}:ListDbClusters`];
    const paged = await rowsOf(...lists.map((operation) => ({ operation, effect })));
    expect(seen(paged, ...columns)).toEqual(seen(read, ...columns));
  });

  it.each(['ListDbInstances', 'ListDbClusters'])('are not whole where %s is denied', async (name) => {
    const operation = `${service}:${name}`;
    const { rows, sink } = await rowsOf({ operation, effect: { kind: 'deny' } });
    expect(rows).toHaveLength(name === 'ListDbInstances' ? 2 : 4);
    expect([...sink.said].join()).toContain(`listing failed: resources ${operation}`);
  });
});

it.each([
  ['arn:aws:kms:eu-west-1:222222222222:key/k', null, 'kms'],
  ['arn:aws:kms:eu-west-1:222222222222:key/k', 'whole', 'kms'],
  [null, null, 'aws_owned'],
  // Its cluster may have a key that AWS names with the cluster alone.
  [null, 'whole', 'unknown'],
])('a database with the key %s in the cluster %s is %s', (key, cluster, state) => {
  expect(databaseEncryption(key, cluster)).toEqual({ state, key });
});
