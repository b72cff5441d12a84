import { jsonWire } from '../protocol/json.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/** Delivery channels; without a key the bucket's own counts. */
export const deliveryChannels = new ResourceKind<{ name: string; key?: string }>({
  arn: 'config:delivery-channel/*',
  namedBy: ['name'],
  complete: (given) => given,
  missing: (name) => [400, 'NoSuchDeliveryChannelException', `Cannot find delivery channel '${name}'.`],
});

/** AWS Config: where it delivers, not what it records. */
export const config: Service = {
  name: 'config',
  wire: jsonWire({ target: 'StarlingDoveService', version: '1.1' }),
  operations: {
    DescribeDeliveryChannels: {
      run: ({ account, region }) => ({
        DeliveryChannels: [...deliveryChannels.in(account, region).values()].map(({ name, key }) => ({
          name,
          s3BucketName: 'recorded',
          s3KmsKeyArn: key,
        })),
      }),
    },
  },
};
