import { restJsonWire } from '../protocol/rest-json.ts';
import { refuse } from '../protocol/wire.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/** Clusters, by their name and id: `orders/1a2b-1`; a provisioned one has a key. */
export const kafkaClusters = new ResourceKind<Shared & { id: string; type: string; keyArn?: string }>({
  arn: 'kafka:cluster/*',
  namedBy: ['ClusterArn'],
  complete: (given) => ({ type: 'PROVISIONED', policy: null, ...given }),
  missing: () => [404, 'NotFoundException', 'The requested resource does not exist.'],
});

/** Amazon MSK. */
export const kafka: Service = {
  name: 'kafka',
  wire: restJsonWire({
    ListClustersV2: 'GET /api/v2/clusters',
    GetClusterPolicy: 'GET /v1/clusters/{ClusterArn}/policy',
  }),
  failures: { throttled: [429, 'TooManyRequestsException', 'Too Many Requests'] },
  operations: {
    ListClustersV2: kafkaClusters.list({
      entries: 'clusterInfoList',
      paging: { size: 'maxResults', answers: 100, token: 'nextToken' },
      entry: ({ id, arn, type, keyArn }) => ({
        clusterArn: arn,
        clusterName: id.split('/')[0],
        clusterType: type,
        state: 'ACTIVE',
        ...(type === 'SERVERLESS'
          ? { serverless: { vpcConfigs: [] } }
          : { provisioned: { encryptionInfo: { encryptionAtRest: { dataVolumeKMSKeyId: keyArn } } } }),
      }),
    }),
    GetClusterPolicy: kafkaClusters.detail(({ policy }) => ({
      policy: policy ?? refuse(404, 'NotFoundException', 'No policy is attached to the cluster.'),
      currentVersion: 'K1',
    })),
  },
};
