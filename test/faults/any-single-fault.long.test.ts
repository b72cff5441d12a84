import { afterAll, describe, expect, test } from 'vitest';
import { startHarness } from './harness.ts';
import { effects, syncUndisturbed, syncWith } from './single-fault.ts';

const harness = await startHarness();
afterAll(() => harness.close());
const undisturbed = await syncUndisturbed(harness);

/** The same as in any-single-fault.test.ts, for every operation and every effect instead of a sample. */
describe.each(undisturbed.operations)('every call of %s:', (operation) => {
  test.each(effects.map((effect) => [JSON.stringify(effect), effect] as const))('%s', async (_, effect) => {
    const { fired, broken } = await syncWith({ operation, effect }, harness, undisturbed);
    expect(fired).toBeGreaterThan(0);
    expect(broken).toEqual([]);
  });
});
