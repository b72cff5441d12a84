import type { Fields } from '../../aws/answer.ts';
import { apiCalls } from '../../aws/api-calls.ts';
import { awsQuery } from '../../aws/query-protocols.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { listNamespaces, namespaceEncryption, redshiftServerlessApi } from '../redshift-serverless/api.ts';
import type { WarehouseEncryption } from './warehouse-encryption.ts';

/** A cluster or a serverless namespace. */
export interface Warehouse extends WarehouseEncryption {
  /** A cluster's name; the UUID of a namespace. */
  readonly id: string;
  /** The UUID of the namespace, by which datashares name their producer. */
  readonly namespace: string;
}

/** A consumer of a datashare. */
export interface DatashareConsumer {
  /** An account id, the UUID of a namespace of the own account, `ADX`, `DataCatalog/…` or an ARN. */
  readonly consumer: string;
  readonly status: string;
  readonly writes: boolean;
}

export interface Datashare {
  readonly arn: string;
  /** The UUID of its producer's namespace. */
  readonly namespace: string;
  readonly consumers: readonly DatashareConsumer[];
}

/** Redshift as seen from one scope; never what is in a warehouse. Rejects with AwsError only. */
export interface RedshiftReads {
  clusters(): AsyncIterable<readonly Warehouse[]>;
  /** Those that the account shares, not those that are shared with it. */
  datashares(): AsyncIterable<readonly Datashare[]>;
  serverlessNamespaces(): AsyncIterable<readonly Warehouse[]>;
}

export const redshiftApi = {
  signingName: 'redshift',
  endpoint: { prefix: 'redshift', serviceId: 'Redshift', fipsAnyway: ['aws-us-gov'] },
  protocol: awsQuery('2012-12-01'),
};

/** Most that AWS gives in one page (Redshift API reference, read 2026-11-29). */
export const MaxRecords = 100;

export function redshiftReads(access: ScopeAccess): RedshiftReads {
  const { list } = apiCalls(access, redshiftApi);
  const serverless = apiCalls(access, redshiftServerlessApi);
  return {
    clusters: () =>
      list(
        'redshift:DescribeClusters',
        ({ id }) => id,
        (Marker) => ({ MaxRecords, Marker }),
        (answer) => ({
          items: answer.requiredObjects('Clusters').map((cluster) => ({
            id: cluster.requiredText('ClusterIdentifier'),
            namespace: lastPart(cluster.text('ClusterNamespaceArn') ?? ''),
            encrypted: cluster.boolean('Encrypted'),
            byHsm: cluster.object('HsmStatus') !== null,
            kmsKeyId: cluster.text('KmsKeyId') || null,
          })),
          next: answer.text('Marker'),
        }),
      ),

    datashares: () =>
      list(
        'redshift:DescribeDataSharesForProducer',
        ({ arn }) => arn,
        (Marker) => ({ MaxRecords, Marker }),
        (answer) => ({
          items: answer.requiredObjects('DataShares').map((share) => ({
            arn: share.requiredText('DataShareArn'),
            namespace: lastPart(share.requiredText('ProducerArn')),
            consumers: (share.objects('DataShareAssociations') ?? []).map(consumerOf),
          })),
          next: answer.text('Marker'),
        }),
      ),

    serverlessNamespaces: () =>
      serverless.list(
        listNamespaces.operation,
        ({ id }) => id,
        listNamespaces.input,
        (answer) => ({
          items: answer.requiredObjects(listNamespaces.items).map((namespace) => {
            const id = namespace.requiredText('namespaceId');
            return { id, namespace: id, ...namespaceEncryption(namespace) };
          }),
          next: answer.text(listNamespaces.next),
        }),
      ),
  };
}

const consumerOf = (association: Fields): DatashareConsumer => ({
  consumer: association.requiredText('ConsumerIdentifier'),
  status: association.requiredText('Status'),
  writes: association.boolean('ProducerAllowedWrites') === true,
});

/** The UUID at the end of `…:namespace:<uuid>` and `…:namespace/<uuid>`. */
const lastPart = (arn: string): string => arn.split(/[:/]/).at(-1) ?? '';
