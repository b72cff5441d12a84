import { awsJson } from '../../aws/json-protocols.ts';
import { listedService, policyIn } from '../listed-service.ts';
import { cloudWatchLogsRules, logGroupEncryption, logsDestinationRules } from './rules.ts';

export const logsEndpoint = {
  prefix: 'logs',
  serviceId: 'CloudWatch Logs',
  fipsAnyway: ['us-gov-east-1', 'us-gov-west-1'],
};

const protocol = awsJson('1.1', 'Logs_20140328');

/** Log groups; never a log's events. */
export const cloudWatchLogs = listedService({
  rules: cloudWatchLogsRules,
  endpoint: logsEndpoint,
  protocol,
  resourceType: 'log_group',
  list: {
    operation: 'logs:DescribeLogGroups',
    // Most that AWS gives in one page (CloudWatch Logs API reference, 2026-10-01).
    input: (nextToken) => ({ limit: 50, nextToken }),
    items: 'logGroups',
    next: 'nextToken',
    // Without the `:*` that stands for its streams.
    arn: (logGroup) => logGroup.requiredText('arn').replace(/:\*$/, ''),
  },
  encryption: (logGroup) => logGroupEncryption(logGroup.text('kmsKeyId') || null),
});

export const logsDestinations = listedService({
  rules: logsDestinationRules,
  endpoint: logsEndpoint,
  protocol,
  resourceType: 'destination',
  list: {
    operation: 'logs:DescribeDestinations',
    // Most that AWS gives in one page (CloudWatch Logs API reference, read 2026-11-29).
    input: (nextToken) => ({ limit: 50, nextToken }),
    items: 'destinations',
    next: 'nextToken',
    arn: (destination) => destination.requiredText('arn'),
  },
  encryption: () => ({ state: 'none', key: null }),
  sharing: policyIn('accessPolicy'),
});
