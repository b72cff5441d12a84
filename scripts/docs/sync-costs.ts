import { leastSeconds, regions } from './empty-regions.ts';
import { code, markdownTable } from './markdown.ts';
import {
  type Calls,
  callsOfAccount,
  callsOfBucket,
  callsOfKey,
  callsOfRegion,
  callsOfSync,
  rows,
  rowsOfSync,
} from './sync-calls.ts';

/**
 * USD for a call, at list price in US East (N. Virginia), without any free tier. Whether KMS bills calls that only read
 * metadata is not said: it is assumed here. S3's listings by the price of LIST, which is the dearer one.
 */
const prices: Readonly<Record<string, number>> = {
  kms: 0.03 / 10_000,
  secretsmanager: 0.05 / 10_000,
  sqs: 0.4 / 1_000_000,
  sns: 0.5 / 1_000_000,
  s3: 0.005 / 1_000,
  s3control: 0.005 / 1_000,
};

/** USD for an event that CloudTrail delivers to a further trail, and for one that GuardDuty looks at (first tier). */
const trailEvent = 2 / 100_000;
const guardDutyEvent = 4 / 1_000_000;

/** By `npm run bench accounts` on a quiet machine, 2026-11-30. */
interface Measured {
  /** How many times what the network takes at least. */
  readonly ratio: number;
  /** Peak of the plugin. */
  readonly peakMiB: number;
}
const sizes: Readonly<Record<number, Measured>> = {
  1: { ratio: 4.2, peakMiB: 156 },
  10: { ratio: 1.4, peakMiB: 189 },
  50: { ratio: 1.14, peakMiB: 212 },
  200: { ratio: 1.11, peakMiB: 292 },
  // Beside other work.
  2000: { ratio: 1.23, peakMiB: 440 },
};

/** What a sync of organizations of some sizes takes. */
export function syncCosts(): string {
  const lines = Object.entries(sizes).map(([accounts, measured]) => line(Number(accounts), measured));
  const head = ['Accounts', 'Calls', 'At least', 'Likely', 'AWS bills', 'Further trail', 'GuardDuty', 'Rows'];
  return markdownTable([...head, 'Memory'], lines);
}

function line(accounts: number, { ratio, peakMiB }: Measured): readonly string[] {
  const organization = { accounts, regions, keysPerRegion: 1, buckets: 10 };
  const calls = callsOfSync(organization);
  const count = countOf(calls);
  const least = leastSeconds(count);
  return [
    accounts.toLocaleString('en-US'),
    rounded(count),
    duration(least),
    duration(least * ratio),
    dollars(billed(calls)),
    dollars(count * trailEvent),
    dollars(count * guardDutyEvent),
    rounded(rowsOfSync(organization)),
    `${peakMiB} MiB`,
  ];
}

/** What each thing adds. */
export function whatAddsCalls(): string {
  return markdownTable(
    ['Each', 'Calls', 'Rows', 'Which calls'],
    [
      ['account', callsOfAccount.length + 1, rows.account, ['sts:AssumeRole', ...callsOfAccount]],
      ['region of an account, with nothing in it', callsOfRegion.length, rows.region, null],
      ['KMS key', callsOfKey.length, rows.key, callsOfKey],
      ['bucket', callsOfBucket.length, rows.bucket, callsOfBucket],
    ].map(([thing, calls, added, which]) => [
      String(thing),
      String(calls),
      String(added),
      Array.isArray(which) ? which.map(code).join(', ') : 'see [services](services.md#what-a-choice-costs)',
    ]),
  );
}

const countOf = (calls: Calls): number => [...calls.values()].reduce((sum, times) => sum + times, 0);

function billed(calls: Calls): number {
  return [...calls].reduce((sum, [operation, times]) => {
    const [service = ''] = operation.split(':');
    return sum + times * (prices[service] ?? 0);
  }, 0);
}

/** To three digits. */
const rounded = (count: number): string => Number(count.toPrecision(3)).toLocaleString('en-US');

const dollars = (usd: number): string => (usd < 0.01 ? 'under $0.01' : `$${usd.toFixed(2)}`);

function duration(seconds: number): string {
  if (seconds < 1) return 'under 1 s';
  return seconds < 60 ? `${Math.round(seconds)} s` : `${(seconds / 60).toFixed(1)} min`;
}
