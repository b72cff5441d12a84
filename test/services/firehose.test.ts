import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import { deliveryStreams } from '../../lab/aws/services/firehose.ts';
import { streams } from '../../lab/aws/services/kinesis.ts';
import { deliveryEncryption } from '../../src/services/firehose/rules.ts';
import { data, region } from '../posture/cross-account/cast.ts';
import { type Fault, readService } from './read-service.ts';

const kinesis = (name: string, of = region) => `arn:aws:kinesis:${of}:${data}:stream/${name}`;

/** A region with streams under every sort of key, and from every source. */
function world() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: data });
  const owner = addAccount(organization, { id: '333344445555' });
  const keyOf = (of: typeof account, name: string) =>
    addKey(of, awsMaterialKey({ partition: 'aws', region, accountId: of.id }, name)).metadata.Arn;
  const own = keyOf(account, 'own');
  const add = (name: string, given: Partial<Parameters<typeof deliveryStreams.add>[2]> = {}) =>
    deliveryStreams.add(account, region, { name, ...given });
  streams.add(account, region, { name: 'orders', keyId: own });
  streams.add(account, region, { name: 'plain' });
  add('plain');
  add('aws-owned', { keyType: 'AWS_OWNED_CMK' });
  add('own', { keyArn: own });
  add('foreign', { keyArn: keyOf(owner, 'foreign') });
  add('from-orders', { source: kinesis('orders') });
  add('from-plain', { source: kinesis('plain') });
  add('from-afar', { source: kinesis('orders', 'us-east-1') });
  add('from-nothing', { source: kinesis('gone') });
  add('from-kafka', { type: 'MSKAsSource' });
  return organization;
}

async function rowsOf(fault?: Fault) {
  const { sink, rows } = await readService(world(), { accountId: data, region }, 'firehose', {
    faults: [fault],
  });
  const seen = rows.map((row) => [
    String(row.arn).split('/')[1],
    row.encryption_state,
    row.key_account_id,
    Object.keys(row.errors ?? {}).join(),
  ]);
  return { sink, seen: seen.toSorted() };
}

describe('what is read of Firehose streams', () => {
  it('is their keys, or those of the Kinesis streams that they read', async () => {
    expect((await rowsOf()).seen).toEqual([
      ['aws-owned', 'aws_owned', null, ''],
      ['foreign', 'kms', '333344445555', ''],
      ['from-afar', 'unknown', null, ''],
      ['from-kafka', 'unknown', null, ''],
      ['from-nothing', null, null, 'kinesis:DescribeStreamSummary'],
      ['from-orders', 'kms', data, ''],
      ['from-plain', 'none', null, ''],
      ['own', 'kms', data, ''],
      ['plain', 'none', null, ''],
    ]);
  });

  it.each([
    ['firehose:DescribeDeliveryStream', 9],
    ['kinesis:DescribeStreamSummary', 3],
  ])('is not known where %s is denied', async (operation, count) => {
    const { seen } = await rowsOf({ operation, effect: { kind: 'deny' } });
    const failed = seen.filter(([, , , errors]) => errors === operation);
    expect([seen.length, failed.length]).toEqual([9, count]);
    expect(failed.every(([, state]) => state === null)).toBe(true);
  });

  it('goes to the last page, which begins behind the last name', async () => {
    const operation = 'firehose:ListDeliveryStreams';
    const { seen, sink } = await rowsOf({ operation, effect: { kind: 'short_pages', entries: 2 } });
    expect(seen).toEqual((await rowsOf()).seen);
    expect([...sink.said].filter((said) => said.includes(operation))).toEqual([]);
  });

  it.each(['malformed_body', 'empty_body'] as const)(
    'is not whole where the list answers by %s',
    async (kind) => {
      const operation = 'firehose:ListDeliveryStreams';
      const { sink } = await rowsOf({ operation, effect: { kind } });
      expect([...sink.said].some((said) => said.startsWith(`listing failed: resources ${operation}`))).toBe(
        true,
      );
    },
  );
});

it.each([
  ['ENABLED', 'CUSTOMER_MANAGED_CMK', 'k', { state: 'kms', key: 'k' }],
  ['ENABLED', 'AWS_OWNED_CMK', null, { state: 'aws_owned', key: null }],
  ['ENABLED', 'CUSTOMER_MANAGED_CMK', null, { state: 'unknown', key: null }],
  ['ENABLED', 'LATER_CMK', 'k', { state: 'unknown', key: 'k' }],
  ['ENABLED', null, null, { state: 'unknown', key: null }],
  ['ENABLING', 'CUSTOMER_MANAGED_CMK', 'k', { state: 'unknown', key: 'k' }],
  ['ENABLING_FAILED', 'CUSTOMER_MANAGED_CMK', 'k', { state: 'unknown', key: 'k' }],
  ['DISABLING', 'CUSTOMER_MANAGED_CMK', 'k', { state: 'unknown', key: 'k' }],
  ['DISABLED', null, null, { state: 'none', key: null }],
  [null, null, null, { state: 'unknown', key: null }],
])('%s with %s', (status, keyType, keyArn, expected) => {
  const encryption = { status, keyType, keyArn };
  expect(deliveryEncryption({ type: 'DirectPut', encryption })).toEqual(expected);
});

it('of which AWS tells nothing is not known', () => {
  expect(deliveryEncryption({ type: 'DirectPut', encryption: null }).state).toBe('unknown');
});
