/** What an account is a member of: null for none. */
export type Membership = {
  readonly organization: string;
  /** `o-…/r-…/ou-…/` */
  readonly path: string;
} | null;

/** Who signs a request. */
export type Caller =
  /** The root user, a user, a session of a role, or a federated user (GetFederationToken). */
  | {
      readonly kind: 'root' | 'user' | 'role' | 'federated';
      readonly account: string;
      readonly membership: Membership;
      /** What `aws:PrincipalArn` says: the role's ARN for a session. */
      readonly arn: string;
      /** `arn:aws:sts::…:assumed-role/role/session`; null for users. */
      readonly session: string | null;
    }
  /** A service that calls as itself, for a resource of an account. */
  | { readonly kind: 'service'; readonly name: string; readonly source: Source | null }
  /** Nobody: an unsigned request. */
  | { readonly kind: 'anonymous' };

export type Identity = Extract<Caller, { kind: 'root' | 'user' | 'role' | 'federated' }>;

/** The resource on whose behalf a service calls. */
export interface Source {
  readonly account: string;
  readonly arn: string;
  readonly membership: Membership;
}

/** Key in lower case → values. A key that the request does not carry is absent. */
export type Context = ReadonlyMap<string, readonly string[]>;

/** One call, as AWS decides on it. */
export interface Request {
  readonly caller: Caller;
  /** `kms:Decrypt` */
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

/**
 * What AWS puts into the context of every request of a caller (IAM user guide, "AWS global condition context keys",
 * Availability of each, read 2026-11-28): the source keys only where a service calls as itself; the organization's
 * only for members; of an anonymous request little more than that it is one.
 */
export function contextOf(caller: Caller): Map<string, readonly string[]> {
  const context = new Map<string, readonly string[]>();
  const set = (key: string, value: string | null | undefined): void => {
    if (value !== null && value !== undefined) context.set(key, [value]);
  };
  if (caller.kind === 'anonymous') {
    set('aws:principalaccount', 'anonymous');
    set('aws:userid', 'anonymous');
    set('aws:principaltype', 'Anonymous');
  } else if (caller.kind === 'service') {
    set('aws:principalisawsservice', 'true');
    set('aws:principalservicename', caller.name);
    set('aws:principalservicenameslist', caller.name);
    set('aws:sourceaccount', caller.source?.account);
    set('aws:sourcearn', caller.source?.arn);
    set('aws:sourceorgid', caller.source?.membership?.organization);
    set('aws:sourceorgpaths', caller.source?.membership?.path);
  } else {
    set('aws:principalaccount', caller.account);
    set('aws:principalarn', caller.arn);
    set(
      'aws:principaltype',
      { root: 'Account', user: 'User', role: 'AssumedRole', federated: 'FederatedUser' }[caller.kind],
    );
    set('aws:principalorgid', caller.membership?.organization);
    set('aws:principalorgpaths', caller.membership?.path);
    set('aws:principalisawsservice', 'false');
    if (caller.kind === 'user') set('aws:username', caller.arn.slice(caller.arn.lastIndexOf('/') + 1));
  }
  return context;
}
