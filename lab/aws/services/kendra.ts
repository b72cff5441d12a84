import { jsonWire } from '../protocol/json.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/** Indexes; without a key, under one that AWS owns. */
export const searchIndexes = new ResourceKind<{ id: string; key?: string }>({
  arn: 'kendra:index/*',
  namedBy: ['Id'],
  complete: (given) => given,
  missing: (id) => [400, 'ResourceNotFoundException', `The index ${id} was not found.`],
});

/** Amazon Kendra: its indexes, without documents. */
export const kendra: Service = {
  name: 'kendra',
  wire: jsonWire({ target: 'AWSKendraFrontendService', version: '1.1', messageField: 'Message' }),
  operations: {
    ListIndices: searchIndexes.list({
      entries: 'IndexConfigurationSummaryItems',
      paging: { size: 'MaxResults', answers: 100, token: 'NextToken' },
      entry: ({ id }) => ({ Id: id, Name: id, Status: 'ACTIVE' }),
    }),
    DescribeIndex: searchIndexes.detail(({ id, key }) => ({
      Id: id,
      Status: 'ACTIVE',
      ...(key !== undefined && { ServerSideEncryptionConfiguration: { KmsKeyId: key } }),
    })),
  },
};
