import type { Policy } from './policy.ts';
import { contextOf, type Identity, type Membership } from './request.ts';

/** The policies of a user, group or role: those that are part of it, and ARNs of managed ones. */
export interface Attached {
  readonly inline: readonly Policy[];
  readonly attached: readonly string[];
}

/** A user or role as its account's IAM has it. */
export interface IamPrincipal extends Attached {
  readonly kind: 'user' | 'role';
  readonly name: string;
  /** `/`, `/a/`; AWS's own are `/aws-service-role/…` (service-linked) and `/aws-reserved/sso.amazonaws.com/…`. */
  readonly path: string;
  /** `AIDA…`, `AROA…` */
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Names of a user's groups; a role is in none. */
  readonly groups: readonly string[];
  /** ARN of the managed policy that bounds it; null: none does. */
  readonly boundary: string | null;
}

/** All of an account's IAM that decides on requests. */
export interface IamAccount {
  readonly id: string;
  readonly membership: Membership;
  readonly principals: readonly IamPrincipal[];
  readonly groups: Readonly<Record<string, Attached>>;
  /** Managed policies by ARN, AWS's and the account's own. */
  readonly managed: Readonly<Record<string, Policy>>;
}

/** What IAM says of a principal. Its statements are here for `Principal: *`: they name none and are its own. */
export interface Permissions {
  /** Inline, attached, and of all groups. */
  readonly identity: readonly Policy[];
  readonly boundary: Policy | null;
}

export function permissionsOf(account: IamAccount, principal: IamPrincipal): Permissions {
  const managed = (arn: string): Policy => found(account.managed, arn);
  const holders = [principal, ...principal.groups.map((name) => found(account.groups, name))];
  const identity = holders.flatMap(({ inline, attached }) => [...inline, ...attached.map(managed)]);
  const boundary = principal.boundary === null ? null : managed(principal.boundary);
  return { identity: identity.map(itsOwn), boundary: boundary === null ? null : itsOwn(boundary) };
}

function found<T>(all: Readonly<Record<string, T>>, name: string): T {
  const value = all[name];
  if (value === undefined) throw new Error(`the account has no ${name}`);
  return value;
}

const itsOwn = (policy: Policy): Policy => ({
  ...policy,
  Statement: policy.Statement.map((statement) => ({ ...statement, Principal: '*' })),
});

/** @param principal null: the root user */
export const arnOf = ({ id }: IamAccount, principal: IamPrincipal | null): string =>
  principal === null
    ? `arn:aws:iam::${id}:root`
    : `arn:aws:iam::${id}:${principal.kind}${principal.path}${principal.name}`;

/** A principal that calls. @param session the name of a role's session; users have none */
export function callerOf(account: IamAccount, principal: IamPrincipal | null, session: string): Identity {
  return {
    kind: principal?.kind ?? 'root',
    account: account.id,
    membership: account.membership,
    arn: arnOf(account, principal),
    session:
      principal?.kind === 'role'
        ? `arn:aws:sts::${account.id}:assumed-role/${principal.name}/${session}`
        : null,
  };
}

/**
 * What AWS tells of the principal in each of its requests (IAM user guide, "AWS global condition context keys" and
 * "Principal key values" of policy variables, read 2026-11-29). Tags are the principal's own: a session may bring more.
 */
export function contextOfPrincipal(
  account: IamAccount,
  principal: IamPrincipal | null,
  session: string,
): Map<string, readonly string[]> {
  const context = contextOf(callerOf(account, principal, session));
  const id = principal?.id ?? account.id;
  context.set('aws:userid', [principal?.kind === 'role' ? `${id}:${session}` : id]);
  for (const [tag, value] of Object.entries(principal?.tags ?? {}))
    context.set(`aws:principaltag/${tag.toLowerCase()}`, [value]);
  return context;
}
