import { jsonWire } from '../protocol/json.ts';
import { InvalidInput } from '../protocol/wire.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

interface SimCluster {
  name: string;
  /** Of Fargate's storage, of volumes and of sessions. */
  fargateKeyId?: string;
  volumeKeyId?: string;
  sessionKeyId?: string;
}

export const containerClusters = new ResourceKind<SimCluster>({
  arn: 'ecs:cluster/*',
  namedBy: ['clusters'],
  complete: (given) => given,
  missing: () => [400, 'ClusterNotFoundException', 'Cluster not found.'],
});

/** Amazon ECS: its clusters, without services and tasks. */
export const ecs: Service = {
  name: 'ecs',
  wire: jsonWire({ target: 'AmazonEC2ContainerServiceV20141113', version: '1.1' }),
  failures: { invalid_input: [400, 'InvalidParameterException', 'Invalid parameter'] },
  operations: {
    ListClusters: containerClusters.list({
      entries: 'clusterArns',
      paging: { size: 'maxResults', answers: 100, token: 'nextToken' },
      entry: ({ arn }) => arn,
    }),
    DescribeClusters: {
      run: (call) => {
        const { clusters = ['default'], include = [] } = call.input as Record<string, string[]>;
        if (clusters.length > 100) throw new InvalidInput('clusters can have at most 100 items.');
        const all = containerClusters.in(call.account, call.region);
        const isThere = (arn: string) => all.has(arn.slice(arn.indexOf('/') + 1));
        return {
          clusters: clusters.filter(isThere).map((each) => {
            const { arn, ...cluster } = containerClusters.named(call, each);
            return {
              clusterArn: arn,
              clusterName: cluster.name,
              status: 'ACTIVE',
              ...(include.includes('CONFIGURATIONS') && { configuration: settingsOf(cluster) }),
            };
          }),
          failures: clusters.filter((arn) => !isThere(arn)).map((arn) => ({ arn, reason: 'MISSING' })),
        };
      },
    },
  },
};

const settingsOf = ({ fargateKeyId, volumeKeyId, sessionKeyId }: SimCluster) => ({
  ...((fargateKeyId || volumeKeyId) && {
    managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: fargateKeyId, kmsKeyId: volumeKeyId },
  }),
  ...(sessionKeyId && { executeCommandConfiguration: { kmsKeyId: sessionKeyId, logging: 'DEFAULT' } }),
});
