import { describe, expect, it } from 'vitest';
import { datashareSharing } from '../../src/services/redshift/datashare-sharing.ts';
import { warehouseEncryption } from '../../src/services/redshift/warehouse-encryption.ts';
import { databaseWorld, reader, readService } from './databases.ts';

const uuid = (digit: number) => `00000000-0000-4000-8000-${String(digit).padStart(12, '0')}`;

/** Clusters, snapshots and datashares under every sort of key, shared in every way. */
function world() {
  const made = databaseWorld('redshift');
  const { add, own, shared, foreign, managed } = made;
  add.redshiftCluster({ name: 'plain', encrypted: false });
  add.redshiftCluster({ name: 'default' });
  add.redshiftCluster({ name: 'owned', kmsKeyId: 'AWS_OWNED_KMS_KEY', namespace: uuid(1) });
  add.redshiftCluster({ name: 'managed', kmsKeyId: managed });
  add.redshiftCluster({ name: 'own', kmsKeyId: own, namespace: uuid(2) });
  add.redshiftCluster({ name: 'foreign', kmsKeyId: foreign });
  add.redshiftCluster({ name: 'hsm', hsm: true });
  const sharedWith = [reader];
  add.redshiftSnapshot({ id: 'own/alone', kmsKeyId: own });
  add.redshiftSnapshot({ id: 'own/by-name', kmsKeyId: own, tellsArn: false });
  add.redshiftSnapshot({ id: 'own/daily', kmsKeyId: own, snapshotType: 'automated' });
  add.redshiftSnapshot({ id: 'own/locked', kmsKeyId: own, sharedWith });
  add.redshiftSnapshot({ id: 'own/open', kmsKeyId: shared, sharedWith });
  add.redshiftSnapshot({ id: 'own/foreign', kmsKeyId: foreign, sharedWith });
  add.redshiftSnapshot({ id: 'own/managed', kmsKeyId: managed, sharedWith });
  add.redshiftSnapshot({ id: 'own/default', sharedWith });
  add.redshiftSnapshot({ id: 'own/owned', kmsKeyId: 'AWS_OWNED_KMS_KEY', sharedWith });
  add.redshiftSnapshot({ id: 'own/plain', encrypted: false, sharedWith });
  add.redshiftSnapshot({ id: 'own/support', kmsKeyId: own, sharedWith: ['amazon-redshift-support'] });
  add.namespace({ id: uuid(3), kmsKeyId: own });
  const active = { id: reader, status: 'ACTIVE' };
  add.datashare({ id: `${uuid(1)}/owned`, consumers: [{ ...active, writes: true }] });
  add.datashare({ id: `${uuid(2)}/own`, consumers: [active] });
  add.datashare({ id: `${uuid(2)}/asked`, consumers: [{ id: reader, status: 'PENDING_AUTHORIZATION' }] });
  add.datashare({ id: `${uuid(2)}/exchanged`, consumers: [{ id: 'ADX', status: 'AUTHORIZED' }] });
  const serverless = 'redshift-serverless';
  add.datashare({ id: `${uuid(3)}/serverless`, producer: serverless, consumers: [active] });
  add.datashare({ id: `${uuid(4)}/lost`, producer: serverless, consumers: [active] });
  return made;
}

const kms = 'kms';
const customer = 'customer_managed_aws_material';

