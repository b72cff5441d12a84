import { expect, it } from 'vitest';
import { lookupCalls } from '../../src/enumerate/key-resolver.ts';
import { sorts } from '../../src/services/catalogue.ts';
import { callsOf } from '../../src/services/operations.ts';
import { databaseWorld, reader, readService } from './databases.ts';

/** One resource of each sort at least, under a key that has to be looked up. */
function world(service: string) {
  const made = databaseWorld('rds');
  const { add, own: kmsKeyId, account } = made;
  const sharedWith = [reader];
  add.dbInstance({ id: 'a', kmsKeyId });
  add.dbCluster({ id: 'a', engine: 'neptune', kmsKeyId });
  add.dbSnapshot({ id: 'a', kmsKeyId, sharedWith });
  add.dbClusterSnapshot({ id: 'a', engine: 'docdb', kmsKeyId, sharedWith });
  add.redshiftCluster({ name: 'a', kmsKeyId });
  add.redshiftSnapshot({ id: 'a/a', kmsKeyId, sharedWith });
  add.namespace({ id: 'n', kmsKeyId });
  add.namespaceSnapshot({ id: 'a', kmsKeyId, sharedWith });
  add.datashare({ id: 'n/a', consumers: [{ id: reader, status: 'ACTIVE' }] });
  add.replicationGroup({ name: 'a', kmsKeyId });
  add.cacheCluster({ name: 'a' });
  add.serverlessCache({ name: 'a', kmsKeyId });
  add.cacheSnapshot({ name: 'a', kmsKeyId });
  add.serverlessCacheSnapshot({ name: 'a', kmsKeyId });
  add.memoryDbCluster({ name: 'a', kmsKeyId });
  add.memoryDbSnapshot({ name: 'a', kmsKeyId });
  add.fsxFileSystem({ id: 'a', kmsKeyId });
  add.fsxBackup({ id: 'a', kmsKeyId });
  add.table({ name: 'a', kmsKeyArn: kmsKeyId });
  add.tableBackup({ name: 'a', kmsKeyArn: kmsKeyId });
  add.stateMachine({ name: 'a', kmsKeyId });
  add.activity({ name: 'a', kmsKeyId });
  add.workGroup({ name: 'a', option: 'SSE_KMS', kmsKey: kmsKeyId });
  add.replicationInstance({ id: 'a', kmsKeyId });
  add.replicationConfig({ id: 'a', kmsKeyId });
  add.replicationEndpoint({ id: 'a', kmsKeyId });
  add.broker({ id: 'a:b-1', kmsKeyId });
  add.containerCluster({ name: 'a', fargateKeyId: kmsKeyId });
  const declared = sorts.filter((sort) => sort.service === service).flatMap(callsOf);
  account.user.allow = [...declared, ...lookupCalls, 'sts:*'];
  return { made, declared };
}

const databases = ['rds', 'redshift', 'redshift-serverless', 'elasticache', 'memorydb', 'fsx', 'dynamodb'];

it.each([...databases, 'states', 'athena', 'dms', 'mq', 'ecs'])(
  'the calls that are declared for %s are all that it takes, and each is made',
  async (service) => {
    const { made, declared } = world(service);
    const { rows, said, requests } = await readService(made, service);
    expect(said).toEqual([]);
    expect(rows.map(({ errors }) => errors)).toEqual(rows.map(() => null));
    expect(Object.keys(requests)).toEqual(expect.arrayContaining([...new Set(declared)]));
  },
);
