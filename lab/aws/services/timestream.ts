import { jsonWire } from '../protocol/json.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/** Without `kmsKeyId` it is under the key that AWS manages for Timestream, and does not say so. */
export const timeSeriesDatabases = new ResourceKind<{ name: string; kmsKeyId?: string }>({
  arn: 'timestream:database/*',
  namedBy: ['DatabaseName'],
  complete: (given) => given,
  missing: (name) => [400, 'ResourceNotFoundException', `The database ${name} does not exist.`],
});

/** Amazon Timestream for LiveAnalytics: its databases. Each region has one cell, which is the service's own address. */
export const timestream: Service = {
  name: 'timestream',
  wire: jsonWire({ target: 'Timestream_20181101', version: '1.0' }),
  operations: {
    DescribeEndpoints: {
      run: ({ region }) => ({
        Endpoints: [
          { Address: `ingest-cell2.timestream.${region}.amazonaws.com`, CachePeriodInMinutes: 1440 },
        ],
      }),
    },
    ListDatabases: timeSeriesDatabases.list({
      entries: 'Databases',
      paging: { size: 'MaxResults', answers: 20, token: 'NextToken' },
      entry: ({ name, arn, kmsKeyId }) => ({
        DatabaseName: name,
        Arn: arn,
        KmsKeyId: kmsKeyId,
        TableCount: 0,
      }),
    }),
  },
};
