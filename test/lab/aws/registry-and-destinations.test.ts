import { CloudWatchLogsClient, DescribeDestinationsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ECRClient, GetRegistryPolicyCommand } from '@aws-sdk/client-ecr';
import { expect, test } from 'vitest';
import { resourcesIn } from '../../../lab/aws/organizations/resources.ts';
import { oneAccount } from './one-account.ts';

const region = 'us-east-1';
const account = oneAccount(region);

test('a registry has a policy, or says that there is none', async () => {
  const policyOf = async () =>
    (await new ECRClient(account.options).send(new GetRegistryPolicyCommand({}))).policyText;
  await expect(policyOf()).rejects.toMatchObject({ name: 'RegistryPolicyNotFoundException' });
  resourcesIn(account.data, region).registryPolicy({ name: 'any', policy: '{"Statement":[]}' });
  expect(await policyOf()).toBe('{"Statement":[]}');
});

test('destinations are listed with their policies, page by page', async () => {
  const here = resourcesIn(account.data, region);
  here.logsDestination({ name: 'a' });
  here.logsDestination({ name: 'b', policy: '{}' });
  const client = new CloudWatchLogsClient(account.options);
  const first = await client.send(new DescribeDestinationsCommand({ limit: 1 }));
  expect(first.destinations).toMatchObject([
    { destinationName: 'a', arn: `arn:aws:logs:${region}:222222222222:destination:a` },
  ]);
  expect(first.destinations?.[0]?.accessPolicy).toBeUndefined();
  const { nextToken } = first;
  const second = await client.send(new DescribeDestinationsCommand({ limit: 1, nextToken }));
  expect(second.destinations).toMatchObject([{ destinationName: 'b', accessPolicy: '{}' }]);
  expect(second.nextToken).toBeUndefined();
});
