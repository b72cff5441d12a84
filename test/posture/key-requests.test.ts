import { expect, it } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import { known, unread } from '../../src/aws/fact.ts';
import { KeySums } from '../../src/posture/key-requests.ts';
import type { RequestMetric } from '../../src/services/cloudwatch/facts.ts';

const account = '222222222222';
const arnOf = (name: string, of = account) => `arn:aws:kms:eu-west-1:${of}:key/${name}`;
const metric = (...uses: readonly (readonly [name: string, operation: string])[]): RequestMetric => ({
  dimensions: [],
  uses: uses.map(([name, operation]) => ({ keyArn: arnOf(name), operation })),
});
const day = (date: string) => new Date(`2026-11-${date}T00:00:00Z`);
const requests = (count: number, date: string) => known({ count, lastDay: day(date) });
const site = { operation: 'cloudwatch:GetMetricData', accountId: account, region: 'eu-west-1' };
const failed = unread(new AwsError('service_error', 'PartialData', site));

it('a sum of which a part is unread is none: it would be too low', () => {
  const sums = new KeySums();
  sums.add(metric(['old', 'ReEncryptFrom'], ['one', 'ReEncryptTo']), requests(3, '20'));
  sums.add(metric(['old', 'ReEncryptFrom'], ['two', 'ReEncryptTo']), failed);
  expect([...sums.ofAccount(account)]).toEqual([
    { keyArn: arnOf('one'), keyId: 'one', operation: 'ReEncryptTo', count: 3, lastDay: day('20') },
  ]);
});

it('the last day is the last of all, whatever comes first', () => {
  const sums = new KeySums();
  for (const date of ['20', '25', '22']) sums.add(metric(['old', 'ReEncryptFrom']), requests(1, date));
  expect([...sums.ofAccount(account)]).toMatchObject([{ count: 3, lastDay: day('25') }]);
});

it('nothing is no row', () => {
  const sums = new KeySums();
  sums.add(metric(['unused', 'Decrypt']), known({ count: 0, lastDay: null }));
  expect([...sums.ofAccount(account)]).toEqual([]);
});

it('what is told of keys of other accounts is theirs', () => {
  const sums = new KeySums();
  sums.add(
    { dimensions: [], uses: [{ keyArn: arnOf('theirs', '333333333333'), operation: 'Decrypt' }] },
    requests(1, '20'),
  );
  expect([...sums.ofAccount(account)]).toEqual([]);
});

it('where not all metrics were named, only what a single one counts is told', () => {
  const sums = new KeySums();
  sums.add(metric(['old', 'ReEncryptFrom'], ['one', 'ReEncryptTo']), requests(3, '20'));
  sums.add(metric(['old', 'Decrypt']), requests(1, '20'));
  sums.missMetrics();
  expect([...sums.ofAccount(account)]).toMatchObject([{ keyId: 'old', operation: 'Decrypt', count: 1 }]);
});
