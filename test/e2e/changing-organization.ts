import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import type { SimAccount, SimOrganization, SimRegion } from '../../lab/aws/model.ts';
import type { Simulator } from '../../lab/aws/server.ts';
import { addKeys } from './small-organization.ts';

/** Accounts by what happens to each between the first and the second sync. In the third, all but `left` is undone. */
export const accountIds = {
  unchanged: '100000000001',
  /** Its keys and aliases in us-east-1 are deleted, for good. */
  emptied: '100000000002',
  /** Half of its many keys are deleted, for good. */
  halved: '100000000003',
  /** Its role cannot be assumed; meanwhile its key in us-east-1 is deleted. */
  denied: '100000000004',
  /** ListKeys is denied in us-east-1; meanwhile its keys and aliases there are deleted. */
  unlisted: '100000000005',
  /** The policy of its key `guarded` is denied; meanwhile its key `other` is deleted. */
  guarded: '100000000006',
  /** Leaves the organization, for good. */
  left: '100000000007',
  suspended: '100000000008',
  closed: '100000000009',
  /** Disables eu-west-1. */
  disabled: '100000000010',
  /** Is one of the spec's skip_member_accounts. */
  skipped: '100000000011',
} as const;
export type Member = keyof typeof accountIds;

/** Several messages of rows. */
const many = 400;

/** Every account with a key in us-east-1 and one in eu-west-1. */
export function changingOrganization(): SimOrganization {
  const organization = newOrganization();
  for (const [name, id] of Object.entries(accountIds)) {
    const account = addAccount(organization, { id, name });
    addKeys(account, 'us-east-1', 'first');
    addKeys(account, 'eu-west-1', 'second');
  }
  addKeys(accountOf(organization, 'guarded'), 'us-east-1', 'other');
  addKeys(
    accountOf(organization, 'halved'),
    'us-east-1',
    ...Array.from({ length: many }, (_, i) => `many-${i}`),
  );
  return organization;
}

function accountOf(organization: SimOrganization, member: Member): SimAccount {
  const account = organization.accounts.get(accountIds[member]);
  if (account === undefined) throw new Error(`${member} is not in the organization`);
  return account;
}

export const regionOf = (organization: SimOrganization, member: Member, name: string): SimRegion =>
  accountOf(organization, member).regions.get(name) as SimRegion;

/** The id of the key that an alias names. */
const keyId = ({ aliases }: SimRegion, alias: string): string => aliases.get(alias)?.TargetKeyId as string;

/** Lets everything happen. */
export function change({ organization, faults }: Simulator): void {
  const region = (member: Member) => regionOf(organization, member, 'us-east-1');
  for (const member of ['emptied', 'denied', 'unlisted'] as const) empty(region(member));
  const half = [...region('halved').keys].slice(0, many / 2);
  for (const { metadata } of half) region('halved').keys.delete(metadata.KeyId);
  region('guarded').keys.delete(keyId(region('guarded'), 'alias/other'));

  faults.add({ operation: 'sts:AssumeRole', account: accountIds.denied, effect: { kind: 'deny' } });
  const place = { account: accountIds.unlisted, region: 'us-east-1' };
  faults.add({ operation: 'kms:ListKeys', ...place, effect: { kind: 'deny' } });
  const resource = keyId(region('guarded'), 'alias/first');
  faults.add({ operation: 'kms:GetKeyPolicy', resource, effect: { kind: 'deny' } });

  organization.accounts.delete(accountIds.left);
  Object.assign(accountOf(organization, 'suspended'), { state: 'SUSPENDED', status: 'SUSPENDED' });
  Object.assign(accountOf(organization, 'closed'), { state: 'CLOSED', status: 'SUSPENDED' });
  accountOf(organization, 'disabled').enabledRegions.delete('eu-west-1');
}

/** Undoes what can be undone. */
export function recover({ organization, faults }: Simulator): void {
  faults.clear();
  for (const member of ['suspended', 'closed'] as const) {
    Object.assign(accountOf(organization, member), { state: 'ACTIVE', status: 'ACTIVE' });
  }
  accountOf(organization, 'disabled').enabledRegions.add('eu-west-1');
}

/** Deletes every key and alias of a region. */
export function empty({ keys, aliases }: SimRegion): void {
  for (const { metadata } of [...keys]) keys.delete(metadata.KeyId);
  for (const { AliasName } of [...aliases]) aliases.delete(AliasName);
}
