import { CloudWatchLogsClient, DescribeDestinationsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ECRClient, GetRegistryPolicyCommand } from '@aws-sdk/client-ecr';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import type { SimAccount } from '../../../lab/aws/model.ts';
import { resourcesIn } from '../../../lab/aws/organizations/resources.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';

const region = 'us-east-1';
let simulator: Simulator;
let data: SimAccount;

beforeEach(async () => {
  const organization = newOrganization();
  data = addAccount(organization, { id: '222222222222' });
  simulator = await startSimulator(organization);
});
afterEach(() => simulator.close());

const options = () => ({
  endpoint: simulator.url,
  region,
  credentials: baseCredentials(data.id),
  maxAttempts: 1,
});

test('a registry has a policy, or says that there is none', async () => {
  const policyOf = async () =>
    (await new ECRClient(options()).send(new GetRegistryPolicyCommand({}))).policyText;
  await expect(policyOf()).rejects.toMatchObject({ name: 'RegistryPolicyNotFoundException' });
  resourcesIn(data, region).registryPolicy({ name: 'any', policy: '{"Statement":[]}' });
  expect(await policyOf()).toBe('{"Statement":[]}');
});

test('destinations are listed with their policies, page by page', async () => {
  const here = resourcesIn(data, region);
  here.logsDestination({ name: 'a' });
  here.logsDestination({ name: 'b', policy: '{}' });
  const client = new CloudWatchLogsClient(options());
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
