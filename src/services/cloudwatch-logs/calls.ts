import { required } from '../../aws/answer.ts';
import { slim } from '../../aws/client.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { serviceCalls } from '../../aws/service-calls.ts';

export interface LogGroup {
  /** Without the `:*` that stands for its streams. */
  readonly arn: string;
  /** Null: a key that AWS owns. */
  readonly kmsKeyId: string | null;
}

/** CloudWatch Logs as seen from one scope; never a log's events. Rejects with AwsError only. */
export interface CloudWatchLogsReads {
  logGroups(): AsyncIterable<readonly LogGroup[]>;
}

/** Most that AWS gives in one page (CloudWatch Logs API reference, 2026-10-01). */
const limit = 50;

export function cloudWatchLogsReads(access: ScopeAccess): CloudWatchLogsReads {
  const { list } = serviceCalls(access, async (config) => {
    const sdk = await import('@aws-sdk/client-cloudwatch-logs');
    return { sdk, client: slim(new sdk.CloudWatchLogsClient(config)) };
  });
  return {
    logGroups: () =>
      list<LogGroup>(
        'logs:DescribeLogGroups',
        ({ arn }) => arn,
        (nextToken) =>
          async ({ sdk, client }, options, site) => {
            const output = await client.send(new sdk.DescribeLogGroupsCommand({ limit, nextToken }), options);
            const items = required(output.logGroups, 'logGroups', site).map(({ arn, kmsKeyId }) => ({
              arn: required(arn, 'arn', site).replace(/:\*$/, ''),
              kmsKeyId: kmsKeyId || null,
            }));
            return { items, next: output.nextToken };
          },
      ),
  };
}
