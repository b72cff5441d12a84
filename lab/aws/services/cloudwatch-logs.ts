import { regionOf } from '../build.ts';
import { failure } from '../failures.ts';
import { pageOfArray } from '../paging.ts';
import { pageSize, text } from '../protocol/input.ts';
import { jsonWire } from '../protocol/json.ts';
import type { Output } from '../protocol/wire.ts';
import type { Call, Service } from '../service.ts';

/** Amazon CloudWatch Logs: what is known of log groups, never their events. */
export const cloudWatchLogs: Service = {
  name: 'logs',
  wire: jsonWire({ target: 'Logs_20140328', version: '1.1' }),
  operations: {
    DescribeLogGroups: { paging: { size: 'limit', token: 'nextToken' }, run: describeLogGroups },
  },
};

function describeLogGroups(call: Call): Output {
  const page = pageOfArray([...regionOf(call.account, call.region).logGroups.values()], {
    marker: text(call.input, 'nextToken'),
    limit: pageSize(call.input, 'limit', { max: 50, default: 50 }),
    invalid: () => failure(cloudWatchLogs, 'invalid_input', 'The specified nextToken is invalid.'),
  });
  const logGroups = page.items.map(({ name, kmsKeyId }) => {
    const logGroupArn = `arn:${call.world.organization.partition}:logs:${call.region}:${call.account.id}:log-group:${name}`;
    return { logGroupName: name, arn: `${logGroupArn}:*`, logGroupArn, kmsKeyId };
  });
  return { logGroups, nextToken: page.next };
}
