import { restJson } from '../../aws/json-protocols.ts';
import { listedService } from '../listed-service.ts';
import { brokerEncryption, mqRules } from './rules.ts';

export const mqEndpoint = { prefix: 'mq', serviceId: 'mq' };

export const mq = listedService({
  rules: mqRules,
  endpoint: mqEndpoint,
  protocol: restJson,
  resourceType: 'broker',
  list: {
    operation: 'mq:ListBrokers',
    // Most that AWS gives in one page (@aws-sdk/client-mq 3.1048.0, read 2026-11-30).
    input: (nextToken) => ({ path: ['v1', 'brokers'], query: { maxResults: '100', nextToken } }),
    items: 'brokerSummaries',
    next: 'nextToken',
    arn: (broker) => broker.requiredText('brokerArn'),
  },
  describe: {
    operation: 'mq:DescribeBroker',
    input: (broker) => ({ path: ['v1', 'brokers', broker.requiredText('brokerId')] }),
    always: 'brokerArn',
  },
  encryption(broker) {
    const options = broker.object('encryptionOptions');
    return brokerEncryption(
      options && { isAwsOwned: options.boolean('useAwsOwnedKey'), key: options.text('kmsKeyId') || null },
    );
  },
});
