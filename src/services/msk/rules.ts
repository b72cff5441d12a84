import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { allOf, byService, reading, writing } from '../../posture/resource/rules.ts';
import type { SortRules } from '../sort-rules.ts';
import { mskGrammar } from './grammar.ts';

/**
 * Clusters. MSK encrypts what brokers store; clients, of other accounts as well, never call KMS. A cluster is always
 * encrypted, under `aws/kafka` where none is named (MSK developer guide, "Get started with Amazon MSK encryption" and
 * "Attach a cluster policy to the MSK cluster", read 2026-11-29). What becomes of brokers without their key it does
 * not say.
 */
export const mskRules = {
  service: 'kafka',
  byDefault: true,
  title: 'Amazon MSK clusters',
  resourceTypes: { cluster: 'provisioned or serverless' },
  calls: { 'kafka:ListClustersV2': null, 'kafka:GetClusterPolicy': null },
  sharedBy: 'policy',
  coveredByRcps: false,
  whenKeyIsLost: 'not_known',
  viaService: 'kafka',
  defaultAlias: 'alias/aws/kafka',
  checkedAgainst: 'service',
  grammar: mskGrammar,
  operations: [
    reading('read topics', allOf('kafka-cluster', 'Connect ReadData'), byService),
    writing('write to topics', allOf('kafka-cluster', 'Connect WriteData'), byService),
  ],
  // No caller's permission is checked, so that no policy can ask for it.
  encryptionContext: () => ({}),
  caveat:
    'whom Kafka itself lets in, by certificates, by passwords (SCRAM) or without any, is not read: who may connect to the network then reads by its ACLs',
} as const satisfies SortRules;

/**
 * A serverless cluster has no setting for its key.
 * @param type `PROVISIONED`, `SERVERLESS`
 */
export function clusterEncryption(type: string | null, key: string | null): ResourceEncryption {
  if (key !== null) return { state: 'kms', key };
  return { state: type === 'SERVERLESS' ? 'aws_owned_or_managed' : 'unknown', key: null };
}
