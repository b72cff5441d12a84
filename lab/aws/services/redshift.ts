import { queryWire } from '../protocol/query.ts';
import { type Given, ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

interface SimCluster {
  name: string;
  encrypted: boolean;
  kmsKeyId?: string;
  /** The UUID of its namespace. */
  namespace: string;
  /** Its keys live in a hardware security module. */
  hsm: boolean;
}

interface SimSnapshot {
  /** `<cluster>/<snapshot>`, or the name alone. */
  id: string;
  encrypted: boolean;
  kmsKeyId?: string;
  hsm: boolean;
  /** `manual`, `automated`. */
  snapshotType: string;
  /** Account ids, or `amazon-redshift-support`. */
  sharedWith: string[];
  /** False: its ARN is not answered. */
  tellsArn: boolean;
}

interface SimDatashare {
  /** `<namespace>/<name>`. */
  id: string;
  /** The service of its producer: `redshift`, `redshift-serverless`. */
  producer: string;
  consumers: { id: string; status: string; writes?: boolean }[];
}

/** UUIDs are made from names. */
const uuid = (name: string): string =>
  `00000000-0000-4000-8000-${Buffer.from(name).toString('hex').slice(0, 12).padStart(12, '0')}`;

export const redshiftClusters = new ResourceKind<SimCluster>({
  arn: 'redshift:cluster:*',
  namedBy: ['ClusterIdentifier'],
  complete: (given: Given<SimCluster>) => ({
    encrypted: true,
    namespace: uuid(given.name),
    hsm: false,
    ...given,
  }),
  missing: (name) => [404, 'ClusterNotFound', `Cluster ${name} not found.`],
});
export const redshiftSnapshots = new ResourceKind<SimSnapshot>({
  arn: 'redshift:snapshot:*',
  namedBy: ['SnapshotIdentifier'],
  complete: (given) => ({
    encrypted: true,
    hsm: false,
    snapshotType: 'manual',
    sharedWith: [],
    tellsArn: true,
    ...given,
  }),
  missing: (id) => [404, 'ClusterSnapshotNotFound', `Snapshot ${id} not found.`],
});
export const datashares = new ResourceKind<SimDatashare>({
  arn: 'redshift:datashare:*',
  namedBy: ['DataShareArn'],
  complete: (given) => ({ producer: 'redshift', consumers: [], ...given }),
  missing: (id) => [404, 'ResourceNotFoundFault', `Datashare ${id} not found.`],
});

const paging = { size: 'MaxRecords', answers: 100, token: 'Marker' };

/** Amazon Redshift: its clusters, their snapshots, and what they share. */
export const redshift: Service = {
  name: 'redshift',
  wire: queryWire('http://redshift.amazonaws.com/doc/2012-12-01/'),
  failures: { invalid_input: [400, 'InvalidParameterValue', 'The input is not valid'] },
  operations: {
    DescribeClusters: redshiftClusters.list({
      entries: 'Clusters.Cluster',
      paging,
      entry: ({ name, arn, encrypted, kmsKeyId, namespace, hsm }) => ({
        ClusterIdentifier: name,
        ClusterNamespaceArn: `${arn.slice(0, arn.indexOf(':cluster:'))}:namespace:${namespace}`,
        Encrypted: encrypted,
        KmsKeyId: kmsKeyId,
        HsmStatus: hsm ? { HsmConfigurationIdentifier: 'hsm', Status: 'active' } : undefined,
      }),
    }),
    DescribeClusterSnapshots: redshiftSnapshots.list({
      entries: 'Snapshots.Snapshot',
      paging,
      entry: ({ id, arn, encrypted, kmsKeyId, hsm, snapshotType, sharedWith, tellsArn }) => ({
        SnapshotIdentifier: id.split('/').at(-1),
        ClusterIdentifier: id.split('/')[0],
        SnapshotArn: tellsArn ? arn : undefined,
        SnapshotType: snapshotType,
        Encrypted: encrypted,
        KmsKeyId: kmsKeyId,
        EncryptedWithHSM: hsm,
        AccountsWithRestoreAccess:
          sharedWith.length === 0 ? undefined : { AccountWithRestoreAccess: sharedWith.map(restorer) },
      }),
    }),
    DescribeDataSharesForProducer: datashares.list({
      entries: 'DataShares.member',
      paging,
      entry: ({ id, arn, producer, consumers }, { account, region, world }) => ({
        DataShareArn: arn,
        ProducerArn: `arn:${world.organization.partition}:${producer}:${region}:${account.id}:namespace${producer === 'redshift' ? ':' : '/'}${id.split('/')[0]}`,
        AllowPubliclyAccessibleConsumers: false,
        DataShareAssociations: {
          member: consumers.map(({ id: ConsumerIdentifier, status, writes }) => ({
            ConsumerIdentifier,
            Status: status,
            ProducerAllowedWrites: writes,
          })),
        },
      }),
    }),
  },
};

const restorer = (id: string) => (/^\d/.test(id) ? { AccountId: id } : { AccountAlias: id });
