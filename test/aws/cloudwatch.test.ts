import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization, regionOf } from '../../lab/aws/build.ts';
import { countReEncrypts, countRequests } from '../../lab/aws/key-requests.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import { collect } from '../../src/aws/paging.ts';
import { cloudWatchReads } from '../../src/services/cloudwatch/calls.ts';
import type { RequestMetric } from '../../src/services/cloudwatch/facts.ts';
import { nextDay, windowUntil } from '../../src/services/cloudwatch/window.ts';
import { oneAnswer } from './one-answer.ts';
import { type Simulated, simulate } from './simulated.ts';

const accountId = '222222222222';
const region = 'eu-west-1';
const place = { partition: 'aws', accountId, region };
const arnOf = (name: string, inRegion = region, account = accountId) =>
  `arn:aws:kms:${inRegion}:${account}:key/${name}`;

function world() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: accountId });
  const key = (name: string) => addKey(account, awsMaterialKey(place, name, { id: name }));
  return { organization, account, orders: key('orders'), archive: key('archive') };
}

async function readsOf(simulated: Simulated) {
  const session = await simulated.aws.session(simulated.as(accountId));
  return cloudWatchReads(simulated.aws.open(session, accountId, region));
}

let aws: Awaited<ReturnType<typeof oneAnswer>>;
beforeAll(async () => {
  aws = await oneAnswer();
});
afterAll(() => aws.close());

/** CloudWatch that answers these in turn, and the last of them ever after. */
function answering(...answers: readonly object[]) {
  const written = answers.map((answer) => ({ status: 200, body: JSON.stringify(answer) }));
  aws.next.splice(0, aws.next.length, ...written);
  aws.answer = written.at(-1) ?? aws.answer;
  return cloudWatchReads(aws.access);
}

const now = new Date();
const day = (daysAgo: number) => new Date(new Date(now).setUTCHours(0, 0, 0, 0) - daysAgo * 86_400_000);

describe('the window', () => {
  it.each([
    ['2026-11-30T00:00:00Z', '2026-11-17T00:00:00Z', '2026-12-01T00:00:00Z'],
    ['2026-11-30T23:59:59Z', '2026-11-17T00:00:00Z', '2026-12-01T00:00:00Z'],
    ['2026-03-01T12:00:00Z', '2026-02-16T00:00:00Z', '2026-03-02T00:00:00Z'],
  ])('until %s is the day that has begun and the 13 before', (until, start, next) => {
    const end = new Date(until);
    expect(windowUntil(end)).toEqual({ start: new Date(start), end });
    expect(nextDay(end)).toEqual(new Date(next));
  });
});

describe('metrics', () => {
  it('are named for each key and operation, ReEncrypt for both of its keys', async () => {
    const { organization, account, orders, archive } = world();
    countRequests(account, orders, 'Decrypt', { 0: 1, 3: 1 });
    countReEncrypts(account, orders, archive, { 2: 1 });
    await using simulated = await simulate(organization);
    const metrics = await collect((await readsOf(simulated)).requestMetrics());
    expect(metrics.map(({ uses }) => uses)).toEqual([
      [{ keyArn: arnOf('orders'), operation: 'Decrypt' }],
      [
        { keyArn: arnOf('orders'), operation: 'ReEncryptFrom' },
        { keyArn: arnOf('archive'), operation: 'ReEncryptTo' },
      ],
    ]);
  });

  it('come from all pages, 500 in each', async () => {
    const { organization, account, orders } = world();
    for (let index = 0; index < 1001; index++) countRequests(account, orders, `Operation${index}`, { 1: 1 });
    await using simulated = await simulate(organization);
    expect(await collect((await readsOf(simulated)).requestMetrics())).toHaveLength(1001);
    expect(simulated.simulator.requests.byOperation()).toEqual({ 'cloudwatch:ListMetrics': 3 });
  });

  it.each<[string, Record<string, string>]>([
    ['no key', { Operation: 'Decrypt' }],
    ['no operation', { KeyArn: arnOf('orders') }],
    ['a dimension more', { KeyArn: arnOf('orders'), Operation: 'Decrypt', KeySpec: 'RSA_2048' }],
    ['one key of ReEncrypt', { SourceKeyArn: arnOf('orders'), Operation: 'ReEncrypt' }],
    ['a key of another region', { KeyArn: arnOf('orders', 'us-east-1'), Operation: 'Decrypt' }],
    ['an alias', { KeyArn: `arn:aws:kms:${region}:${accountId}:alias/orders`, Operation: 'Decrypt' }],
    ['no ARN', { KeyArn: 'orders', Operation: 'Decrypt' }],
  ])('with %s fail the listing, once the others are named', async (_, dimensions) => {
    const { organization, account, orders } = world();
    regionOf(account, region).keyRequests.push({ dimensions, daysAgo: 1, count: 1 });
    countRequests(account, orders, 'Decrypt', { 1: 1 });
    await using simulated = await simulate(organization);
    const named: RequestMetric[] = [];
    const list = async () => {
      for await (const page of (await readsOf(simulated)).requestMetrics()) named.push(...page);
    };
    await expect(list()).rejects.toMatchObject({ reason: 'malformed_answer', code: 'foreign_entries' });
    expect(named).toHaveLength(1);
  });

  it('of another name are no answer to the question', async () => {
    const reads = answering({
      Metrics: [{ Namespace: 'AWS/EC2', MetricName: 'CPUUtilization', Dimensions: [] }],
    });
    await expect(collect(reads.requestMetrics())).rejects.toMatchObject({ code: 'another_metric' });
  });
});

