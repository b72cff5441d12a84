import { restJsonWire } from '../protocol/rest-json.ts';
import { refuse } from '../protocol/wire.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/** Without `kmsKeyArn` the key is one that AWS owns. */
export const workspaces = new ResourceKind<Shared & { id: string; kmsKeyArn?: string }>({
  arn: 'aps:workspace/*',
  namedBy: ['workspaceId'],
  complete: (given) => ({ policy: null, ...given }),
  missing: (name) => [404, 'ResourceNotFoundException', `Workspace not found: ${name}`],
});

/** Amazon Managed Service for Prometheus: its workspaces, without metrics. */
export const prometheus: Service = {
  name: 'aps',
  wire: restJsonWire({
    ListWorkspaces: 'GET /workspaces',
    DescribeResourcePolicy: 'GET /workspaces/{workspaceId}/policy',
  }),
  failures: { invalid_input: [400, 'ValidationException', 'The input is not valid.'] },
  operations: {
    ListWorkspaces: workspaces.list({
      entries: 'workspaces',
      paging: { size: 'maxResults', answers: 1000, default: 100, token: 'nextToken' },
      entry: ({ id, arn, kmsKeyArn }) => ({
        workspaceId: id,
        arn,
        kmsKeyArn,
        status: { statusCode: 'ACTIVE' },
        createdAt: 1_760_000_000,
      }),
    }),
    DescribeResourcePolicy: workspaces.detail(({ id, policy }) => ({
      policyDocument: policy ?? refuse(404, 'ResourceNotFoundException', `No policy of workspace ${id}`),
      policyStatus: 'ACTIVE',
      revisionId: '1',
    })),
  },
};
