import { encryptionByKey } from '../encryption-by-key.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/** "Cluster read actions", as their bucket refills ("Request throttling for the Amazon ECS API", read 2026-11-30). */
const perSecond = 20;

/**
 * Clusters. Disabling the key of Fargate's storage "doesn't have any impact on running tasks", and "if a new task uses the
 * disabled or revoked key, the task fails" ("Managing AWS KMS keys for Fargate ephemeral storage for Amazon ECS"); volumes
 * of tasks are EBS volumes, of which the same holds. Fargate must be admitted by the key's policy itself, and whoever opens
 * a session needs the key of sessions (both of the ECS developer guide, read 2026-11-30). Nothing of a cluster is shared
 * with other accounts by a policy of its own.
 */
export const ecsRules = {
  service: 'ecs',
  byDefault: false,
  title: 'Amazon ECS clusters',
  resourceTypes: {
    container_cluster: 'of ECS: the ephemeral storage of its tasks on Fargate',
    task_volumes: 'of ECS: volumes that it makes for tasks, where its cluster names a key, by an ARN of ours',
    task_sessions: 'of ECS Exec, where its cluster names a key, by an ARN of ours',
  },
  calls: { 'ecs:ListClusters': perSecond, 'ecs:DescribeClusters': perSecond },
  sharedBy: 'nothing',
  coveredByRcps: false,
  whenKeyIsLost: 'at_next_attach',
  viaService: 'ecs',
  // What is under KMS names its key.
  defaultAlias: null,
  checkedAgainst: 'both',
  grammar: noPolicyGrammar('ecs'),
  operations: [],
  encryptionContext: () => ({}),
  caveat:
    'tasks for Windows, and those of platform versions before 1.4.0, are not under the key of its storage; which volume has another key is told by the volumes of EBS',
} as const satisfies SortRules;

/**
 * Of ephemeral storage: "This algorithm uses an AWS owned encryption key, or you can create your own customer managed key"
 * ("Fargate task ephemeral storage for Amazon ECS", ECS developer guide, read 2026-11-30).
 */
export const fargateEncryption = encryptionByKey('aws_owned');
