import type { Fields } from '../../aws/answer.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import { listedService } from '../listed-service.ts';
import { memoryDbClusterRules, memoryDbEncryption, memoryDbSnapshotRules } from './rules.ts';

export const memoryDbEndpoint = { prefix: 'memory-db', serviceId: 'MemoryDB' };

const api = { endpoint: memoryDbEndpoint, protocol: awsJson('1.1', 'AmazonMemoryDB') };

/** Pages are as large as AWS makes them: the most that it gives is not documented. */
const paging = {
  input: (NextToken: string | undefined) => ({ NextToken }),
  next: 'NextToken',
  arn: (item: Fields) => item.requiredText('ARN'),
};
const encryption = (item: Fields) => memoryDbEncryption(item.text('KmsKeyId') || null);

export const memoryDbClusters = listedService({
  ...api,
  rules: memoryDbClusterRules,
  resourceType: 'cluster',
  list: { ...paging, operation: 'memorydb:DescribeClusters', items: 'Clusters' },
  encryption,
});

export const memoryDbSnapshots = listedService({
  ...api,
  rules: memoryDbSnapshotRules,
  resourceType: 'snapshot',
  list: { ...paging, operation: 'memorydb:DescribeSnapshots', items: 'Snapshots' },
  encryption,
});
