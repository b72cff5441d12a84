import type { Fields } from '../../aws/answer.ts';
import { type RestInput, restJson } from '../../aws/json-protocols.ts';
import { listedService } from '../listed-service.ts';
import {
  agentRules,
  bedrockEncryption,
  customModelRules,
  guardrailEncryption,
  guardrailRules,
  importedModelRules,
} from './rules.ts';

export const bedrockEndpoint = { prefix: 'bedrock', serviceId: 'Bedrock' };
export const bedrockAgentEndpoint = { prefix: 'bedrock-agent', serviceId: 'Bedrock Agent' };

const api = { endpoint: bedrockEndpoint, protocol: restJson };

/** Most that AWS gives in one page (API reference, read 2026-11-30). */
const maxResults = 1000;

const listAt =
  (path: string, more: RestInput['query'] = {}) =>
  (nextToken: string | undefined): RestInput => ({
    path: [path],
    query: { maxResults: String(maxResults), nextToken, ...more },
  });

/** A call about one of them, by its ARN. @param field that has it */
const ofOne =
  (path: string, field: string) =>
  (item: Fields): RestInput => ({ path: [path, item.requiredText(field)] });

const policyOf = (field: string) => ({
  operation: 'bedrock:GetResourcePolicy' as const,
  input: ofOne('resource-policy', field),
  text: 'resourcePolicy',
  none: 'ResourceNotFoundException',
});

const models = {
  items: 'modelSummaries',
  next: 'nextToken',
  arn: (one: Fields) => one.requiredText('modelArn'),
};
const modelEncryption = (model: Fields) => bedrockEncryption(model.text('modelKmsKeyArn') || null);

export const customModels = listedService({
  ...api,
  rules: customModelRules,
  resourceType: 'custom_model',
  // Not those that other accounts share with this one.
  list: {
    ...models,
    operation: 'bedrock:ListCustomModels',
    input: listAt('custom-models', { isOwned: 'true' }),
  },
  describe: {
    operation: 'bedrock:GetCustomModel',
    input: ofOne('custom-models', 'modelArn'),
    always: 'modelArn',
  },
  encryption: modelEncryption,
  policy: policyOf('modelArn'),
});

export const importedModels = listedService({
  ...api,
  rules: importedModelRules,
  resourceType: 'imported_model',
  list: { ...models, operation: 'bedrock:ListImportedModels', input: listAt('imported-models') },
  describe: {
    operation: 'bedrock:GetImportedModel',
    input: ofOne('imported-models', 'modelArn'),
    always: 'modelArn',
  },
  encryption: modelEncryption,
});

export const guardrails = listedService({
  ...api,
  rules: guardrailRules,
  resourceType: 'guardrail',
  list: {
    operation: 'bedrock:ListGuardrails',
    input: listAt('guardrails'),
    items: 'guardrails',
    next: 'nextToken',
    arn: (guardrail) => guardrail.requiredText('arn'),
  },
  describe: { operation: 'bedrock:GetGuardrail', input: ofOne('guardrails', 'arn'), always: 'guardrailArn' },
  encryption: (guardrail) => guardrailEncryption(guardrail.text('kmsKeyArn') || null),
  policy: policyOf('arn'),
});

const agentId = (agent: Fields) => agent.requiredText('agentId');

export const agents = listedService({
  endpoint: bedrockAgentEndpoint,
  protocol: restJson,
  rules: agentRules,
  resourceType: 'agent',
  list: {
    operation: 'bedrock:ListAgents',
    input: (nextToken) => ({ path: ['agents', ''], body: { maxResults, nextToken } }),
    items: 'agentSummaries',
    next: 'nextToken',
    // The form of its ARNs is in "Resource types" of the Service Authorization Reference, read 2026-11-30.
    arn: (agent, { partition, region, accountId }) =>
      `arn:${partition}:bedrock:${region}:${accountId}:agent/${agentId(agent)}`,
  },
  describe: {
    operation: 'bedrock:GetAgent',
    input: (agent) => ({ path: ['agents', agentId(agent), ''] }),
    item: 'agent',
  },
  encryption: (agent) => bedrockEncryption(agent.text('customerEncryptionKeyArn') || null),
});
