import { jsonWire } from '../protocol/json.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/** Without `kmsKeyId` the key is AWS's own. `id` is a UUID. */
export const namespaces = new ResourceKind<{ id: string; kmsKeyId?: string }>({
  arn: 'redshift-serverless:namespace/*',
  namedBy: ['namespaceName'],
  complete: (given) => given,
  missing: (name) => [400, 'ResourceNotFoundException', `Namespace ${name} not found.`],
});

interface SimSnapshot {
  id: string;
  kmsKeyId?: string;
  /** Accounts that may restore it to a namespace; null: not answered. */
  sharedWith: string[] | null;
  /** Accounts that may restore it to a cluster. */
  sharedToClusters: string[];
  /** Its owner; undefined: the account. */
  owner?: string;
}

export const namespaceSnapshots = new ResourceKind<SimSnapshot>({
  arn: 'redshift-serverless:snapshot/*',
  namedBy: ['snapshotArn'],
  complete: (given) => ({ sharedWith: [], sharedToClusters: [], ...given }),
  missing: (name) => [400, 'ResourceNotFoundException', `Snapshot ${name} not found.`],
});

const paging = { size: 'maxResults', answers: 100, token: 'nextToken' };

/** Amazon Redshift Serverless: its namespaces and their snapshots. */
export const redshiftServerless: Service = {
  name: 'redshift-serverless',
  wire: jsonWire({ target: 'RedshiftServerless', version: '1.1' }),
  operations: {
    ListNamespaces: namespaces.list({
      entries: 'namespaces',
      paging,
      entry: ({ id, arn, kmsKeyId = 'AWS_OWNED_KMS_KEY' }) => ({
        namespaceArn: arn,
        namespaceId: id,
        namespaceName: `namespace-${id.slice(0, 8)}`,
        kmsKeyId,
      }),
    }),
    ListSnapshots: namespaceSnapshots.list({
      entries: 'snapshots',
      paging,
      entry: ({ id, arn, sharedWith, sharedToClusters, kmsKeyId = 'AWS_OWNED_KMS_KEY', ...told }, call) => {
        const owner = told.owner ?? call.account.id;
        return {
          snapshotArn: arn.replace(call.account.id, owner),
          snapshotName: id,
          ownerAccount: owner,
          accountsWithRestoreAccess: sharedWith ?? undefined,
          accountsWithProvisionedRestoreAccess: sharedToClusters,
          kmsKeyId,
        };
      },
    }),
  },
};
