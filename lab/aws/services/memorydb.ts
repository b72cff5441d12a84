import { jsonWire } from '../protocol/json.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/** Without `kmsKeyId` the key is the service's own. */
const kind = (arn: string) =>
  new ResourceKind<{ name: string; kmsKeyId?: string }>({
    arn: `memorydb:${arn}/*`,
    namedBy: ['Name'],
    complete: (given) => given,
    missing: (name) => [400, 'NotFoundFault', `${name} not found.`],
  });

export const memoryDbClusters = kind('cluster');
export const memoryDbSnapshots = kind('snapshot');

const paging = { size: 'MaxResults', answers: 50, token: 'NextToken' };
const entry = ({ name, arn, kmsKeyId }: { name: string; arn: string; kmsKeyId?: string }) => ({
  Name: name,
  ARN: arn,
  KmsKeyId: kmsKeyId,
});

/** Amazon MemoryDB. */
export const memoryDb: Service = {
  name: 'memorydb',
  wire: jsonWire({ target: 'AmazonMemoryDB', version: '1.1' }),
  operations: {
    DescribeClusters: memoryDbClusters.list({ entries: 'Clusters', paging, entry }),
    DescribeSnapshots: memoryDbSnapshots.list({ entries: 'Snapshots', paging, entry }),
  },
};
