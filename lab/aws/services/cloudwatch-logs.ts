import { jsonWire } from '../protocol/json.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/** `kmsKeyId` is the ARN of the key; without one it is a key that AWS owns. */
export const logGroups = new ResourceKind<{ name: string; kmsKeyId?: string }>({
  arn: 'logs:log-group:*',
  namedBy: ['logGroupName'],
  complete: (given) => given,
  missing: () => [400, 'ResourceNotFoundException', 'The specified log group does not exist.'],
});

export const logsDestinations = new ResourceKind<Shared & { name: string; target: string }>({
  arn: 'logs:destination:*',
  namedBy: ['destinationName'],
  complete: (given) => ({
    policy: null,
    target: 'arn:aws:kinesis:eu-west-1:111111111111:stream/logs',
    ...given,
  }),
  missing: () => [400, 'ResourceNotFoundException', 'The specified destination does not exist.'],
});

/** Amazon CloudWatch Logs: what is known of log groups, never their events, and of destinations. */
export const cloudWatchLogs: Service = {
  name: 'logs',
  wire: jsonWire({ target: 'Logs_20140328', version: '1.1' }),
  operations: {
    DescribeDestinations: logsDestinations.list({
      entries: 'destinations',
      paging: { size: 'limit', answers: 50, token: 'nextToken' },
      entry: ({ name, arn, policy, target }) => ({
        destinationName: name,
        arn,
        targetArn: target,
        accessPolicy: policy ?? undefined,
      }),
    }),
    DescribeLogGroups: logGroups.list({
      entries: 'logGroups',
      paging: { size: 'limit', answers: 50, token: 'nextToken' },
      entry: ({ name, arn, kmsKeyId }) => ({
        logGroupName: name,
        arn: `${arn}:*`,
        logGroupArn: arn,
        kmsKeyId,
      }),
    }),
  },
};
