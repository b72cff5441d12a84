import { awsJson } from '../../aws/json-protocols.ts';
import { listedService } from '../listed-service.ts';
import { indexEncryption, kendraRules } from './rules.ts';

export const kendraEndpoint = { prefix: 'kendra', serviceId: 'kendra' };

export const kendra = listedService({
  rules: kendraRules,
  endpoint: kendraEndpoint,
  protocol: awsJson('1.1', 'AWSKendraFrontendService'),
  resourceType: 'index',
  list: {
    operation: 'kendra:ListIndices',
    // Most that AWS gives in one page (ListIndices, botocore 1.43.106, read 2026-11-30).
    input: (NextToken) => ({ MaxResults: 100, NextToken }),
    items: 'IndexConfigurationSummaryItems',
    next: 'NextToken',
    arn: (index, { partition, region, accountId }) =>
      `arn:${partition}:kendra:${region}:${accountId}:index/${index.requiredText('Id')}`,
  },
  describe: {
    operation: 'kendra:DescribeIndex',
    input: (index) => ({ Id: index.requiredText('Id') }),
    always: 'Id',
  },
  encryption: (index) =>
    indexEncryption(index.object('ServerSideEncryptionConfiguration')?.text('KmsKeyId') || null),
});
