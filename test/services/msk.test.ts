import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsManagedKey, awsMaterialKey, disabled } from '../../lab/aws/keys.ts';
import { kafkaClusters } from '../../lab/aws/services/kafka.ts';
import { clusterEncryption } from '../../src/services/msk/rules.ts';
import { type Fault, readService } from './read-service.ts';

const data = '222222222222';
const reader = '333333333333';
const region = 'eu-west-1';
const arn = (kind: string, name: string) => `arn:aws:kafka:${region}:${data}:${kind}/${name}`;

const statement = (action: unknown, Resource: string, principal: unknown = { AWS: reader }) => ({
  Effect: 'Allow',
  Principal: principal,
  Action: action,
  Resource,
});
const policy = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

/** As MSK's console writes it. */
const basic = (name: string, principal?: unknown) =>
  policy(
    statement(
      [
        'kafka:CreateVpcConnection',
        'kafka:GetBootstrapBrokers',
        'kafka:DescribeCluster',
        'kafka:DescribeClusterV2',
        'kafka-cluster:*',
      ],
      arn('cluster', `${name}/1-2`),
      principal,
    ),
    statement('kafka-cluster:*', arn('topic', `${name}/*`), principal),
    statement('kafka-cluster:*', arn('group', `${name}/*`), principal),
  );

function world() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: data });
  const owner = addAccount(organization, { id: '444444444444' });
  const place = { partition: 'aws', region, accountId: data } as const;
  const own = addKey(account, awsMaterialKey(place, 'own')).metadata.Arn;
  const asleep = addKey(account, disabled(awsMaterialKey(place, 'asleep'))).metadata.Arn;
  const managed = addKey(account, awsManagedKey(place, 'kafka'), 'alias/aws/kafka').metadata.Arn;
  const foreign = addKey(owner, awsMaterialKey({ ...place, accountId: owner.id }, 'foreign')).metadata.Arn;
  const add = (name: string, keyArn: string | undefined, text: string | null, type = 'PROVISIONED') =>
    kafkaClusters.add(account, region, {
      id: `${name}/1-2`,
      type,
      policy: text,
      ...(keyArn !== undefined && { keyArn }),
    });
  add('managed', managed, basic('managed'));
  add('own', own, basic('own'));
  add('asleep', asleep, basic('asleep'));
  add('foreign', foreign, basic('foreign'));
  add('alone', own, null);
  add('public', own, basic('public', '*'));
  add('serverless', undefined, basic('serverless'), 'SERVERLESS');
  add(
    'reading',
    own,
    policy(
      statement('kafka-cluster:Connect', arn('cluster', 'reading/*')),
      statement('kafka-cluster:ReadData', arn('topic', 'reading/1-2/orders')),
    ),
  );
  add('no-topic', own, policy(statement('kafka*:*', arn('cluster', 'no-topic/1-2'))));
  add('another', own, policy(statement('kafka-cluster:*', arn('topic', 'own/*'))));
  add('unconnected', own, policy(statement('kafka-cluster:ReadData', '*')));
  add('new', own, policy(statement('kafka-cluster:BrandNew', '*')));
  return organization;
}

function rowsOf(fault?: Fault) {
  return readService(world(), { accountId: data, region }, 'kafka', {
    faults: [fault],
  });
}

describe('MSK clusters', () => {
  it('are read with their keys and whom their policies let in to topics', async () => {
    const { rows, sink } = await rowsOf();
    const seen = rows.map((row) => [
      String(row.arn).split('/')[1],
      row.encryption_state,
      row.key_type,
      row.cross_account_read,
      row.cross_account_write,
      row.shared_with_anyone,
    ]);
    const customer = 'customer_managed_aws_material';
    expect(seen.toSorted()).toEqual([
      ['alone', 'kms', customer, 'not_shared', 'not_shared', false],
      ['another', 'kms', customer, 'not_shared', 'not_shared', false],
      ['asleep', 'kms', customer, 'blocked_by_key_state', 'blocked_by_key_state', false],
      ['foreign', 'kms', customer, 'possible', 'possible', false],
      ['managed', 'kms', 'aws_managed', 'possible', 'possible', false],
      ['new', 'kms', customer, 'unknown', 'unknown', false],
      ['no-topic', 'kms', customer, 'not_shared', 'not_shared', false],
      ['own', 'kms', customer, 'possible', 'possible', false],
      ['public', 'kms', customer, 'possible', 'possible', true],
      ['reading', 'kms', customer, 'possible', 'not_shared', false],
      ['serverless', 'aws_owned_or_managed', null, 'no_kms_barrier', 'no_kms_barrier', false],
      ['unconnected', 'kms', customer, 'not_shared', 'not_shared', false],
    ]);
    expect([...sink.said]).toEqual([]);
  });

  it('tell what is missing to read a topic', async () => {
    const { rows } = await rowsOf();
    const row = rows.find((each) => String(each.arn).includes('unconnected'));
    expect(row?.explanation).toContain(
      'one principal needs kafka-cluster:Connect and kafka-cluster:ReadData',
    );
  });

  it('whose policy is denied are not "not shared"', async () => {
    const operation = 'kafka:GetClusterPolicy';
    const { rows, sink } = await rowsOf({ operation, effect: { kind: 'deny' } });
    expect(rows).toHaveLength(12);
    for (const row of rows) {
      expect(row.cross_account_read).toBe('unknown');
      expect(Object.keys(row.errors ?? {})).toEqual([operation]);
    }
    expect([...sink.said].some((line) => line.includes(operation))).toBe(true);
  });
});

it.each([
  ['PROVISIONED', 'arn', { state: 'kms', key: 'arn' }],
  ['PROVISIONED', null, { state: 'unknown', key: null }],
  ['SERVERLESS', null, { state: 'aws_owned_or_managed', key: null }],
  ['BRAND_NEW', null, { state: 'unknown', key: null }],
  [null, null, { state: 'unknown', key: null }],
] as const)('a cluster of type %s with the key %s', (type, key, expected) => {
  expect(clusterEncryption(type, key)).toEqual(expected);
});
