import { apiCalls } from '../../aws/api-calls.ts';
import { restJson } from '../../aws/json-protocols.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

/** A cluster, of what matters here. */
export interface EksCluster {
  readonly arn: string;
  /** `1.34`; null: not answered. */
  readonly version: string | null;
  /** Keys or aliases that it names, one at most; null where an entry names none. */
  readonly keys: readonly (string | null)[];
  /** Whether its control plane is on an Outpost. */
  readonly isOnOutpost: boolean;
}

/** EKS as seen from one scope. Rejects with AwsError only. */
export interface EksReads {
  /** Names of EKS's own clusters, connected ones aside. */
  clusterNames(): AsyncIterable<readonly string[]>;
  cluster(name: string): Promise<EksCluster>;
}

export const eksApi = {
  signingName: 'eks',
  endpoint: {
    prefix: 'eks',
    serviceId: 'EKS',
    fips: { prefix: 'fips.eks', partitions: ['aws'] },
    fipsAnyway: ['aws-us-gov'],
  },
  protocol: restJson,
};

/** Most that AWS gives in one page (EKS API reference, 2026-11-29). */
const maxResults = '100';

export function eksReads(access: ScopeAccess): EksReads {
  const { call, list } = apiCalls(access, eksApi);
  return {
    clusterNames: () =>
      list(
        'eks:ListClusters',
        (name) => name,
        (nextToken) => ({ path: ['clusters'], query: { maxResults, nextToken } }),
        (answer) => ({ items: answer.requiredTexts('clusters'), next: answer.text('nextToken') }),
      ),

    cluster: (name) =>
      call('eks:DescribeCluster', { path: ['clusters', name] }, (answer) => {
        const cluster = answer.requiredObject('cluster');
        const configured = cluster.objects('encryptionConfig') ?? [];
        return {
          arn: cluster.requiredText('arn'),
          version: cluster.text('version'),
          keys: configured.map((entry) => entry.object('provider')?.text('keyArn') || null),
          isOnOutpost: cluster.object('outpostConfig') !== null,
        };
      }),
  };
}
