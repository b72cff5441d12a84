import { takenAway } from './apply-fix.ts';
import type { FixedKey } from './arbitrary-fix-worlds.ts';
import { isOutside } from './compare-key.ts';
import { sharingByProduct } from './product.ts';
import { keyFix } from './product-fix.ts';
import { letInBetween } from './sharing.ts';
import { members, owner } from './world.ts';

const isMember = (id: string): boolean => (members as readonly string[]).includes(id);

/** What is wrong with what the product proposes to take away of a key, a sentence each. */
export function wrongTakingAwayOfKey(world: FixedKey): readonly string[] {
  const { key } = world;
  const fixes = keyFix(world) ?? [];
  if (
    fixes.length === 0 ||
    fixes.some(({ steps }) => steps.some(({ kind }) => kind === 'end_resource_share'))
  )
    return [];
  const after = takenAway(key, fixes);
  const sharing = sharingByProduct(after);
  const is = letInBetween(after);
  // Before, it is asked of members, who may lose it, and of whoever is let in afterwards.
  const was = letInBetween(key, null, [
    ...new Set([...members.filter((id) => id !== owner), ...is.may.map(({ account }) => account)]),
  ]);
  const loses = fixes.some(({ steps }) => steps.some(({ why }) => why.includes('loses it')));
  const lost = was.must.filter(
    (one) => !isOutside(one) && !is.must.some(({ account }) => account === one.account),
  );
  return [
    ...(sharing.sharing === 'external' || sharing.sharing === 'public'
      ? [`a key is still ${sharing.sharing}`]
      : []),
    ...(sharing.sharedAccountIds ?? [])
      .filter((id) => !isMember(id))
      .map((id) => `account ${id} still shares a key`),
    ...is.must.filter(isOutside).map(({ account }) => `the oracle still lets in ${account}`),
    ...(loses ? [] : lost.map(({ account }) => `member ${account} loses a key, and nobody said so`)),
    ...is.may
      .filter(({ account }) => !was.may.some((one) => one.account === account))
      .map(({ account }) => `account ${account} gains a key`),
  ];
}
