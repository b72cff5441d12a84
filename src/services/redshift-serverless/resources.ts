import type { Fields } from '../../aws/answer.ts';
import { apiCalls } from '../../aws/api-calls.ts';
import { known } from '../../aws/fact.ts';
import type { ResourceFacts } from '../../posture/resource/resource-facts.ts';
import { listedService } from '../listed-service.ts';
import { warehouseEncryption } from '../redshift/warehouse-encryption.ts';
import type { ResourceService } from '../service.ts';
import { listNamespaces, namespaceEncryption, redshiftServerlessApi } from './api.ts';
import { namespaceRules, namespaceSnapshotRules } from './rules.ts';

export const redshiftNamespaces = listedService({
  rules: namespaceRules,
  endpoint: redshiftServerlessApi.endpoint,
  protocol: redshiftServerlessApi.protocol,
  resourceType: 'namespace',
  list: { ...listNamespaces, arn: (namespace) => namespace.requiredText('namespaceArn') },
  encryption: (namespace) => warehouseEncryption(namespaceEncryption(namespace)),
});

export const redshiftNamespaceSnapshots: ResourceService = {
  rules: namespaceSnapshotRules,

  async *list(access, scope) {
    const { list } = apiCalls(access, redshiftServerlessApi);
    const pages = list(
      'redshift-serverless:ListSnapshots',
      (snapshot: Snapshot) => snapshot.arn,
      (nextToken) => ({ nextToken }),
      (answer) => ({
        items: answer.requiredObjects('snapshots').map(snapshotIn),
        next: answer.text('nextToken'),
      }),
    );
    for await (const page of pages) {
      // AWS does not say that it leaves out what others share with the account.
      const own = page.filter(({ owner }) => owner === null || owner === scope.accountId);
      yield own.map(({ arn, encryption, shared }) => async () => ({
        scope,
        resourceType: 'namespace_snapshot',
        arn,
        encryption,
        ...shared,
      }));
    }
  },
};

type Shared = Pick<ResourceFacts, 'sharing' | 'othersLetIn'>;

interface Snapshot extends Pick<ResourceFacts, 'arn' | 'encryption'> {
  /** An account id; null: not answered. */
  readonly owner: string | null;
  readonly shared: Shared;
}

const snapshotIn = (snapshot: Fields): Snapshot => ({
  arn: snapshot.requiredText('snapshotArn'),
  owner: snapshot.text('ownerAccount'),
  encryption: known(warehouseEncryption(namespaceEncryption(snapshot))),
  shared: sharingOf(snapshot),
});

/** AWS does not say that a list which it leaves out is empty. */
function sharingOf(snapshot: Fields): Shared {
  const lists = ['accountsWithRestoreAccess', 'accountsWithProvisionedRestoreAccess'].map((name) =>
    snapshot.texts(name),
  );
  const accountIds = [...new Set(lists.flatMap((list) => list ?? []))].sort();
  return {
    sharing: known({ by: 'accounts', accountIds, everybody: false }),
    othersLetIn: lists.includes(null) ? 'AWS did not answer all accounts that may restore it' : undefined,
  };
}
