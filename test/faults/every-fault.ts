import { afterAll, describe, expect, test } from 'vitest';
import type { Effect } from '../../lab/aws/faults.ts';
import { sorts } from '../../src/services/catalogue.ts';
import { callsOf } from '../../src/services/operations.ts';
import { startHarness } from './harness.ts';
import { effects, syncUndisturbed, syncWith, type Undisturbed } from './single-fault.ts';

/** What any-single-fault.integration.test.ts tries by sample: every effect on all calls of each operation of some services. */
export async function testEveryFault(includes: (service: string) => boolean): Promise<void> {
  const harness = await startHarness();
  afterAll(() => harness.close());
  const whole = await syncUndisturbed(harness);
  const operations = whole.operations.filter((operation) => includes(operation.split(':')[0] ?? ''));
  const narrow = new Map<string, Promise<Undisturbed>>();

  /** The same without the fault, of the services that it can strike: two syncs of all of them differ in nothing else. */
  async function undisturbed(operation: string, effect: Effect): Promise<Undisturbed> {
    const services = strikesAll.has(effect.kind) ? [] : callersOf(operation);
    if (services.length === 0) return whole;
    const key = services.join();
    const sync = narrow.get(key) ?? syncUndisturbed(harness, { resource_services: services });
    narrow.set(key, sync);
    return sync;
  }

  describe.each(operations)('every call of %s:', (operation) => {
    test.each(effects.map((effect) => [JSON.stringify(effect), effect] as const))('%s', async (_, effect) => {
      const { fired, broken } = await syncWith(
        { operation, effect },
        harness,
        await undisturbed(operation, effect),
      );
      expect(fired).toBeGreaterThan(0);
      expect(broken).toEqual([]);
    });
  });
}

/** Effects that outlast their request: whatever is asked of the account from then on fails, too. */
const strikesAll: ReadonlySet<Effect['kind']> = new Set([
  'expire_credentials',
  'suspend_account',
  'clock_skew',
]);

/** The services whose resources are read by an operation where the spec does not choose; none where keys, buckets, IAM or accounts are. */
const callersOf = (operation: string): readonly string[] => [
  ...new Set(
    sorts
      .filter((sort) => sort.byDefault && (callsOf(sort) as readonly string[]).includes(operation))
      .map(({ service }) => service),
  ),
];
