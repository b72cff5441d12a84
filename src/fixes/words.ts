import type { Replaced } from './replaced.ts';
import { type KeyUse, namedAtMost, type UsesOfKey } from './uses-of-keys.ts';

/** What no sync reads, as `never_read` of the view key_blast_radius has it at length. */
const neverRead =
  'objects under keys of their own, older data, ciphertext that applications made, backups elsewhere';

const unread = (notSeen: readonly string[]): string =>
  notSeen.length === 0
    ? `and what no sync reads: ${neverRead}`
    : `and whatever was not read: ${notSeen.join('; ')}; and what no sync reads: ${neverRead}`;

/** Where the views do not tell. */
export const notKnown =
  'not known what: the views key_uses and keys_seen are missing, or may not be read (verb `views`)';

/** What comes back with a key, a line each, beside what the fix is for. @param resource null: for nothing in particular */
export function openedBeside(
  resource: string | null,
  { count, first, own, notSeen }: UsesOfKey,
): readonly string[] {
  const others = count - (resource === null ? 0 : (own[resource]?.length ?? 0));
  const named = first.filter(({ used_by_arn }) => resource === null || used_by_arn !== resource);
  return [
    others === 0 ? 'nothing else that was read' : '',
    ...named.slice(0, namedAtMost).map(useText),
    moreThan(others, named),
    unread(notSeen),
  ].filter((line) => line !== '');
}

/** What else is other, and what is not, once a resource is under a new key, a line each. */
export function changedBeside(
  resource: string,
  { copiesTo, copiesFrom }: Replaced,
  underOld: readonly UsesOfKey[],
): readonly string[] {
  const own = underOld.flatMap((uses) => uses.own[resource] ?? []);
  const notSeen = [...new Set(underOld.flatMap((uses) => uses.notSeen))];
  const grants = own.filter(({ use_kind }) => use_kind === 'grant');
  const staying = underOld.flatMap(({ first }) =>
    first.filter(({ used_by_arn }) => used_by_arn !== resource),
  );
  const others = underOld.reduce((sum, { count }) => sum + count, 0) - own.length;
  return [
    ...grants.map((use) => `not on the new key: ${useText(use)}`),
    ...copiesTo.map((bucket) => `replication to ${bucket}: its role needs kms:Decrypt on the new key`),
    ...copiesFrom.map(
      ({ bucket, key }) => `replication from ${bucket}: its rule goes on to write under ${key}`,
    ),
    ...staying.slice(0, namedAtMost).map((use) => `stays under the old key: ${useText(use)}`),
    others > namedAtMost ? `stays under the old key: ${moreThan(others, staying)}` : '',
    underOld.length === 0
      ? 'not known what stays under the old key: it was not read which it is'
      : unread(notSeen),
  ].filter((line) => line !== '');
}

const moreThan = (count: number, named: readonly KeyUse[]): string => {
  const more = count - Math.min(named.length, namedAtMost);
  return more > 0 ? `and ${more} more: the view key_uses and the verb uses have all` : '';
};

function useText({ use_kind, used_by_account_id, service, resource_type, used_by_arn }: KeyUse): string {
  const account = `account ${used_by_account_id ?? 'unknown'}`;
  switch (use_kind) {
    case 'grant':
      return `grants for ${used_by_arn ?? service ?? 'a principal'} of ${account}`;
    case 'ram':
      return `${used_by_account_id === null ? 'an organization' : account}, with which AWS RAM shares the key`;
    case 'replication':
      return `copies that bucket ${used_by_arn} of ${account} replicates`;
    default:
      return `${resource_type.replaceAll('_', ' ')} ${used_by_arn ?? `of ${service}`} of ${account}`;
  }
}
