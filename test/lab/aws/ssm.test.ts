import { GetResourcePoliciesCommand, paginateDescribeParameters, SSMClient } from '@aws-sdk/client-ssm';
import { expect, onTestFinished, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import { startSimulator } from '../../../lab/aws/server.ts';
import { parameters } from '../../../lab/aws/services/ssm.ts';

const region = 'eu-west-1';
const arn = (name: string) => `arn:aws:ssm:${region}:222222222222:parameter/${name}`;

test('parameters are told by type, page by page, with the key of those that have one', async () => {
  const organization = newOrganization();
  const data = addAccount(organization, { id: '222222222222' });
  const simulator = await startSimulator(organization);
  onTestFinished(() => simulator.close());
  const credentials = baseCredentials(data.id);
  const client = new SSMClient({ endpoint: simulator.url, region, credentials, maxAttempts: 1 });
  parameters.add(data, region, { name: 'plain', type: 'String' });
  parameters.add(data, region, { name: 'prod/password' });
  parameters.add(data, region, { name: 'own', keyId: 'alias/own', tier: 'Advanced', policies: ['{}'] });
  const told = async (input: object) => {
    const pages: unknown[] = [];
    for await (const { Parameters } of paginateDescribeParameters({ client, pageSize: 1 }, input))
      pages.push(Parameters?.map(({ Name, ARN, Type, KeyId, Tier }) => [Name, ARN, Type, KeyId, Tier]));
    return pages;
  };
  const secure = [
    [['/prod/password', arn('prod/password'), 'SecureString', 'alias/aws/ssm', 'Standard']],
    [['own', arn('own'), 'SecureString', 'alias/own', 'Advanced']],
  ];
  expect(await told({})).toEqual([[['plain', arn('plain'), 'String', undefined, 'Standard']], ...secure]);
  expect(await told({ ParameterFilters: [{ Key: 'Type', Values: ['SecureString'] }] })).toEqual(secure);

  const policiesOf = async (name: string) =>
    (await client.send(new GetResourcePoliciesCommand({ ResourceArn: arn(name) }))).Policies;
  expect(await policiesOf('own')).toEqual([{ PolicyId: 'id-0', PolicyHash: 'hash', Policy: '{}' }]);
  expect(await policiesOf('plain')).toEqual([]);
  await expect(policiesOf('gone')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