describe('what is read of Redshift', () => {
  it('clusters, snapshots and datashares, with their keys and whom they let in', async () => {
    const { rows, said, requests } = await readService(world(), 'redshift');
    const seen = rows.map((row) => [
      row.resource_type,
      String(row.arn).split(/[/:]/).at(-1),
      row.encryption_state,
      row.key_type,
      row.cross_account_read,
      row.cross_account_write,
    ]);
    expect(seen.toSorted()).toEqual([
      ['cluster', 'default', 'aws_owned_or_managed', null, null, null],
      ['cluster', 'foreign', kms, customer, null, null],
      ['cluster', 'hsm', 'unknown', null, null, null],
      ['cluster', 'managed', kms, 'aws_managed', null, null],
      ['cluster', 'own', kms, customer, null, null],
      ['cluster', 'owned', 'aws_owned', 'aws_owned', null, null],
      ['cluster', 'plain', 'none', null, null, null],
      ['datashare', 'asked', kms, customer, 'not_shared', null],
      ['datashare', 'exchanged', kms, customer, 'unknown', null],
      ['datashare', 'lost', 'unknown', null, 'unknown', null],
      ['datashare', 'own', kms, customer, 'possible', null],
      ['datashare', 'owned', 'aws_owned', 'aws_owned', 'no_kms_barrier', 'no_kms_barrier'],
      ['datashare', 'serverless', kms, customer, 'possible', null],
      ['snapshot', 'alone', kms, customer, 'not_shared', null],
      ['snapshot', 'by-name', kms, customer, 'not_shared', null],
      ['snapshot', 'daily', kms, customer, 'not_shared', null],
      ['snapshot', 'default', 'aws_owned_or_managed', null, 'unknown', null],
      ['snapshot', 'foreign', kms, customer, 'blocked_by_key_policy', null],
      ['snapshot', 'locked', kms, customer, 'blocked_by_key_policy', null],
      ['snapshot', 'managed', kms, 'aws_managed', 'unknown', null],
      ['snapshot', 'open', kms, customer, 'possible', null],
      ['snapshot', 'owned', 'aws_owned', 'aws_owned', 'no_kms_barrier', null],
      ['snapshot', 'plain', 'none', null, 'no_kms_barrier', null],
      ['snapshot', 'support', kms, customer, 'unknown', null],
    ]);
    expect(said).toEqual([]);
    // Once more for the producers of datashares.
    expect(requests).toMatchObject({
      'redshift:DescribeClusters': 2,
      'redshift-serverless:ListNamespaces': 1,
    });
  });

  it('says why it is not known what the AWS managed key or a consumer lets others do', async () => {
    const { rows } = await readService(world(), 'redshift');
    const explanation = (name: string) =>
      rows.find(({ arn }) => String(arn).endsWith(`/${name}`))?.explanation;
    expect(explanation('managed')).toContain('can be shared as it is');
    expect(explanation('exchanged')).toContain('AWS Data Exchange gives it to its subscribers');
    expect(explanation('support')).toContain(
      'it is shared with amazon-redshift-support, which is no account',
    );
  });

  it('a region without datashares is asked three calls', async () => {
    const { rows, requests } = await readService(databaseWorld('redshift'), 'redshift');
    expect(rows).toEqual([]);
    expect(Object.values(requests)).toEqual([1, 1, 1]);
  });

  it.each(['redshift:DescribeClusters', 'redshift-serverless:ListNamespaces'])(
    'the key of a datashare is not known where %s is denied',
    async (operation) => {
      const { rows, said } = await readService(world(), 'redshift', { operation, effect: { kind: 'deny' } });
      const datashare = rows.find(({ arn }) => String(arn).endsWith('/serverless'));
      expect(datashare).toMatchObject({ encryption_state: null, cross_account_read: 'unknown' });
      expect(datashare?.shared_account_ids).toEqual([reader]);
      expect(Object.keys(datashare?.errors ?? {})).toEqual([operation]);
      expect(said.some((line) => line.includes(operation))).toBe(true);
    },
  );

  it.each([
    'redshift:DescribeClusters',
    'redshift:DescribeClusterSnapshots',
    'redshift:DescribeDataSharesForProducer',
  ])('an answer to %s that is none fails the listing', async (operation) => {
    const { said } = await readService(world(), 'redshift', {
      operation,
      effect: { kind: 'malformed_body' },
    });
    expect(said.some((line) => line.startsWith(`listing failed: resources ${operation}`))).toBe(true);
  });
});

it.each([
  [false, false, 'k', { state: 'none', key: null }],
  [true, false, 'k', { state: 'kms', key: 'k' }],
  [true, false, 'AWS_OWNED_KMS_KEY', { state: 'aws_owned', key: null }],
  [true, false, null, { state: 'aws_owned_or_managed', key: null }],
  [true, true, null, { state: 'unknown', key: null }],
  [null, false, null, { state: 'unknown', key: null }],
])(
  'a warehouse that is encrypted (%s), by a module (%s) and under %s',
  (encrypted, byHsm, kmsKeyId, expected) => {
    expect(warehouseEncryption({ encrypted, byHsm, kmsKeyId })).toEqual(expected);
  },
);

it.each([
  [reader, 'ACTIVE', [reader], false],
  [reader, 'AUTHORIZED', [reader], false],
  [reader, 'REJECTED', [reader], false],
  [reader, 'BRAND_NEW', [reader], false],
  [reader, 'DEAUTHORIZED', [], false],
  [uuid(9), 'ACTIVE', [], false],
  [`arn:aws:redshift:eu-west-1:${reader}:namespace:${uuid(9)}`, 'ACTIVE', [reader], false],
  [`DataCatalog/${reader}`, 'ACTIVE', [], true],
  ['something-new', 'ACTIVE', [], true],
])('a datashare of consumer %s in %s', (consumer, status, accountIds, others) => {
  const { sharing, othersLetIn } = datashareSharing([{ consumer, status, writes: false }]);
  expect(sharing).toEqual({ by: 'accounts', accountIds, everybody: false });
  expect(othersLetIn !== undefined).toBe(others);
});
