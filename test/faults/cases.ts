import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fault } from '../../lab/aws/faults.ts';
import type { SimOrganization } from '../../lab/aws/model.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import type { Row } from '../e2e/rows.ts';
import { differenceLines } from './differences.ts';
import { type Harness, type Seen, startHarness } from './harness.ts';
import { coverageLines } from './lines.ts';
import { org, organization } from './organization.ts';
import { brokenPromises } from './promises.ts';
import { leaks } from './secrets.ts';

/** One line of the fault matrix: what goes wrong, and everything that this may change. */
export interface FaultCase {
  readonly name: string;
  readonly faults?: readonly Fault[];
  /** Changes the organization before both syncs, the undisturbed one too. */
  readonly arrange?: (organization: SimOrganization) => void;
  /** Changes it between the two: the world is not what it was. */
  readonly disturb?: (organization: SimOrganization) => void;
  readonly spec?: Row;
  /** Every difference from an undisturbed sync, in the form of `differenceLines`. All other rows are the same. */
  readonly rows: readonly string[];
  /** Every line of coverage that is not `complete`, in the form of `coverageLines`. */
  readonly coverage: readonly string[];
}

/**
 * A test for each case: one sync without faults, one with them, and what the case says of the difference. Every case
 * also keeps the promises of `brokenPromises`, ends OK, and tells no secret.
 */
export function testCases(cases: readonly FaultCase[]): void {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());
  // Cases that arrange and spec the same differ by their faults only.
  const baselines = new Map<string, Seen>();

  test.each(cases)('$name', async ({ faults = [], arrange, disturb, spec = { org }, rows, coverage }) => {
    const made = organization();
    arrange?.(made);
    const aws = await startSimulator(made, { keepRequests: true, verifySignatures: true });
    try {
      const setting = `${arrange} ${JSON.stringify(spec)}`;
      const undisturbed = baselines.get(setting) ?? (await harness.sync(aws, spec));
      baselines.set(setting, undisturbed);
      expect(notComplete(undisturbed)).toEqual([]);
      disturb?.(made);
      const active = faults.map((fault) => aws.faults.add(fault));
      const seen = await harness.sync(aws, spec);
      expect({
        status: seen.status,
        rows: differenceLines(undisturbed, seen, made),
        coverage: coverageLines(seen, made),
        brokenPromises: brokenPromises(undisturbed, seen),
        leaks: leaks(seen, aws),
      }).toEqual({
        status: 'OK',
        rows: rows.toSorted(),
        coverage: coverage.toSorted(),
        brokenPromises: [],
        leaks: [],
      });
      expect(active.filter(({ fired }) => fired === 0)).toEqual([]);
    } finally {
      await aws.close();
    }
  });
}

/** The tables that are empty in a region whose keys cannot be listed. */
const tablesOfKeys = [
  'keys',
  'key_access',
  'key_policies',
  'key_grants',
  'key_principals',
  'key_rotations',
  'key_last_usage',
  'key_metrics',
  'foreign_keys',
];

/** Lines of coverage of one place that say the same of several tables. */
export const ofTables = (place: string, tables: readonly string[], rest: string): string[] =>
  tables.map((table) => `${place} ${table}: ${rest}`);

/** Lines of coverage where ListKeys failed, or was cut short. */
export const ofKeys = (place: string, rest: string): string[] => ofTables(place, tablesOfKeys, rest);

/** What is left out on purpose aside. */
const notComplete = ({ rows }: Seen) =>
  (rows.coverage ?? []).filter(({ status }) => status !== 'complete' && status !== 'skipped');
