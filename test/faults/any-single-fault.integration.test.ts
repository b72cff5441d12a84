import { afterAll, expect, test } from 'vitest';
import fc from '../random.ts';
import { startHarness } from './harness.ts';
import { compute, data, management } from './organization.ts';
import { effects, syncUndisturbed, syncWith } from './single-fault.ts';

const harness = await startHarness();
afterAll(() => harness.close());
const undisturbed = await syncUndisturbed(harness);

/** Anything from one call to all of them: `nth`, one account, one region, or everything. */
const fault = fc.record(
  {
    operation: fc.constantFrom(...undisturbed.operations),
    effect: fc.constantFrom(...effects),
    account: fc.constantFrom(management, data, compute),
    region: fc.constantFrom('us-east-1', 'eu-west-1'),
    nth: fc.integer({ min: 1, max: 3 }),
  },
  { requiredKeys: ['operation', 'effect'] },
);

test('whatever fails, nothing is lost in silence: rows, coverage, errors and log agree, and no secret is told', async () => {
  await fc.assert(
    fc.asyncProperty(fault, async (one) => {
      const { broken } = await syncWith(one, harness, undisturbed);
      expect(broken).toEqual([]);
    }),
    { numRuns: 40, endOnFailure: true },
  );
});
