import { jsonWire } from '../protocol/json.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/** Without `kmsKeyId` AWS answers none. */
const kind = <More extends object>(word: string) =>
  new ResourceKind<{ id: string; kmsKeyId?: string } & More>({
    arn: `dms:${word}:*`,
    namedBy: ['Arn'],
    complete: (given) => given as { id: string } & More,
    missing: (id) => [400, 'ResourceNotFoundFault', `${id} not found.`],
  });

export const replicationInstances = kind<object>('rep');
export const replicationConfigs = kind<object>('replication-config');
/** `bucketKeyId`: the key under which it writes to a bucket. */
export const dmsEndpoints = kind<{ bucketKeyId?: string }>('endpoint');

const paging = { size: 'MaxRecords', answers: 100, token: 'Marker' };

/** AWS Database Migration Service, without tasks. */
export const dms: Service = {
  name: 'dms',
  wire: jsonWire({ target: 'AmazonDMSv20160101', version: '1.1' }),
  operations: {
    DescribeReplicationInstances: replicationInstances.list({
      entries: 'ReplicationInstances',
      paging,
      entry: ({ id, arn, kmsKeyId }) => ({
        ReplicationInstanceIdentifier: id,
        ReplicationInstanceArn: arn,
        KmsKeyId: kmsKeyId,
      }),
    }),
    DescribeReplicationConfigs: replicationConfigs.list({
      entries: 'ReplicationConfigs',
      paging,
      entry: ({ id, arn, kmsKeyId }) => ({
        ReplicationConfigIdentifier: id,
        ReplicationConfigArn: arn,
        ComputeConfig: { MaxCapacityUnits: 16, KmsKeyId: kmsKeyId },
      }),
    }),
    DescribeEndpoints: dmsEndpoints.list({
      entries: 'Endpoints',
      paging,
      entry: ({ id, arn, kmsKeyId, bucketKeyId }) => ({
        EndpointIdentifier: id,
        EndpointArn: arn,
        KmsKeyId: kmsKeyId,
        ...(bucketKeyId && {
          S3Settings: { EncryptionMode: 'sse-kms', ServerSideEncryptionKmsKeyId: bucketKeyId },
        }),
      }),
    }),
  },
};
