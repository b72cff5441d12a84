import { awsJson } from '../../aws/json-protocols.ts';
import { encryptionOfDelivery } from '../delivery-encryption.ts';
import { listedService } from '../listed-service.ts';
import { configRules } from './rules.ts';

export const configEndpoint = {
  prefix: 'config',
  serviceId: 'Config Service',
  fipsAnyway: ['aws-us-gov'],
};

/** One in a region at most: AWS gives it without pages. */
export const deliveryChannels = listedService({
  rules: configRules,
  endpoint: configEndpoint,
  protocol: awsJson('1.1', 'StarlingDoveService'),
  resourceType: 'delivery_channel',
  list: {
    operation: 'config:DescribeDeliveryChannels',
    input: () => ({}),
    items: 'DeliveryChannels',
    next: 'NextToken',
    // AWS has no ARN for it.
    arn: (channel, { partition, region, accountId }) =>
      `arn:${partition}:config:${region}:${accountId}:delivery-channel/${channel.requiredText('name')}`,
    // Without a key of its own, what it delivers is encrypted as the bucket has it, which has a row of its own.
    only: (channel) => Boolean(channel.text('s3KmsKeyArn')),
  },
  encryption: (channel) => encryptionOfDelivery(channel.requiredText('s3KmsKeyArn')),
});
