import {
  type ActionRule,
  across,
  actionTable,
  noEffect,
  noOwnKeys,
  type ServiceGrammar,
  tlsOnly,
} from '../../posture/policy/grammar.ts';
import { bedrockActions } from './actions.ts';

type Group = readonly [rule: ActionRule, names: string];

/** @param groups what a policy of the resource can allow; nothing else has an effect there */
function grammarOf(...groups: readonly Group[]): ServiceGrammar {
  const named = new Set(Object.keys(actionTable(...groups)));
  const others = bedrockActions.filter((name) => !named.has(name)).join(' ');
  return {
    service: 'bedrock',
    actions: actionTable(...groups, [noEffect, others]),
    ...noOwnKeys,
    requestKeys: tlsOnly,
    anonymous: false,
  };
}

/** What runs a model, or makes another one of it: a model "can replay some of the fine tuning data". */
export const usesOfModels =
  `CreateCustomModelDeployment CreateEvaluationJob CreateModelCopyJob CreateModelCustomizationJob
  CreateModelEvaluationJob CreateModelInvocationJob CreateProvisionedModelThroughput UpdateCustomModelDeployment
  UpdateProvisionedModelThroughput`.replaceAll(/\s+/g, ' ');

/**
 * Policies of custom models. AWS describes those that AWS RAM makes, and not which actions are kept from other accounts:
 * each that is about a custom model is judged as one that is honoured ("Share a model for another account to use",
 * Bedrock user guide, read 2026-11-30).
 */
export const customModelGrammar = grammarOf(
  [across('read'), usesOfModels],
  [across('read_metadata'), 'GetCustomModel GetResourcePolicy ListTagsForResource'],
  [
    across('administer'),
    'DeleteCustomModel DeleteResourcePolicy PutResourcePolicy TagResource UntagResource',
  ],
);

/**
 * "Guardrails only supports the `bedrock:ApplyGuardrail` and `bedrock:GetGuardrail` actions" ("Using resource-based
 * policies for guardrails", Bedrock user guide, read 2026-11-30). What the second tells is all that the key protects.
 */
export const guardrailGrammar = grammarOf(
  [across('read'), 'GetGuardrail'],
  [across('list'), 'ApplyGuardrail'],
);
