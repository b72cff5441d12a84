import type { Fields } from '../../aws/answer.ts';
import { apiCalls } from '../../aws/api-calls.ts';
import { AwsError } from '../../aws/error.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

/** The keys that a cluster names, each as it was written; null: none. */
export interface ClusterKeys {
  /** Of the ephemeral storage of tasks on Fargate. */
  readonly fargateStorage: string | null;
  /** Of volumes that ECS makes for tasks. */
  readonly volumes: string | null;
  /** Of sessions by ECS Exec. */
  readonly sessions: string | null;
}

/** ECS as seen from one scope; never a task. Rejects with AwsError only. */
export interface EcsReads {
  /** Pages of at most a hundred ARNs. */
  clusterArns(): AsyncIterable<readonly string[]>;
  /** By ARN, of at most a hundred; those that are gone are not among them. */
  clusters(arns: readonly string[]): Promise<ReadonlyMap<string, ClusterKeys>>;
}

export const ecsApi = {
  signingName: 'ecs',
  endpoint: { prefix: 'ecs', serviceId: 'ECS' },
  protocol: awsJson('1.1', 'AmazonEC2ContainerServiceV20141113'),
};

/** Most that AWS gives in one page, and takes in one call (@aws-sdk/client-ecs 3.1164.0, read 2026-11-30). */
const maxResults = 100;

export function ecsReads(access: ScopeAccess): EcsReads {
  const { call, list } = apiCalls(access, ecsApi);
  return {
    clusterArns: () =>
      list(
        'ecs:ListClusters',
        (arn) => arn,
        (nextToken) => ({ maxResults, nextToken }),
        (answer) => ({ items: answer.requiredTexts('clusterArns'), next: answer.text('nextToken') }),
      ),

    clusters: (arns) =>
      call('ecs:DescribeClusters', { clusters: arns, include: ['CONFIGURATIONS'] }, (answer, site) => {
        const found = new Map(
          answer
            .requiredObjects('clusters')
            .map((cluster) => [cluster.requiredText('clusterArn'), keysIn(cluster)]),
        );
        const gone = (answer.objects('failures') ?? [])
          .filter((failure) => failure.text('reason') === 'MISSING')
          .map((failure) => failure.text('arn'));
        const lost = arns.find((arn) => !found.has(arn) && !gone.includes(arn));
        if (lost === undefined) return found;
        throw new AwsError('malformed_answer', 'incomplete_answer', site, `the answer has no ${lost}`);
      }),
  };
}

function keysIn(cluster: Fields): ClusterKeys {
  const settings = cluster.object('configuration');
  const storage = settings?.object('managedStorageConfiguration');
  return {
    fargateStorage: storage?.text('fargateEphemeralStorageKmsKeyId') || null,
    volumes: storage?.text('kmsKeyId') || null,
    sessions: settings?.object('executeCommandConfiguration')?.text('kmsKeyId') || null,
  };
}
