import { restJsonWire } from '../protocol/rest-json.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/**
 * Brokers, by their name and id: `orders:b-1`. Of a customer key where there is one; `isAwsOwned` null: AWS answers no
 * options.
 */
export const brokers = new ResourceKind<{ id: string; isAwsOwned: boolean | null; kmsKeyId?: string }>({
  arn: 'mq:broker:*',
  namedBy: ['brokerId'],
  complete: (given) => ({ isAwsOwned: given.kmsKeyId === undefined, ...given }),
  missing: (id) => [404, 'NotFoundException', `Can't find requested broker [${id}].`],
});

const told = (id: string, arn: string) => ({
  brokerArn: arn,
  brokerId: id,
  brokerName: id.split(':')[0],
  brokerState: 'RUNNING',
  deploymentMode: 'SINGLE_INSTANCE',
  engineType: 'ACTIVEMQ',
});

/** Amazon MQ: its brokers, without users and configurations. */
export const mq: Service = {
  name: 'mq',
  wire: restJsonWire({ ListBrokers: 'GET /v1/brokers', DescribeBroker: 'GET /v1/brokers/{brokerId}' }),
  failures: {
    access_denied: [403, 'ForbiddenException', 'User is not authorized to perform this operation'],
    invalid_input: [400, 'BadRequestException', 'The request is not valid'],
    internal: [500, 'InternalServerErrorException', 'Unexpected error'],
  },
  operations: {
    ListBrokers: brokers.list({
      entries: 'brokerSummaries',
      paging: { size: 'maxResults', answers: 100, default: 20, token: 'nextToken' },
      entry: ({ id, arn }) => told(id, arn),
    }),
    DescribeBroker: brokers.detail(({ id, arn, isAwsOwned, kmsKeyId }) => ({
      ...told(id, arn),
      ...(isAwsOwned !== null && { encryptionOptions: { useAwsOwnedKey: isAwsOwned, kmsKeyId } }),
    })),
  },
};
