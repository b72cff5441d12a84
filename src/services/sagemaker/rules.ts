import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { encryptionByKey } from '../encryption-by-key.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * SageMaker AI: what has a volume of its own under a key that its owner names. Models have no key of their own: their
 * artifacts are objects, under the key of their bucket ("Protect Data at Rest Using Encryption", SageMaker AI developer
 * guide). Jobs have one for a volume that goes with them. What becomes of a volume in use without its key, AWS does not
 * say; nothing shares one with other accounts. No request rates are published ("Amazon SageMaker AI endpoints and
 * quotas", AWS General Reference; all read 2026-11-30).
 */
const sageMaker = {
  service: 'sagemaker',
  byDefault: false,
  sharedBy: 'nothing',
  coveredByRcps: false,
  whenKeyIsLost: 'not_known',
  viaService: 'sagemaker',
  // Where AWS manages one, it does not tell which.
  defaultAlias: null,
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('sagemaker'),
  operations: [],
  encryptionContext: () => ({}),
} as const;

export const notebookRules = {
  ...sageMaker,
  title: 'Notebook instances of Amazon SageMaker AI',
  resourceTypes: { notebook_instance: null },
  calls: { 'sagemaker:ListNotebookInstances': null, 'sagemaker:DescribeNotebookInstance': null },
} as const satisfies SortRules;

export const endpointConfigRules = {
  ...sageMaker,
  title: 'Endpoint configurations of Amazon SageMaker AI',
  resourceTypes: { endpoint_configuration: 'the volumes of endpoints that are made by it' },
  calls: { 'sagemaker:ListEndpointConfigs': null, 'sagemaker:DescribeEndpointConfig': null },
  caveat:
    'local storage of instances has a key of its hardware, whatever is named; keys of what endpoints put into buckets (captured data, asynchronous output, core dumps) and policies of endpoints, which may let other accounts ask them, are not read',
} as const satisfies SortRules;

export const studioDomainRules = {
  ...sageMaker,
  title: 'Domains of Amazon SageMaker AI',
  resourceTypes: { studio_domain: 'the volumes of its users' },
  calls: { 'sagemaker:ListDomains': null, 'sagemaker:DescribeDomain': null },
  caveat: 'the key of notebooks that are shared through a bucket (S3KmsKeyId) is not read',
} as const satisfies SortRules;

/**
 * Of notebook instances and domains. Without a key the first are under "a system-managed KMS key" ("Notebook instances,
 * SageMaker AI jobs, and Endpoints"); of the second one page says "a KMS key managed in an AWS service account" ("Studio
 * notebooks"), another "an AWS managed key" (API reference, "CreateDomain"; all read 2026-11-30).
 */
export const volumeEncryption = encryptionByKey('aws_owned_or_managed');

/**
 * "If you don't specify a KMS key, SageMaker AI encrypts storage volumes with a transient key and discards it immediately"
 * ("Notebook instances, SageMaker AI jobs, and Endpoints", read 2026-11-30): one of AWS's own. What serverless variants
 * keep, no page says.
 */
export function endpointEncryption(key: string | null, hasServerless: boolean): ResourceEncryption {
  if (key !== null) return { state: 'kms', key };
  return { state: hasServerless ? 'unknown' : 'aws_owned', key };
}
