import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';
import type { EksCluster } from './calls.ts';

/**
 * Clusters: the key by which EKS encrypts what the Kubernetes API server stores; EKS uses it by grants to itself. Once
 * it is deleted, "there is no path to recovery for the cluster" (EKS user guide, "Encrypt Kubernetes secrets with KMS on
 * existing clusters"). Without it a cluster is "immediately placed in an unhealthy/degraded state", and yet its API
 * server "will not see any immediate impact" until it is restarted ("Default envelope encryption for all Kubernetes API
 * Data"; both read 2026-11-29): what that makes of the cluster is left open.
 */
export const eksRules = {
  service: 'eks',
  byDefault: true,
  title: 'Amazon EKS clusters',
  resourceTypes: { kubernetes_cluster: "of EKS: the Kubernetes API's data, not that of nodes and volumes" },
  calls: { 'eks:ListClusters': null, 'eks:DescribeCluster': null },
  sharedBy: 'nothing',
  coveredByRcps: false,
  whenKeyIsLost: {
    key_disabled: {
      breaks: 'not_known',
      recoverableDays: null,
      why: 'The cluster is degraded at once; its API server goes on until it is restarted.',
    },
    key_deleted: {
      breaks: 'not_known',
      recoverableDays: 0,
      why: 'There is no path to recovery for the cluster.',
    },
  },
  viaService: 'eks',
  // A cluster under KMS always names its key.
  defaultAlias: null,
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('eks'),
  operations: [],
  encryptionContext: () => ({}),
  caveat: 'whom its access entries let in to the Kubernetes API is not read',
} as const satisfies SortRules;

/** From this version on EKS encrypts all Kubernetes API data, by default under a key that AWS owns. */
const firstByDefault = { major: 1, minor: 28 };

/**
 * Clusters of Kubernetes 1.28 and later that name no key are under one that AWS owns: "by default, this KEK is owned by
 * AWS" (EKS user guide, "Default envelope encryption for all Kubernetes API Data", read 2026-11-29). Of older ones and of those on Outposts AWS does not say.
 */
export function clusterEncryption({
  version,
  keys,
  isOnOutpost,
}: Omit<EksCluster, 'arn'>): ResourceEncryption {
  const [key, ...more] = keys;
  if (key !== undefined) {
    const isOne = key !== null && more.length === 0;
    return { state: isOne ? 'kms' : 'unknown', key };
  }
  return { state: isByDefault(version) && !isOnOutpost ? 'aws_owned' : 'unknown', key: null };
}

function isByDefault(version: string | null): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)(?:\.|$)/.exec(version ?? '') ?? [];
  if (major === undefined) return false;
  const isOfFirst = Number(major) === firstByDefault.major;
  return isOfFirst ? Number(minor) >= firstByDefault.minor : Number(major) > firstByDefault.major;
}
