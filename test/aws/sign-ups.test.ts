import { describe, expect, it } from 'vitest';
import { newOrganization } from '../../lab/aws/build.ts';
import type { Fault } from '../../lab/aws/faults.ts';
import { collect } from '../../src/aws/paging.ts';
import { kmsReads } from '../../src/services/kms/calls.ts';
import { simulate } from './simulated.ts';

const accountId = '111111111111';
const regions = Array.from({ length: 20 }, (_, i) => `xx-test-${i + 1}`);
const first = 'xx-test-1';
const effect = { kind: 'not_signed_up' } as const;
const notSignedUp = { reason: 'account_inactive', code: 'SubscriptionRequiredException' };

/** Keys and then aliases of all regions, so many requests at a time. */
async function readKms(concurrency: number, faults: readonly Fault[]) {
  const organization = newOrganization({ regions: regions.map((name) => ({ name, optIn: false })) });
  await using simulated = await simulate(organization, {}, { concurrency });
  for (const fault of faults) simulated.simulator.faults.add(fault);
  const session = await simulated.aws.session(simulated.as(accountId));
  const readRegion = async (region: string) => {
    const access = simulated.aws.open(session, accountId, region);
    const kms = kmsReads(access);
    const keys = await collect(kms.listKeys()).catch((error) => error);
    const aliases = await collect(kms.listAliases()).catch((error) => error);
    return { region, keys, aliases, requests: access.counts.requests };
  };
  const read = await Promise.all(regions.map(readRegion));
  return { read, requests: simulated.simulator.requests.count() };
}

describe('an account that never signed up for a service', () => {
  it.each([1, 4])('is asked in two regions and what is in flight meanwhile: %d at a time', async (atOnce) => {
    const { read, requests } = await readKms(atOnce, [{ operation: 'kms:*', effect }]);
    expect(requests).toBeGreaterThanOrEqual(2);
    // Whoever takes the slot of the second refusal is on its way before that is understood.
    expect(requests).toBeLessThanOrEqual(2 + atOnce);
    for (const { region, keys, aliases } of read) {
      expect(keys).toMatchObject({ ...notSignedUp, site: { operation: 'kms:ListKeys', accountId, region } });
      expect(aliases).toMatchObject({ ...notSignedUp, site: { operation: 'kms:ListAliases', region } });
    }
    expect(read.reduce((sum, one) => sum + one.requests, 0)).toBe(requests);
    const last = read.at(-1);
    expect([last?.requests, last?.keys.message]).toEqual([
      0,
      expect.stringMatching(
        /needs a subscription .*\(said of the account in xx-test-1 and xx-test-\d; not asked/,
      ),
    ]);
  });

  it('is another thing than a region in which it does not serve: the others are read', async () => {
    const { read } = await readKms(1, [{ operation: 'kms:*', region: first, effect }]);
    for (const { region, keys, aliases } of read) {
      if (region === first) expect([keys, aliases]).toMatchObject([notSignedUp, notSignedUp]);
      else expect([keys, aliases]).toEqual([[], []]);
    }
  });

  it('is not one that was answered in any region, whatever others say', async () => {
    const { read, requests } = await readKms(1, [
      { operation: 'kms:ListKeys', region: first, nth: 2, effect },
      ...regions.slice(1).map((region) => ({ operation: 'kms:*', region, effect })),
    ]);
    expect(read[0]).toMatchObject({ keys: [], aliases: [] });
    // Each region was asked for both.
    expect(requests).toBe(2 * regions.length);
  });
});
