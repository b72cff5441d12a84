import { expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import type { Effect } from '../../lab/aws/faults.ts';
import type { SimOrganization } from '../../lab/aws/model.ts';
import { demo } from '../../lab/aws/organizations/demo.ts';
import { demoAccounts } from '../../lab/aws/organizations/demo-accounts.ts';
import { defaultCredentials } from '../../src/aws/settings.ts';
import { accountDetails } from '../../src/enumerate/account-details.ts';
import type { AccountDetails } from '../../src/organization/model.ts';
import { walkOrganization } from '../../src/organization/walk.ts';
import { simulate } from '../aws/simulated.ts';
import { walkSettings } from '../organization/walk-settings.ts';

const { data, compute, legacy, management } = demoAccounts;

interface Denied {
  readonly operation: string;
  readonly resource?: string;
}

/** What is read of each account of an organization, by account, and what Organizations was asked for it. */
async function detailsOf(organization: SimOrganization, denied: readonly Denied[] = []) {
  await using simulated = await simulate(organization);
  const { simulator, aws } = simulated;
  for (const each of denied) simulator.faults.add({ ...each, effect: { kind: 'deny' } satisfies Effect });
  const walk = await walkOrganization(walkSettings({}, { needsOrganizationalUnits: true }), aws);
  const before = { ...simulator.requests.byOperation() };
  const session = await aws.session(defaultCredentials);
  const access = aws.open(session, organization.managementAccountId, 'us-east-1');
  const rootsUnread = walk.errors.find(({ site }) => site.operation === 'organizations:ListRoots') ?? null;
  const read = accountDetails(access, walk.unitNames, rootsUnread);
  const all = await Promise.all(
    walk.accounts.map(async (account) => [account.id, await read(account)] as const),
  );
  access.close();
  const asked = Object.entries(simulator.requests.byOperation())
    .map(([operation, count]) => [operation, count - (before[operation] ?? 0)] as const)
    .filter(([, count]) => count > 0);
  return { details: new Map(all), asked: Object.fromEntries(asked), walk };
}

/** Names and tags; an operation in place of what is unread. */
function told(details: AccountDetails | undefined): unknown[] {
  if (details === undefined) throw new Error('no such account');
  return [details.organizationalUnitNames, details.tags].map((read) => {
    if (read.state === 'known') return read.value;
    return read.state === 'unread' ? `${read.error.site.operation} ${read.error.code}` : read.state;
  });
}

test('names of units come with a listing for each unit that has units, tags with a call for each account', async () => {
  const { details, asked } = await detailsOf(demo());
  expect(told(details.get(compute))).toEqual([
    ['Root', 'workloads', 'production', 'batch'],
    { owner: 'analytics', environment: 'production' },
  ]);
  expect(told(details.get(legacy))).toEqual([['Root', 'workloads'], {}]);
  expect(told(details.get(management))).toEqual([['Root'], {}]);
  // Below the root, workloads and production.
  expect(asked).toEqual({
    'organizations:ListOrganizationalUnitsForParent': 3,
    'organizations:ListTagsForResource': 7,
  });
});

test('where the walk listed the units, their names are known without a further call', async () => {
  const organization = demo();
  organization.answersNoPaths = true;
  const { details, asked } = await detailsOf(organization);
  expect(told(details.get(data))[0]).toEqual(['Root', 'workloads', 'production']);
  expect(asked).toEqual({ 'organizations:ListTagsForResource': 7 });
});

test('tags of more than a page are all read', async () => {
  const organization = newOrganization();
  const tags = new Map(Array.from({ length: 50 }, (_, i) => [`key-${i}`, `${i}`]));
  addAccount(organization, { id: data, tags });
  const { details } = await detailsOf(organization);
  expect(told(details.get(data))[1]).toEqual(Object.fromEntries(tags));
});

test('denied, they are unread and never none', async () => {
  const { details } = await detailsOf(demo(), [
    { operation: 'organizations:ListTagsForResource' },
    { operation: 'organizations:ListOrganizationalUnitsForParent' },
  ]);
  const denied = (name: string) => `organizations:${name} AccessDeniedException`;
  expect(told(details.get(data))).toEqual([
    denied('ListOrganizationalUnitsForParent'),
    denied('ListTagsForResource'),
  ]);
  // The root's name came with the root.
  expect(told(details.get(management))[0]).toEqual(['Root']);
});

test('one account or unit that is denied costs what hangs on it', async () => {
  const { details } = await detailsOf(demo(), [
    { operation: 'organizations:ListTagsForResource', resource: data },
    { operation: 'organizations:ListOrganizationalUnitsForParent', resource: 'ou-demo-prodn001' },
  ]);
  const denied = (name: string) => `organizations:${name} AccessDeniedException`;
  expect(told(details.get(data))).toEqual([
    ['Root', 'workloads', 'production'],
    denied('ListTagsForResource'),
  ]);
  expect(told(details.get(compute))).toEqual([
    denied('ListOrganizationalUnitsForParent'),
    { owner: 'analytics', environment: 'production' },
  ]);
});

test('a root that could not be listed leaves paths without names', async () => {
  const { details } = await detailsOf(demo(), [{ operation: 'organizations:ListRoots' }]);
  expect(told(details.get(data))).toEqual([
    'organizations:ListRoots AccessDeniedException',
    { owner: 'data-platform', environment: 'production' },
  ]);
});
