import {
  BedrockClient,
  GetCustomModelCommand,
  GetGuardrailCommand,
  GetImportedModelCommand,
  GetResourcePolicyCommand,
  paginateListCustomModels,
  paginateListGuardrails,
  paginateListImportedModels,
} from '@aws-sdk/client-bedrock';
import { BedrockAgentClient, GetAgentCommand, paginateListAgents } from '@aws-sdk/client-bedrock-agent';
import { expect, test } from 'vitest';
import { agents, customModels, guardrails, importedModels } from '../../../lab/aws/services/bedrock.ts';
import { oneAccount } from './one-account.ts';

const region = 'us-east-1';
const keyArn = `arn:aws:kms:${region}:222222222222:key/k`;
const account = oneAccount(region, { verifySignatures: true });
const arn = (resource: string) => `arn:aws:bedrock:${region}:222222222222:${resource}`;

test('models, guardrails and agents are listed page by page', async () => {
  for (const id of ['a', 'b', 'c'])
    for (const kind of [customModels, importedModels, guardrails, agents])
      kind.add(account.data, region, { id });
  const client = new BedrockClient(account.options);
  const told: unknown[] = [];
  for await (const page of paginateListCustomModels({ client }, { maxResults: 2 }))
    told.push(page.modelSummaries?.map(({ modelArn }) => modelArn));
  for await (const page of paginateListImportedModels({ client }, { maxResults: 2 }))
    told.push(page.modelSummaries?.map(({ modelArn }) => modelArn));
  for await (const page of paginateListGuardrails({ client }, { maxResults: 2 }))
    told.push(page.guardrails?.map((one) => one.arn));
  const paged = (kind: string) => [[arn(`${kind}/a`), arn(`${kind}/b`)], [arn(`${kind}/c`)]];
  expect(told).toEqual(['custom-model', 'imported-model', 'guardrail'].flatMap(paged));
  const ids: unknown[] = [];
  const agentClient = new BedrockAgentClient(account.options);
  for await (const page of paginateListAgents({ client: agentClient }, { maxResults: 2 }))
    ids.push(page.agentSummaries?.map(({ agentId }) => agentId));
  expect(ids).toEqual([['a', 'b'], ['c']]);
});

test('each tells its key, and custom models and guardrails their policies or that they have none', async () => {
  const policy = '{"Version":"2012-10-17","Statement":[]}';
  customModels.add(account.data, region, { id: 'own', keyArn, policy });
  importedModels.add(account.data, region, { id: 'own', keyArn });
  guardrails.add(account.data, region, { id: 'own', keyArn });
  agents.add(account.data, region, { id: 'own', keyArn });
  const client = new BedrockClient(account.options);
  const custom = arn('custom-model/own');
  const model = await client.send(new GetCustomModelCommand({ modelIdentifier: custom }));
  expect(model).toMatchObject({ modelArn: custom, modelKmsKeyArn: keyArn });
  const imported = new GetImportedModelCommand({ modelIdentifier: arn('imported-model/own') });
  expect(await client.send(imported)).toMatchObject({ modelKmsKeyArn: keyArn });
  const guardrail = new GetGuardrailCommand({ guardrailIdentifier: arn('guardrail/own') });
  expect(await client.send(guardrail)).toMatchObject({ kmsKeyArn: keyArn });
  const agent = new GetAgentCommand({ agentId: 'own' });
  const { agent: told } = await new BedrockAgentClient(account.options).send(agent);
  expect(told).toMatchObject({ agentArn: arn('agent/own'), customerEncryptionKeyArn: keyArn });
  const policyOf = async (resourceArn: string) =>
    (await client.send(new GetResourcePolicyCommand({ resourceArn }))).resourcePolicy;
  expect(await policyOf(custom)).toBe(policy);
  await expect(policyOf(arn('guardrail/own'))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
