import { AwsError } from '../aws/error.ts';
import { type Fact, known, notAsked, readFact, unread } from '../aws/fact.ts';
import type { ScopeAccess } from '../aws/scope-access.ts';
import type { Account, AccountDetails } from '../organization/model.ts';
import type { UnitNames } from '../organization/unit-tree.ts';
import { organizationsCalls } from '../services/organizations/calls.ts';
import type { Unit } from '../services/organizations/facts.ts';
import { organizationTags } from '../services/organizations/tags.ts';

const listing = 'organizations:ListOrganizationalUnitsForParent';

/** What tells of accounts beside what they were listed with: nothing waits for it but their own rows. */
export type ReadDetails = (account: Account) => Promise<AccountDetails>;

/**
 * The tags of each account, one call for each, and the names of the units above it: a listing of what is below each
 * root and unit that has units on some path, once for all accounts. (DescribeOrganizationalUnit would be a call for each
 * unit, two a second, and a permission more.)
 * @param namesBefore those that are known
 * @param rootsUnread why the names of roots are not
 */
export function accountDetails(
  access: ScopeAccess,
  namesBefore: UnitNames,
  rootsUnread: AwsError | null,
): ReadDetails {
  const units = organizationsCalls(access);
  const tags = organizationTags(access);
  const below = new Map<string, Promise<Fact<readonly Unit[]>>>();
  const unitsBelow = (parentId: string) => {
    const asked = below.get(parentId) ?? readFact(units.listOrganizationalUnits(parentId));
    below.set(parentId, asked);
    return asked;
  };

  const nameOf = async (id: string, parentId: string | undefined): Promise<Fact<string>> => {
    const before = namesBefore.get(id);
    if (before !== undefined) return before === null ? unread(nameless(access, id)) : known(before);
    if (parentId === undefined) return unread(rootsUnread ?? nameless(access, id));
    const listed = await unitsBelow(parentId);
    if (listed.state !== 'known') return listed;
    const found = listed.value.find((unit) => unit.id === id);
    return typeof found?.name === 'string' ? known(found.name) : unread(nameless(access, id));
  };

  const pathOf = async ({ organizationalUnits: ids }: Account): Promise<Fact<readonly string[]>> => {
    if (ids === null) return notAsked;
    const names = await Promise.all(ids.map((id, index) => nameOf(id, ids[index - 1])));
    const missing = names.find((name) => name.state === 'unread');
    if (missing !== undefined) return missing;
    return known(names.flatMap((name) => (name.state === 'known' ? [name.value] : [])));
  };

  return async (account) => {
    const [organizationalUnitNames, ofAccount] = await Promise.all([
      pathOf(account),
      readFact(tags.ofAccount(account.id)),
    ]);
    return { organizationalUnitNames, tags: ofAccount };
  };
}

/** It was moved or deleted since the accounts were listed, or AWS's answer lacks its name. */
function nameless(access: ScopeAccess, id: string): AwsError {
  const operation = id.startsWith('r-') ? 'organizations:ListRoots' : listing;
  const detail = `the answer lacks ${id}, or its name: it may have been moved or deleted meanwhile`;
  return new AwsError('malformed_answer', 'incomplete_answer', access.site(operation), detail);
}
