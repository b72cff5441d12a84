import {
  DescribeClustersCommand,
  paginateDescribeClusterSnapshots,
  paginateDescribeDataSharesForProducer,
  RedshiftClient,
} from '@aws-sdk/client-redshift';
import {
  ListNamespacesCommand,
  ListSnapshotsCommand,
  RedshiftServerlessClient,
} from '@aws-sdk/client-redshift-serverless';
import { expect, test } from 'vitest';
import { resourcesIn } from '../../../lab/aws/organizations/resources.ts';
import { oneAccount } from './one-account.ts';

const region = 'us-east-1';
const key = `arn:aws:kms:${region}:222222222222:key/k`;
const arn = (resource: string) => `arn:aws:redshift:${region}:222222222222:${resource}`;
const account = oneAccount(region);

const add = () => resourcesIn(account.data, region);

test('clusters tell their namespace and their key', async () => {
  add().redshiftCluster({ name: 'own', kmsKeyId: key, namespace: 'n' });
  add().redshiftCluster({ name: 'plain', encrypted: false, hsm: true });
  const { Clusters } = await new RedshiftClient(account.options).send(new DescribeClustersCommand({}));
  expect(Clusters).toMatchObject([
    { ClusterIdentifier: 'own', ClusterNamespaceArn: arn('namespace:n'), Encrypted: true, KmsKeyId: key },
    { ClusterIdentifier: 'plain', Encrypted: false, HsmStatus: { Status: 'active' } },
  ]);
  expect(Clusters?.[1]?.KmsKeyId).toBeUndefined();
});

test('snapshots come page by page, with whom they are restored by', async () => {
  const client = new RedshiftClient(account.options);
  for (let index = 0; index < 101; index++) add().redshiftSnapshot({ id: `c/s-${index}`, kmsKeyId: key });
  add().redshiftSnapshot({ id: 'c/shared', sharedWith: ['333333333333', 'amazon-redshift-support'] });
  const found = [];
  for await (const page of paginateDescribeClusterSnapshots({ client }, {})) found.push(page.Snapshots ?? []);
  expect(found.map(({ length }) => length)).toEqual([100, 2]);
  expect(found[0]?.[0]).toMatchObject({
    SnapshotArn: arn('snapshot:c/s-0'),
    ClusterIdentifier: 'c',
    SnapshotIdentifier: 's-0',
    SnapshotType: 'manual',
    KmsKeyId: key,
  });
  expect(found[0]?.[0]?.AccountsWithRestoreAccess).toBeUndefined();
  expect(found[1]?.[1]?.AccountsWithRestoreAccess).toEqual([
    { AccountId: '333333333333' },
    { AccountAlias: 'amazon-redshift-support' },
  ]);
});

test('datashares tell their producer and their consumers', async () => {
  const consumers = [{ id: '333333333333', status: 'ACTIVE', writes: true }];
  add().datashare({ id: 'n/orders', consumers });
  const client = new RedshiftClient(account.options);
  for await (const { DataShares } of paginateDescribeDataSharesForProducer({ client }, {}))
    expect(DataShares).toMatchObject([
      {
        DataShareArn: arn('datashare:n/orders'),
        ProducerArn: arn('namespace:n'),
        DataShareAssociations: [
          { ConsumerIdentifier: '333333333333', Status: 'ACTIVE', ProducerAllowedWrites: true },
        ],
      },
    ]);
});

test('namespaces name the key of AWS by a word', async () => {
  add().namespace({ id: 'n' });
  const { namespaces } = await new RedshiftServerlessClient(account.options).send(
    new ListNamespacesCommand({}),
  );
  expect(namespaces).toMatchObject([{ namespaceId: 'n', kmsKeyId: 'AWS_OWNED_KMS_KEY' }]);
});

test('snapshots of namespaces name the accounts that restore them to namespaces and to clusters', async () => {
  add().namespaceSnapshot({ id: 's', kmsKeyId: key, sharedWith: ['333333333333'] });
  const { snapshots } = await new RedshiftServerlessClient(account.options).send(
    new ListSnapshotsCommand({}),
  );
  expect(snapshots).toEqual([
    {
      snapshotArn: `arn:aws:redshift-serverless:${region}:222222222222:snapshot/s`,
      snapshotName: 's',
      ownerAccount: '222222222222',
      accountsWithRestoreAccess: ['333333333333'],
      accountsWithProvisionedRestoreAccess: [],
      kmsKeyId: key,
    },
  ]);
});
