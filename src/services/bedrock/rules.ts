import { byCaller, doingElse, oneOf, reading } from '../../posture/resource/rules.ts';
import { encryptionByKey } from '../encryption-by-key.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import { readerCalls } from '../reader-calls.ts';
import type { SortRules } from '../sort-rules.ts';
import { customModelGrammar, guardrailGrammar, usesOfModels } from './grammar.ts';

const bedrock = {
  service: 'bedrock',
  byDefault: false,
  coveredByRcps: false,
  viaService: 'bedrock',
  // Without a key of the customer's it is one that AWS owns.
  defaultAlias: null,
  // The grants that it makes have no constraint of a context (CloudTrail example of "Encryption of custom models").
  encryptionContext: () => ({}),
} as const;

/** Of what Bedrock alone uses: nothing shares it. */
const own = {
  ...bedrock,
  sharedBy: 'nothing',
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('bedrock'),
  operations: [],
} as const;

const needsKey = byCaller('kms:Decrypt');

/**
 * Custom models. Whoever runs or copies one under a customer's key needs kms:Decrypt, in other accounts, too; without its
 * grant "Amazon Bedrock won't be able to access the custom model encrypted by your key" ("Encryption of custom models").
 * AWS RAM shares them within the organization, to be copied ("Share a model for another account to use", both Bedrock user
 * guide, read 2026-11-30).
 */
export const customModelRules = {
  ...bedrock,
  title: 'Custom models of Amazon Bedrock',
  resourceTypes: { custom_model: null },
  calls: {
    'bedrock:ListCustomModels': null,
    'bedrock:GetCustomModel': null,
    'bedrock:GetResourcePolicy': null,
  },
  encryptionCalls: ['bedrock:GetCustomModel'],
  sharedBy: 'policy',
  whenKeyIsLost: 'at_once',
  checkedAgainst: 'caller',
  grammar: customModelGrammar,
  alsoSharedByRam: true,
  operations: [
    {
      ...reading('copy', null, needsKey),
      readerCalls: readerCalls('bedrock', 'CreateModelCopyJob'),
    },
    reading('copy or run', oneOf('bedrock', usesOfModels), needsKey),
  ],
} as const satisfies SortRules;

/** "Bedrock won't be able to access the imported model" either ("Encryption of imported custom models", read 2026-11-30). */
export const importedModelRules = {
  ...own,
  title: 'Imported models of Amazon Bedrock',
  resourceTypes: { imported_model: null },
  calls: { 'bedrock:ListImportedModels': null, 'bedrock:GetImportedModel': null },
  whenKeyIsLost: 'at_once',
} as const satisfies SortRules;

/**
 * Guardrails: who applies one under a customer's key needs kms:Decrypt ("Create a customer managed key for your guardrail",
 * Bedrock user guide, read 2026-11-30). What becomes of one without its key is not said.
 */
export const guardrailRules = {
  ...bedrock,
  title: 'Guardrails of Amazon Bedrock',
  resourceTypes: { guardrail: 'its draft' },
  calls: { 'bedrock:ListGuardrails': null, 'bedrock:GetGuardrail': null, 'bedrock:GetResourcePolicy': null },
  encryptionCalls: ['bedrock:GetGuardrail'],
  sharedBy: 'policy',
  whenKeyIsLost: 'not_known',
  checkedAgainst: 'caller',
  grammar: guardrailGrammar,
  operations: [
    reading('read its settings', oneOf('bedrock', 'GetGuardrail'), needsKey),
    doingElse('apply', oneOf('bedrock', 'ApplyGuardrail'), needsKey),
  ],
  caveat: 'published versions of it, and policies of guardrail profiles, are not read',
} as const satisfies SortRules;

export const agentRules = {
  ...own,
  title: 'Agents of Amazon Bedrock',
  resourceTypes: { agent: 'its working draft, and what sessions keep' },
  calls: { 'bedrock:ListAgents': null, 'bedrock:GetAgent': null },
  whenKeyIsLost: 'not_known',
  caveat: 'keys of its published versions are not read, nor those of knowledge bases, flows and prompts',
} as const satisfies SortRules;

/**
 * Models are "by default" under keys that AWS owns ("Encryption of custom models", "Encryption of imported custom models"),
 * and agents under "default AWS-owned keys" ("Encryption of agent resources"; Bedrock user guide, read 2026-11-30).
 */
export const bedrockEncryption = encryptionByKey('aws_owned');

/** Of a guardrail that names no key AWS does not say by what it is encrypted. */
export const guardrailEncryption = encryptionByKey('unknown');
