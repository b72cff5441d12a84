import { restJsonWire } from '../protocol/rest-json.ts';
import { refuse } from '../protocol/wire.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Service } from '../service.ts';

interface Keyed {
  id: string;
  keyArn?: string;
}

/** Each by its ARN; without `keyArn` the key is one that AWS owns. */
const missing = (name: string) =>
  [404, 'ResourceNotFoundException', `The resource ${name} does not exist.`] as [number, string, string];

export const customModels = new ResourceKind<Keyed & Shared>({
  arn: 'bedrock:custom-model/*',
  namedBy: ['modelIdentifier'],
  complete: (given) => ({ policy: null, ...given }),
  missing,
});
export const importedModels = new ResourceKind<Keyed>({
  arn: 'bedrock:imported-model/*',
  namedBy: ['modelIdentifier'],
  complete: (given) => given,
  missing,
});
export const guardrails = new ResourceKind<Keyed & Shared>({
  arn: 'bedrock:guardrail/*',
  namedBy: ['guardrailIdentifier'],
  complete: (given) => ({ policy: null, ...given }),
  missing,
});
export const agents = new ResourceKind<Keyed>({
  arn: 'bedrock:agent/*',
  namedBy: ['agentId'],
  complete: (given) => given,
  missing,
});

const paging = { size: 'maxResults', answers: 1000, default: 100, token: 'nextToken' };
const at = '2026-01-01T00:00:00Z';

const model = ({ id, arn }: { id: string; arn: string }) => ({
  modelArn: arn,
  modelName: id,
  creationTime: at,
});

/** Amazon Bedrock, and what builds agents there. */
export const bedrock: Service = {
  name: 'bedrock',
  wire: restJsonWire({
    ListCustomModels: 'GET /custom-models',
    GetCustomModel: 'GET /custom-models/{modelIdentifier}',
    ListImportedModels: 'GET /imported-models',
    GetImportedModel: 'GET /imported-models/{modelIdentifier}',
    ListGuardrails: 'GET /guardrails',
    GetGuardrail: 'GET /guardrails/{guardrailIdentifier}',
    GetResourcePolicy: 'GET /resource-policy/{resourceArn}',
    ListAgents: 'POST /agents',
    GetAgent: 'GET /agents/{agentId}',
  }),
  failures: { invalid_input: [400, 'ValidationException', 'The input is not valid.'] },
  operations: {
    ListCustomModels: customModels.list({ entries: 'modelSummaries', paging, entry: customModel }),
    GetCustomModel: customModels.detail(({ keyArn, ...rest }) => ({
      ...customModel(rest),
      modelKmsKeyArn: keyArn,
    })),
    ListImportedModels: importedModels.list({ entries: 'modelSummaries', paging, entry: model }),
    GetImportedModel: importedModels.detail(({ keyArn, ...rest }) => ({
      ...model(rest),
      modelKmsKeyArn: keyArn,
    })),
    ListGuardrails: guardrails.list({
      entries: 'guardrails',
      paging,
      entry: ({ id, arn }) => ({
        id,
        arn,
        status: 'READY',
        name: id,
        version: 'DRAFT',
        createdAt: at,
        updatedAt: at,
      }),
    }),
    GetGuardrail: guardrails.detail(({ id, arn, keyArn }) => ({
      guardrailId: id,
      guardrailArn: arn,
      name: id,
      version: 'DRAFT',
      status: 'READY',
      createdAt: at,
      updatedAt: at,
      blockedInputMessaging: 'no',
      blockedOutputsMessaging: 'no',
      kmsKeyArn: keyArn,
    })),
    GetResourcePolicy: {
      resourceOf: ({ resourceArn }) => String(resourceArn),
      run: (call) => {
        const arn = String(call.input.resourceArn);
        const kind = arn.includes(':guardrail/') ? guardrails : customModels;
        const { policy } = kind.named(call, arn);
        return { resourcePolicy: policy ?? refuse(...missing(arn)) };
      },
    },
    ListAgents: agents.list({
      entries: 'agentSummaries',
      paging,
      entry: ({ id }) => ({ agentId: id, agentName: id, agentStatus: 'PREPARED', updatedAt: at }),
    }),
    GetAgent: agents.detail(({ id, arn, keyArn }) => ({
      agent: {
        agentId: id,
        agentArn: arn,
        agentName: id,
        agentVersion: 'DRAFT',
        agentStatus: 'PREPARED',
        customerEncryptionKeyArn: keyArn,
      },
    })),
  },
};

function customModel(given: { id: string; arn: string }) {
  const baseModelArn = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0';
  return { ...model(given), baseModelArn, baseModelName: 'Nova Lite' };
}
