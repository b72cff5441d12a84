import { afterAll, describe, expect, test } from 'vitest';
import { startHarness } from './harness.ts';
import { effects, syncUndisturbed, syncWith } from './single-fault.ts';

/** What any-single-fault.integration.test.ts tries by sample: every effect on all calls of each operation of some services. */
export async function testEveryFault(includes: (service: string) => boolean): Promise<void> {
  const harness = await startHarness();
  afterAll(() => harness.close());
  const undisturbed = await syncUndisturbed(harness);
  const operations = undisturbed.operations.filter((operation) => includes(operation.split(':')[0] ?? ''));

  describe.each(operations)('every call of %s:', (operation) => {
    test.each(effects.map((effect) => [JSON.stringify(effect), effect] as const))('%s', async (_, effect) => {
      const { fired, broken } = await syncWith({ operation, effect }, harness, undisturbed);
      expect(fired).toBeGreaterThan(0);
      expect(broken).toEqual([]);
    });
  });
}
