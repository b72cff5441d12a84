import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization, regionOf } from '../../lab/aws/build.ts';
import type { Fault } from '../../lab/aws/faults.ts';
import { countReEncrypts, countRequests } from '../../lab/aws/key-requests.ts';
import { awsManagedKey, awsMaterialKey } from '../../lab/aws/keys.ts';
import type { SimAccount, SimKey } from '../../lab/aws/model.ts';
import { kmsKeys } from '../../src/enumerate/kms-keys.ts';
import { keyMetrics } from '../../src/tables/key-metrics.ts';
import { simulate } from '../aws/simulated.ts';
import { visitRegion } from './visit-region.ts';

const accountId = '222222222222';
const place = { partition: 'aws', accountId, region: 'eu-west-1' };
const options = {
  includeGrants: true,
  includeKeyLastUsage: false,
  includeKeyMetrics: true,
  includeIam: false,
};
const today = new Date().setUTCHours(0, 0, 0, 0);
const day = (daysAgo: number) => new Date(today - daysAgo * 86_400_000);

interface World {
  readonly account: SimAccount;
  readonly key: (name: string) => SimKey;
}

/** What the table says, row by row as `key operation: requests, last <days> ago`, and what else was said. */
async function read(arrange: (world: World) => void, ...faults: readonly Fault[]) {
  const organization = newOrganization();
  const account = addAccount(organization, { id: accountId });
  arrange({ account, key: (name) => addKey(account, awsMaterialKey(place, name, { id: name })) });
  await using simulated = await simulate(organization);
  for (const fault of faults) simulated.simulator.faults.add(fault);
  const sink = await visitRegion(kmsKeys, simulated, place, keyMetrics, options);
  const rows = sink.rows(keyMetrics);
  return {
    rows: rows.map(
      (row) => `${row.key_id} ${row.operation}: ${row.requests}, ${daysSince(row.last_day_with_requests)}`,
    ),
    said: [...sink.said],
    calls: simulated.simulator.requests.byOperation(),
    first: rows[0],
  };
}

const daysSince = (time: unknown): number => (today - (time as Date).getTime()) / 86_400_000;

describe('requests on keys', () => {
  it('are a row for each key and operation, with the window', async () => {
    const { rows, said, first } = await read(({ account, key }) => {
      const orders = key('orders');
      countRequests(account, orders, 'Decrypt', { 2: 10, 5: 32 });
      countRequests(account, orders, 'GenerateDataKey', { 0: 7 });
      key('unused');
    });
    expect(rows).toEqual(['orders Decrypt: 42, 2', 'orders GenerateDataKey: 7, 0']);
    expect(said).toEqual([]);
    expect(first).toMatchObject({
      ...{ account_id: accountId, region: 'eu-west-1', partition: 'aws', account_name: 'data' },
      key_arn: `arn:aws:kms:eu-west-1:${accountId}:key/orders`,
      window_start: day(13),
      window_end: expect.any(Date),
    });
    expect(Number(first?.window_end)).toBeGreaterThanOrEqual(today);
  });

  it('of ReEncrypt count on both keys, over all pairs', async () => {
    const { rows } = await read(({ account, key }) => {
      const [old, one, two] = [key('old'), key('one'), key('two')];
      countReEncrypts(account, old, one, { 4: 3 });
      countReEncrypts(account, old, two, { 1: 2 });
    });
    expect(rows).toEqual(['old ReEncryptFrom: 5, 1', 'one ReEncryptTo: 3, 4', 'two ReEncryptTo: 2, 1']);
  });

  it('of keys that AWS manages are told, those of keys of other accounts are not', async () => {
    const { rows, said } = await read(({ account }) => {
      const elsewhere = { ...place, accountId: '333333333333' };
      countRequests(account, awsMaterialKey(elsewhere, 'theirs'), 'Decrypt', { 1: 9 });
      countRequests(account, addKey(account, awsManagedKey(place, 's3', { id: 's3' })), 'Decrypt', { 1: 1 });
    });
    expect(rows).toEqual(['s3 Decrypt: 1, 1']);
    expect(said).toEqual([]);
  });
});

describe('calls', () => {
  it('are none in a region without keys', async () => {
    expect((await read(() => {})).calls).toEqual({ 'kms:ListKeys': 1 });
  });

  it('take 500 metrics each', async () => {
    const { rows, calls } = await read(({ account, key }) => {
      const orders = key('orders');
      for (let index = 0; index < 501; index++) countRequests(account, orders, `Operation${index}`, { 1: 1 });
    });
    expect(rows).toHaveLength(501);
    expect(calls).toEqual({ 'kms:ListKeys': 1, 'cloudwatch:ListMetrics': 2, 'cloudwatch:GetMetricData': 2 });
  });
});

describe('what is not read', () => {
  const used = ({ account, key }: World) => countRequests(account, key('orders'), 'Decrypt', { 1: 1 });
  const deny = { kind: 'deny' } as const;

  it.each<[string, (world: World) => void, Fault, string[], string[]]>([
    [
      'ListMetrics',
      used,
      { operation: 'cloudwatch:ListMetrics', effect: deny },
      [],
      ['listing failed: key_metrics cloudwatch:ListMetrics AccessDeniedException'],
    ],
    [
      'GetMetricData',
      used,
      { operation: 'cloudwatch:GetMetricData', effect: deny },
      [],
      ['rows missing: key_metrics cloudwatch:GetMetricData AccessDeniedException'],
    ],
    [
      'ListKeys, so that nobody knows whether there are keys,',
      used,
      { operation: 'kms:ListKeys', effect: deny },
      [],
      ['listing failed: key_metrics kms:ListKeys AccessDeniedException'],
    ],
    [
      'the second page of metrics',
      ({ account, key }) => {
        const orders = key('orders');
        countRequests(account, orders, 'Decrypt', { 1: 1 });
        // Of which the second page might name more.
        countReEncrypts(account, orders, key('archive'), { 1: 1 });
        for (let index = 0; index < 500; index++)
          countRequests(account, orders, `Operation${index}`, { 30: 1 });
        for (let index = 0; index < 500; index++) countRequests(account, orders, `Other${index}`, { 13: 0 });
      },
      { operation: 'cloudwatch:ListMetrics', page: 2, effect: deny },
      ['orders Decrypt: 1, 1'],
      ['listing failed: key_metrics cloudwatch:ListMetrics AccessDeniedException'],
    ],
  ])('%s is said, and no row tells of it', async (_, arrange, fault, rows, said) => {
    expect(await read(arrange, fault)).toMatchObject({ rows, said });
  });

  it('a metric of which nobody knows what it counts is said, and the others are told', async () => {
    const { rows, said } = await read((world) => {
      used(world);
      const dimensions = { KeyArn: `arn:aws:kms:eu-west-1:${accountId}:key/orders` };
      regionOf(world.account, 'eu-west-1').keyRequests.push({ dimensions, daysAgo: 1, count: 100 });
    });
    expect(rows).toEqual(['orders Decrypt: 1, 1']);
    expect(said).toEqual(['rows missing: key_metrics cloudwatch:ListMetrics foreign_entries']);
  });
});
