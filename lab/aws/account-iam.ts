import { type Collection, SortedCollection } from './collection.ts';
import { at, type EpochSeconds } from './wire-shapes.ts';

/** What is in an account's IAM, beside its own user and the roles of `SimAccount.roles`, which are in it as well. */
export interface SimIam {
  users: Collection<SimIamUser>;
  groups: Collection<SimIamGroup>;
  roles: Collection<SimIamRole>;
  /** The account's own; AWS's are in `aws-managed-policies.ts`. */
  policies: Collection<SimManagedPolicy>;
}

interface WithPolicies {
  name: string;
  /** `/`, `/team/` */
  path: string;
  created: EpochSeconds;
  /** Name → document, as its author wrote it. */
  inline: Readonly<Record<string, string>>;
  /** ARNs of managed policies. */
  attached: readonly string[];
}

interface WithPermissions extends WithPolicies {
  /** ARN of the managed policy that is its permissions boundary; null: none. */
  boundary: string | null;
  tags: Readonly<Record<string, string>>;
}

export interface SimIamUser extends WithPermissions {
  /** Names. */
  groups: readonly string[];
}

export type SimIamGroup = WithPolicies;

export interface SimIamRole extends WithPermissions {
  trustPolicy: string;
  lastUsed: { at: EpochSeconds; region: string } | null;
}

export interface SimManagedPolicy {
  name: string;
  path: string;
  created: EpochSeconds;
  /** `v1` → document, the oldest first. */
  versions: Readonly<Record<string, string>>;
  defaultVersion: string;
}

export function newIam(): SimIam {
  const byName = <T extends { name: string }>() => new SortedCollection<T>(({ name }) => name);
  return { users: byName(), groups: byName(), roles: byName(), policies: byName() };
}

/** An account, as far as its IAM goes. */
interface Owner {
  readonly id: string;
  readonly iam: SimIam;
}

type Named<T extends { name: string }> = Partial<T> & { name: string };

const withPolicies = { path: '/', created: at('2024-03-01'), inline: {}, attached: [] };
const withPermissions = { ...withPolicies, boundary: null, tags: {} };

export function completeUser(given: Named<SimIamUser>): SimIamUser {
  return { ...withPermissions, groups: [], ...given };
}

/** Trusts EC2 unless told. */
export function completeRole(given: Named<SimIamRole>): SimIamRole {
  return {
    ...withPermissions,
    trustPolicy: trustPolicy({ Service: 'ec2.amazonaws.com' }),
    lastUsed: null,
    ...given,
  };
}

export function addIamUser({ iam }: Owner, given: Named<SimIamUser>): void {
  iam.users.add(completeUser(given));
}

export function addIamGroup({ iam }: Owner, given: Named<SimIamGroup>): void {
  iam.groups.add({ ...withPolicies, ...given });
}

export function addIamRole({ iam }: Owner, given: Named<SimIamRole>): void {
  iam.roles.add(completeRole(given));
}

/** @param versions documents; the last one is in force unless told. @returns its ARN in the partition `aws` */
export function addManagedPolicy(
  { id, iam }: Owner,
  given: Named<SimManagedPolicy>,
  ...versions: readonly string[]
): string {
  const policy = {
    path: '/',
    created: at('2024-03-01'),
    versions: Object.fromEntries(versions.map((document, index) => [`v${index + 1}`, document])),
    defaultVersion: `v${versions.length}`,
    ...given,
  };
  iam.policies.add(policy);
  return `arn:aws:iam::${id}:policy${policy.path}${policy.name}`;
}

/** What a role is trusted with. @param more of the statement */
export function trustPolicy(principal: unknown, more: object = {}): string {
  const statement = { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

/** @param actions of one statement on all resources */
export function identityPolicy(...actions: readonly string[]): string {
  const statement = { Effect: 'Allow', Action: actions, Resource: '*' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
