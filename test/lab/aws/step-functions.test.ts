import {
  DescribeActivityCommand,
  DescribeStateMachineCommand,
  ListActivitiesCommand,
  paginateListStateMachines,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { resourcesIn } from '../../../lab/aws/organizations/resources.ts';
import { oneAccount } from './one-account.ts';

const region = 'us-east-1';
const key = `arn:aws:kms:${region}:222222222222:key/k`;
const account = oneAccount(region);
const client = () => new SFNClient(account.options);
const add = () => resourcesIn(account.data, region);

test('state machines come page by page, and tell their key apart from their definition', async () => {
  for (const name of ['a', 'b', 'c']) add().stateMachine({ name, kmsKeyId: key });
  const pages: unknown[] = [];
  const paging = { client: client(), pageSize: 2 };
  for await (const { stateMachines } of paginateListStateMachines(paging, {}))
    pages.push(stateMachines?.map(({ name }) => name));
  expect(pages).toEqual([['a', 'b'], ['c']]);
  const stateMachineArn = `arn:aws:states:${region}:222222222222:stateMachine:a`;
  const describe = new DescribeStateMachineCommand({ stateMachineArn, includedData: 'METADATA_ONLY' });
  expect(await client().send(describe)).toMatchObject({
    stateMachineArn,
    definition: '{}',
    encryptionConfiguration: { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: key },
  });
  const gone = new DescribeStateMachineCommand({ stateMachineArn: `${stateMachineArn}-gone` });
  await expect(client().send(gone)).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
});

test('activities tell their key, if they have one', async () => {
  add().activity({ name: 'plain' });
  const { activities } = await client().send(new ListActivitiesCommand({}));
  const [activityArn] = activities?.map((activity) => activity.activityArn) ?? [];
  const answer = await client().send(new DescribeActivityCommand({ activityArn }));
  expect(answer).toMatchObject({ activityArn, name: 'plain' });
  expect(answer.encryptionConfiguration).toBeUndefined();
});
