import { jsonWire } from '../protocol/json.ts';
import type { Refusal } from '../protocol/wire.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/** Without `kmsKeyId` it is under a key that AWS owns. */
interface Database {
  readonly id: string;
  readonly kmsKeyId?: string;
}

const paging = { size: 'maxResults', answers: 100, token: 'nextToken' };

const missing = (id: string): Refusal => [
  404,
  'ResourceNotFoundException',
  `The database ${id} was not found.`,
];

/** DB instances; one with `dbClusterId` is a part of that cluster. */
export const influxInstances = new ResourceKind<Database & { dbClusterId?: string }>({
  arn: 'timestream-influxdb:db-instance/*',
  namedBy: ['identifier'],
  complete: (given) => given,
  missing,
});

export const influxClusters = new ResourceKind<Database>({
  arn: 'timestream-influxdb:db-cluster/*',
  namedBy: ['dbClusterId'],
  complete: (given) => given,
  missing,
});

const entry = ({ id, arn }: Database & { arn: string }) => ({ id, arn, name: id, status: 'AVAILABLE' });

/** Amazon Timestream for InfluxDB: its DB instances and clusters, without data. Only asking for one tells its key. */
export const timestreamInfluxDb: Service = {
  name: 'timestream-influxdb',
  wire: jsonWire({ target: 'AmazonTimestreamInfluxDB', version: '1.0' }),
  operations: {
    ListDbInstances: influxInstances.list({ entries: 'items', paging, entry }),
    GetDbInstance: influxInstances.detail((one) => ({
      ...entry(one),
      vpcSubnetIds: [],
      dbClusterId: one.dbClusterId,
      kmsKeyId: one.kmsKeyId,
    })),
    ListDbClusters: influxClusters.list({ entries: 'items', paging, entry }),
    GetDbCluster: influxClusters.detail((one) => ({ ...entry(one), kmsKeyId: one.kmsKeyId })),
  },
};
