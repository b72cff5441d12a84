import {
  completeRole,
  completeUser,
  identityPolicy,
  type SimIamRole,
  type SimIamUser,
  trustPolicy,
} from '../../account-iam.ts';
import { awsManagedPolicies } from '../../aws-managed-policies.ts';
import { type Collection, SortedCollection } from '../../collection.ts';
import type { SimAccount, SimPrincipal, SimRole } from '../../model.ts';
import type { Output } from '../../protocol/wire.ts';
import type { Call } from '../../service.ts';
import { detailsOf } from './details.ts';

/** An entry, and the list of the answer that it stands in. */
export interface Listed {
  readonly list: 'UserDetailList' | 'GroupDetailList' | 'RoleDetailList' | 'Policies';
  readonly detail: Output;
}

/** Entries of one kind from one source, in the order of their ids. */
export interface Section {
  readonly name: string;
  /** As `Filter` spells it. */
  readonly kind: string;
  readonly list: Listed['list'];
  /** Up to `limit` entries that follow `id`; from the start when it is undefined. */
  after(id: string | undefined, limit: number): readonly { readonly id: string; readonly detail: Output }[];
}

/** Everything in an account's IAM, in the order in which it is answered. */
export function sectionsOf({ world, account }: Call): readonly Section[] {
  const { partition } = world.organization;
  const details = detailsOf(partition, account.id);
  const { users, groups, roles, policies } = account.iam;
  const section = <T extends { name: string }>(
    name: string,
    kind: string,
    list: Listed['list'],
    collection: () => Collection<T>,
    detailOf: (item: T) => Output,
  ): Section => ({
    name,
    kind,
    list,
    after: (id, limit) =>
      collection()
        .after(id, limit)
        .map((item) => ({ id: item.name, detail: detailOf(item) })),
  });
  const attachedOfAws = () => {
    const isUsed = isAttached(account, partition);
    return [...awsManagedPolicies(partition)].flatMap(([arn, policy]) => (isUsed(arn) ? [policy] : []));
  };
  return [
    section('own-user', 'User', 'UserDetailList', () => ownUser(account, partition), details.user),
    section('user', 'User', 'UserDetailList', () => users, details.user),
    section('group', 'Group', 'GroupDetailList', () => groups, details.group),
    section('entered-role', 'Role', 'RoleDetailList', () => enteredRoles(account, partition), details.role),
    section('role', 'Role', 'RoleDetailList', () => roles, details.role),
    section('policy', 'LocalManagedPolicy', 'Policies', () => policies, details.policy),
    section(
      'aws-policy',
      'AWSManagedPolicy',
      'Policies',
      () => new SortedCollection(({ name }) => name, attachedOfAws()),
      details.awsPolicy,
    ),
  ];
}

function ownUser({ user, iam }: SimAccount, partition: string): Collection<SimIamUser> {
  const own = iam.users.has(user.name)
    ? []
    : [completeUser({ name: user.name, ...allowedTo(user, partition) })];
  return new SortedCollection(({ name }) => name, own);
}

/** The roles that STS knows, as far as IAM does not say more of them. */
function enteredRoles({ roles, iam }: SimAccount, partition: string): Collection<SimIamRole> {
  const entered = [...roles.values()].filter(({ name }) => !iam.roles.has(name));
  return new SortedCollection(
    ({ name }) => name,
    entered.map((role) =>
      completeRole({
        name: role.name,
        trustPolicy: trustOf(role, partition),
        ...allowedTo(role, partition),
      }),
    ),
  );
}

/** Where nothing is said of what it may do, it may do everything. */
function allowedTo({ allow }: SimPrincipal, partition: string): Pick<SimIamUser, 'inline' | 'attached'> {
  if (allow === undefined)
    return { inline: {}, attached: [`arn:${partition}:iam::aws:policy/AdministratorAccess`] };
  return { inline: allow.length === 0 ? {} : { allowed: identityPolicy(...allow) }, attached: [] };
}

function trustOf({ trust }: SimRole, partition: string): string {
  const { principals, externalId } = trust;
  const arns = principals.map((each) =>
    /^\d{12}$/.test(each) ? `arn:${partition}:iam::${each}:root` : each,
  );
  const condition = externalId && { Condition: { StringEquals: { 'sts:ExternalId': externalId } } };
  return trustPolicy({ AWS: arns }, condition || {});
}

/** Whether a user, group or role of the account has the policy, or is bounded by it. */
function isAttached(account: SimAccount, partition: string): (arn: string) => boolean {
  const arns = new Set<string | null>();
  const { users, groups, roles } = account.iam;
  for (const each of [
    ...ownUser(account, partition),
    ...users,
    ...enteredRoles(account, partition),
    ...roles,
  ]) {
    for (const arn of each.attached) arns.add(arn);
    arns.add(each.boundary);
  }
  for (const { attached } of groups) for (const arn of attached) arns.add(arn);
  return (arn) => arns.has(arn);
}
