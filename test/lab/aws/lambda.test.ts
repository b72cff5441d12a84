import {
  GetPolicyCommand,
  LambdaClient,
  ListAliasesCommand,
  paginateListFunctions,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { functions } from '../../../lab/aws/services/lambda.ts';

const region = 'us-east-1';
const bill = `arn:aws:lambda:${region}:222222222222:function:bill`;
let simulator: Simulator;
let client: LambdaClient;

beforeEach(async () => {
  const organization = newOrganization();
  const data = addAccount(organization, { id: '222222222222' });
  functions.add(data, region, {
    name: 'bill',
    kmsKeyArn: 'own',
    aliases: { live: null },
    aliasesOf: '1',
    versions: { 1: { kmsKeyArn: 'old', policy: '{"of":1}' } },
  });
  functions.add(data, region, { name: 'plain' });
  simulator = await startSimulator(organization);
  const credentials = baseCredentials(data.id);
  client = new LambdaClient({ endpoint: simulator.url, region, credentials, maxAttempts: 1 });
});
afterEach(() => simulator.close());

async function listed(FunctionVersion?: 'ALL') {
  const all: unknown[] = [];
  for await (const page of paginateListFunctions({ client }, { FunctionVersion, MaxItems: 1 }))
    all.push(...(page.Functions ?? []).map((one) => [one.FunctionArn, one.Version, one.KMSKeyArn]));
  return all.toSorted();
}

test('functions are listed with their versions where these are asked for', async () => {
  expect(await listed()).toEqual([
    [bill, '$LATEST', 'own'],
    [bill.replace('bill', 'plain'), '$LATEST', undefined],
  ]);
  expect(await listed('ALL')).toEqual([
    [`${bill}:$LATEST`, '$LATEST', 'own'],
    [`${bill}:1`, '1', 'old'],
    [`${bill.replace('bill', 'plain')}:$LATEST`, '$LATEST', undefined],
  ]);
});

test('an alias tells its version', async () => {
  const { Aliases } = await client.send(new ListAliasesCommand({ FunctionName: 'bill' }));
  expect(Aliases).toEqual([{ Name: 'live', AliasArn: `${bill}:live`, FunctionVersion: '1' }]);
});

test('a version has a policy of its own, or none', async () => {
  const policyOf = async (Qualifier: string) =>
    (await client.send(new GetPolicyCommand({ FunctionName: 'bill', Qualifier }))).Policy;
  expect(await policyOf('1')).toBe('{"of":1}');
  for (const part of ['live', '2'])
    await expect(policyOf(part)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
