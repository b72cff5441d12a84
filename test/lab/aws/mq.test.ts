import { DescribeBrokerCommand, MqClient, paginateListBrokers } from '@aws-sdk/client-mq';
import { expect, test } from 'vitest';
import { resourcesIn } from '../../../lab/aws/organizations/resources.ts';
import { oneAccount } from './one-account.ts';

const region = 'us-east-1';
const key = `arn:aws:kms:${region}:222222222222:key/k`;
const account = oneAccount(region);

test('brokers come page by page, and each tells its key', async () => {
  const add = resourcesIn(account.data, region);
  add.broker({ id: 'orders:b-1', kmsKeyId: key });
  add.broker({ id: 'plain:b-2' });
  const client = new MqClient(account.options);
  const pages: unknown[] = [];
  for await (const { BrokerSummaries } of paginateListBrokers({ client, pageSize: 1 }, {}))
    pages.push(BrokerSummaries?.map(({ BrokerName }) => BrokerName));
  expect(pages).toEqual([['orders'], ['plain']]);
  const describe = (BrokerId: string) => client.send(new DescribeBrokerCommand({ BrokerId }));
  expect(await describe('orders:b-1')).toMatchObject({
    BrokerArn: `arn:aws:mq:${region}:222222222222:broker:orders:b-1`,
    EncryptionOptions: { UseAwsOwnedKey: false, KmsKeyId: key },
  });
  expect((await describe('plain:b-2')).EncryptionOptions).toEqual({ UseAwsOwnedKey: true });
  await expect(describe('gone')).rejects.toMatchObject({ name: 'NotFoundException' });
});
