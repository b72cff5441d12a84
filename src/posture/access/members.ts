import { everything, isEmpty, meet, members, type ValueSet } from '../policy/value-set.ts';
import type { Viewpoint } from './knowledge.ts';

/** What was found before, for each list of members: by the patterns of the accounts. */
const found = new WeakMap<ReadonlySet<string>, Map<string, boolean>>();

/**
 * Whether patterns of accounts leave a member of the organization at all: `9999*` may be nobody's. True, too, where the
 * members are not known, and for accounts by their ids, of which each is looked at by itself.
 */
export function isOneAMember(accounts: ValueSet, { memberAccountIds }: Viewpoint): boolean {
  if (memberAccountIds === null || accounts === everything || members(accounts) !== null) return true;
  const ofMembers = found.get(memberAccountIds) ?? new Map<string, boolean>();
  found.set(memberAccountIds, ofMembers);
  const name = JSON.stringify(accounts);
  let isOne = ofMembers.get(name);
  if (isOne === undefined) {
    isOne = [...memberAccountIds].some((id) => !isEmpty(meet(accounts, [id])));
    ofMembers.set(name, isOne);
  }
  return isOne;
}
