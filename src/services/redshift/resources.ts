import type { Fields } from '../../aws/answer.ts';
import { known } from '../../aws/fact.ts';
import type { Scope } from '../../organization/model.ts';
import { listedService } from '../listed-service.ts';
import type { ResourceService } from '../service.ts';
import { notShareable } from '../sharing.ts';
import { MaxRecords, redshiftApi, redshiftReads } from './calls.ts';
import { datashareSharing } from './datashare-sharing.ts';
import { producers } from './producers.ts';
import {
  datashareRules,
  redshiftClusterRules,
  redshiftSnapshotRules,
  writableDatashareRules,
} from './rules.ts';
import { snapshotSharing } from './snapshot-sharing.ts';
import { warehouseEncryption } from './warehouse-encryption.ts';

export const redshiftClusters: ResourceService = {
  rules: redshiftClusterRules,

  async *list(access, scope) {
    const prefix = `arn:${scope.partition}:redshift:${scope.region}:${scope.accountId}:cluster:`;
    for await (const page of redshiftReads(access).clusters()) {
      yield page.map((cluster) => async () => ({
        scope,
        resourceType: 'cluster',
        arn: prefix + cluster.id,
        encryption: known(warehouseEncryption(cluster)),
        sharing: notShareable,
      }));
    }
  },
};

export const redshiftSnapshots = listedService({
  rules: redshiftSnapshotRules,
  endpoint: redshiftApi.endpoint,
  protocol: redshiftApi.protocol,
  resourceType: 'snapshot',
  list: {
    operation: 'redshift:DescribeClusterSnapshots',
    input: (Marker) => ({ MaxRecords, Marker }),
    items: 'Snapshots',
    next: 'Marker',
    arn: snapshotArn,
  },
  encryption: (snapshot) =>
    warehouseEncryption({
      encrypted: snapshot.boolean('Encrypted'),
      byHsm: snapshot.boolean('EncryptedWithHSM') === true,
      kmsKeyId: snapshot.text('KmsKeyId') || null,
    }),
  sharing: snapshotSharing,
});

/** AWS answers it, else it is made of what is answered, as the Service Authorization Reference has it. */
function snapshotArn(snapshot: Fields, { partition, region, accountId }: Scope): string {
  const cluster = snapshot.requiredText('ClusterIdentifier');
  const name = snapshot.requiredText('SnapshotIdentifier');
  const arn = `arn:${partition}:redshift:${region}:${accountId}:snapshot:${cluster}/${name}`;
  return snapshot.text('SnapshotArn') || arn;
}

export const redshiftDatashares: ResourceService = {
  rules: datashareRules,

  async *list(access, scope) {
    const reads = redshiftReads(access);
    const encryptionOf = producers(reads);
    for await (const page of reads.datashares()) {
      yield page.map(({ arn, namespace, consumers }) => async () => {
        const rules = consumers.some(({ writes }) => writes) ? writableDatashareRules : datashareRules;
        const encryption = await encryptionOf(namespace);
        const shared = datashareSharing(consumers);
        return [
          {
            rules,
            facts: {
              scope,
              resourceType: 'datashare',
              arn,
              encryption,
              sharing: known(shared.sharing),
              othersLetIn: shared.othersLetIn,
            },
          },
        ];
      });
    }
  },
};
