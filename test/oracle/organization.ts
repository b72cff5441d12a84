import type { Policy, Statement } from './policy.ts';
import type { Reading } from './readings.ts';
import type { Request } from './request.ts';
import { decide } from './statement.ts';
import { members, owner } from './world.ts';

/** A policy as an organization attaches it. Those that bind principals name none. */
export interface Attached {
  readonly id: string;
  readonly policy: Policy;
}

/** Policies of one type that are attached to the root and to accounts. */
export interface Tree {
  readonly root: readonly Attached[];
  readonly accounts: Readonly<Record<string, readonly Attached[]>>;
}

/** The organization of the owner. */
export interface Organization {
  /** Under no policy: neither its principals nor its resources. */
  readonly management: string;
  readonly serviceControl: Tree;
  readonly resourceControl: Tree;
}

export const levelsOf = ({ root, accounts }: Tree, account: string): readonly (readonly Attached[])[] => [
  root,
  accounts[account] ?? [],
];

/** All documents, as statements about whoever they bind. */
export const documentsOf = ({ serviceControl, resourceControl }: Organization): readonly Policy[] =>
  [serviceControl, resourceControl]
    .flatMap(({ root, accounts }) => [...root, ...Object.values(accounts).flat()])
    .map(({ policy }) => aboutAll(policy));

const known = new WeakMap<Policy, Policy>();

function aboutAll(policy: Policy): Policy {
  const cached = known.get(policy);
  if (cached !== undefined) return cached;
  const made = {
    ...policy,
    Statement: policy.Statement.map((one): Statement => ({ Principal: '*', ...one })),
  };
  known.set(policy, made);
  return made;
}

/**
 * Whether organization policies let a request to a resource of the owner through (Organizations user guide, "SCP
 * evaluation" and "RCP evaluation", read 2026-11-29): no Deny of a resource control policy at any level of the owner;
 * of the caller's account, where it is a member, an Allow at every level and no Deny at any.
 */
export function permits(organization: Organization, request: Request, reading: Reading): boolean {
  const { management, serviceControl, resourceControl } = organization;
  const { caller } = request;
  const says = (attached: readonly Attached[]) =>
    decide(
      attached.map(({ policy }) => aboutAll(policy)),
      request,
      reading,
    );
  if (owner !== management && levelsOf(resourceControl, owner).some((level) => says(level) === 'denied'))
    return false;
  if (caller.kind === 'service' || caller.kind === 'anonymous') return true;
  const isBound = (members as readonly string[]).includes(caller.account) && caller.account !== management;
  return !isBound || levelsOf(serviceControl, caller.account).every((level) => says(level) === 'allowed');
}
