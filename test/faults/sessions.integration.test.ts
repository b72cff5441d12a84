import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../../lab/aws/faults.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import { type FaultCase, testCases } from './cases.ts';
import { differenceLines } from './differences.ts';
import { type Harness, startHarness } from './harness.ts';
import { coverageLines } from './lines.ts';
import { data, org, organization } from './organization.ts';
import { brokenPromises } from './promises.ts';
import { leaks } from './secrets.ts';

const expire = {
  account: data,
  operation: 'kms:GetKeyPolicy',
  nth: 2,
  effect: { kind: 'expire_credentials' },
} as const;
const minutes = 60_000;

const recovering: FaultCase[] = [
  {
    name: 'credentials expire in the middle: the role is assumed once more, and nothing is lost',
    faults: [expire],
    rows: [],
    coverage: [],
  },
  {
    name: "this machine's clock is ten minutes behind: AWS says by how much, and nothing is lost",
    faults: [{ effect: { kind: 'clock_skew', ms: 10 * minutes } }],
    rows: [],
    coverage: [],
  },
  {
    name: "this machine's clock is twenty minutes ahead, which S3 minds, too",
    faults: [{ effect: { kind: 'clock_skew', ms: -20 * minutes } }],
    rows: [],
    coverage: [],
  },
];
testCases(recovering);

/** Which reads had been answered before is chance; what is said of the others is not. */
describe('an account that can no longer be read, from the middle of the sync on', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  test.each<[name: string, faults: readonly Fault[], coverage: RegExp]>([
    [
      'credentials expire, and the role is denied when it is assumed again',
      [expire, { account: data, operation: 'sts:AssumeRole', nth: 2, effect: { kind: 'deny' } }],
      /^(data|compute) \S+ [\w*]+: (partial|failed) assume_role_denied, sts:AssumeRole AccessDenied × \d+$/,
    ],
    [
      'the account is suspended',
      [{ account: data, operation: 'kms:GetKeyPolicy', nth: 1, effect: { kind: 'suspend_account' } }],
      /^(data|compute) \S+ [\w*]+: (partial|failed) account_inactive(, [\w-]+:\w+ (SubscriptionRequiredException|NotSignedUp|OptInRequired) × \d+)+$/,
    ],
  ])('%s', async (_name, faults, said) => {
    const made = organization();
    const aws = await startSimulator(made, { keepRequests: true });
    const undisturbed = await harness.sync(aws, { org });
    const active = faults.map((fault) => aws.faults.add(fault));
    const seen = await harness.sync(aws, { org });
    await aws.close();

    expect(active.map(({ fired }) => fired)).toEqual(faults.map(() => 1));
    expect(seen.status).toBe('OK');
    expect(brokenPromises(undisturbed, seen)).toEqual([]);
    expect(leaks(seen, aws)).toEqual([]);
    // Other accounts lose nothing but what they know of this one's keys.
    const outside = differenceLines(undisturbed, seen, made).filter((line) => !line.startsWith('data'));
    expect(outside.map((line) => line.split(':')[0])).toEqual(
      outside.length === 0 ? [] : ['compute us-east-1 s3_buckets app-artifacts'],
    );
    const lines = coverageLines(seen, made);
    expect(lines).not.toEqual([]);
    for (const line of lines) expect(line).toMatch(said);
  });
});
