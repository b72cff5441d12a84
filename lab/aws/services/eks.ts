import { restJsonWire } from '../protocol/rest-json.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/** `keyArn` is as its owner wrote it; without one it is a key that AWS owns. */
export const kubernetesClusters = new ResourceKind<{ name: string; keyArn?: string; version: string }>({
  arn: 'eks:cluster/*',
  namedBy: ['name'],
  complete: (given) => ({ version: '1.34', ...given }),
  missing: (name) => [404, 'ResourceNotFoundException', `No cluster found for name: ${name}.`],
});

/** Amazon EKS: what is known of clusters. */
export const eks: Service = {
  name: 'eks',
  wire: restJsonWire({ ListClusters: 'GET /clusters', DescribeCluster: 'GET /clusters/{name}' }),
  failures: { invalid_input: [400, 'InvalidParameterException', 'A value is not valid.'] },
  operations: {
    ListClusters: kubernetesClusters.list({
      entries: 'clusters',
      paging: { size: 'maxResults', answers: 100, token: 'nextToken' },
      entry: ({ name }) => name,
    }),
    DescribeCluster: kubernetesClusters.detail(({ name, arn, keyArn, version }) => ({
      cluster: {
        name,
        arn,
        version,
        status: 'ACTIVE',
        ...(keyArn && { encryptionConfig: [{ resources: ['secrets'], provider: { keyArn } }] }),
      },
    })),
  },
};