describe('requests', () => {
  it('are added up over the days, with the last that had some', async () => {
    const { organization, account, orders, archive } = world();
    countRequests(account, orders, 'Decrypt', { 2: 10, 5: 20, 13: 12, 14: 1000 });
    countRequests(account, orders, 'Encrypt', { 0: 1 });
    countRequests(account, archive, 'Decrypt', { 13: 5 });
    await using simulated = await simulate(organization);
    const reads = await readsOf(simulated);
    const metrics = await collect(reads.requestMetrics());
    expect(await reads.requests(metrics, windowUntil(now))).toEqual([
      { state: 'known', value: { count: 42, lastDay: day(2) } },
      { state: 'known', value: { count: 1, lastDay: day(0) } },
      { state: 'known', value: { count: 5, lastDay: day(13) } },
    ]);
  });

  const id = 'm0';
  const asked = [{ dimensions: [], uses: [] }];
  const complete = { Id: id, Timestamps: [day(1).getTime() / 1000], Values: [3], StatusCode: 'Complete' };
  const result = (more: object) => ({ MetricDataResults: [{ ...complete, ...more }] });
  const three = { state: 'known', value: { count: 3, lastDay: day(1) } };
  const none = { state: 'known', value: { count: 0, lastDay: null } };

  it.each<[string, object, unknown]>([
    ['all of it', result({}), three],
    ['nothing', result({ Timestamps: [], Values: [] }), none],
    ['a zero', result({ Values: [0] }), none],
    ['a number that JSON writes with a fraction of none', result({ Values: [3.0] }), three],
    ['no message', result({ Messages: [] }), three],
  ])('are known by %s', async (_, answer, fact) => {
    const reads = answering(answer);
    expect(await reads.requests(asked, windowUntil(now))).toEqual([fact]);
  });

  it.each<[string, object, string, string]>([
    ['a part', result({ StatusCode: 'PartialData' }), 'service_error', 'PartialData'],
    [
      'an error',
      result({ StatusCode: 'InternalError', Values: [], Timestamps: [] }),
      'service_error',
      'InternalError',
    ],
    ['a status of tomorrow', result({ StatusCode: 'New' }), 'service_error', 'New'],
    ['a refusal', result({ StatusCode: 'Forbidden' }), 'access_denied', 'Forbidden'],
    ['a message on it', result({ Messages: [{ Code: 'c', Value: 'v' }] }), 'service_error', 'Messages'],
    [
      'a message on the call',
      { ...result({}), Messages: [{ Code: 'Maximum', Value: 'exceeded' }] },
      'service_error',
      'Messages',
    ],
    ['another', result({ Id: 'm1' }), 'service_error', 'NoResult'],
    ['no result', { MetricDataResults: [] }, 'service_error', 'NoResult'],
  ])('are unread, never none, by %s', async (_, answer, reason, code) => {
    const reads = answering(answer);
    const [fact] = await reads.requests(asked, windowUntil(now));
    expect(fact).toMatchObject({ state: 'unread', error: { reason, code } });
  });

  it.each<[string, object]>([
    ['fewer values than days', { Values: [] }],
    ['a negative number', { Values: [-1] }],
    ['half a request', { Values: [0.5] }],
    ['a text', { Values: ['3'] }],
    ['no values', { Values: null }],
    ['no days', { Timestamps: null }],
    ['no status', { StatusCode: null }],
    ['a day before the window', { Timestamps: [day(14).getTime() / 1000] }],
    ['a day that has not begun', { Timestamps: [day(-1).getTime() / 1000] }],
  ])('are not told by %s', async (_, more) => {
    const reads = answering(result(more));
    await expect(reads.requests(asked, windowUntil(now))).rejects.toMatchObject({
      reason: 'malformed_answer',
    });
  });

  it('that are told in pages are known when the last of a metric is complete', async () => {
    const first = result({ StatusCode: 'PartialData', Values: [4], Timestamps: [day(0).getTime() / 1000] });
    const reads = answering({ ...first, NextToken: 'more' }, result({}));
    expect(await reads.requests(asked, windowUntil(now))).toEqual([
      { state: 'known', value: { count: 7, lastDay: day(0) } },
    ]);
    const unfinished = answering({ ...result({}), NextToken: 'more' }, result({ StatusCode: 'PartialData' }));
    expect(await unfinished.requests(asked, windowUntil(now))).toMatchObject([
      { error: { code: 'PartialData' } },
    ]);
  });

  it('of which AWS told a part are asked for once more, and only those', async () => {
    const two = [asked[0], asked[0]].flatMap((metric) => metric ?? []);
    const first = {
      MetricDataResults: [
        complete,
        { ...complete, Id: 'm1', StatusCode: 'InternalError', Values: [], Timestamps: [] },
      ],
    };
    const reads = answering(first, result({ Values: [8] }));
    aws.asked.splice(0);
    expect(await reads.requests(two, windowUntil(now))).toMatchObject([
      { value: { count: 3 } },
      { value: { count: 8 } },
    ]);
    const queries = aws.asked.map(({ body }) => (body as { MetricDataQueries: unknown[] }).MetricDataQueries);
    expect(queries.map(({ length }) => length)).toEqual([2, 1]);
  });
});
