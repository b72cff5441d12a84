import { type Levels, refusedByResourceControl, refusedByServiceControl } from './control-policies.ts';
import { allowsByGrant } from './grant.ts';
import type { Permissions } from './iam-account.ts';
import type { IamReading } from './iam-readings.ts';
import { type Key, policiesOf, servesAcrossAccounts } from './key.ts';
import { allowedAs } from './named-as.ts';
import type { Policy, Statement } from './policy.ts';
import { accountOf } from './principal.ts';
import type { Identity, Request } from './request.ts';
import { decide } from './statement.ts';

/** Everything that decides whether a user, a role or the root user may do something with a key. */
export interface Parties {
  /** Of the caller; null: the root user, who needs none. */
  readonly permissions: Permissions | null;
  readonly key: Key;
  /** SCPs of the caller's account; null: none bind it. */
  readonly service: Levels | null;
  /** RCPs of the key's account; null: none bind it. */
  readonly resource: Levels | null;
}

/** A request of a user, a role's session or the root user. */
export interface IdentityRequest extends Request {
  readonly caller: Identity;
}

/**
 * Whether AWS allows a request on a key, by all policies (IAM user guide, "Policy evaluation logic" for one account and
 * across accounts, "Permissions boundaries"; KMS developer guide, "Key policies" and "Grants"; read 2026-11-29).
 * Session policies are not modelled.
 */
export function isAuthorized(parties: Parties, request: IdentityRequest, reading: IamReading): boolean {
  if (isDenied(parties, request, reading)) return false;
  return request.caller.account === parties.key.owner
    ? isLetInAtHome(parties, request, reading)
    : isLetInFromElsewhere(parties, request, reading);
}

/** An explicit Deny anywhere, an SCP level without an Allow. */
function isDenied(parties: Parties, request: IdentityRequest, reading: IamReading): boolean {
  const { permissions, key, service, resource } = parties;
  const boundary = permissions?.boundary ?? null;
  const ofKey = policiesOf(key).map((policy) => (boundary === null ? policy : sparingNobody(policy)));
  const ofCaller = [...(permissions?.identity ?? []), ...(boundary === null ? [] : [boundary])];
  return (
    decide([...ofKey, ...ofCaller], request, reading) === 'denied' ||
    refusedByServiceControl(service, request, reading) !== null ||
    refusedByResourceControl(resource, request, reading, key.manager === 'AWS') !== null
  );
}

/**
 * "The NotPrincipal element with a Deny effect will always deny any IAM principal that has a permissions boundary
 * policy attached, regardless of the values specified in the NotPrincipal element" (IAM user guide, "Permissions
 * boundaries", read 2026-11-29).
 */
export function sparingNobody(policy: Policy): Policy {
  const everybody = ({ NotPrincipal, ...rest }: Statement): Statement =>
    NotPrincipal === undefined || rest.Effect === 'Allow'
      ? { ...rest, ...(NotPrincipal && { NotPrincipal }) }
      : { ...rest, Principal: '*' };
  return { ...policy, Statement: policy.Statement.map(everybody) };
}

/** What a silent boundary leaves: identity policies are capped by it, and some of what a key gives. */
function isWithinBoundary({ permissions }: Parties, request: Request, reading: IamReading): boolean {
  const boundary = permissions?.boundary ?? null;
  return boundary === null || decide([boundary], request, reading) === 'allowed';
}

/** Whether the caller's own IAM allows: an identity policy, within the boundary. */
const allowsByIam = (parties: Parties, request: Request, reading: IamReading): boolean =>
  parties.permissions === null ||
  (decide(parties.permissions.identity, request, reading) === 'allowed' &&
    isWithinBoundary(parties, request, reading));

/**
 * In the key's own account. The account as a principal only delegates to IAM. Whoever is named otherwise needs no IAM;
 * a boundary caps what a role's ARN is given, and not what a user's or a session's is, nor `*` with `aws:PrincipalArn`.
 */
function isLetInAtHome(parties: Parties, request: IdentityRequest, reading: IamReading): boolean {
  const as = allowedAs(policiesOf(parties.key), request, reading);
  if (as.has('user') || as.has('session') || as.has('anyone_by_arn')) return true;
  const within = isWithinBoundary(parties, request, reading);
  if (as.has('role') && within) return true;
  if (as.has('anyone') && (within || !reading.boundaryCapsAnyone)) return true;
  const iam = allowsByIam(parties, request, reading);
  if (as.has('account') && iam) return true;
  return grantedTo(parties, request, reading).some((whom) =>
    whom === 'account' ? iam || !reading.grantsNeedIam : within || !reading.boundaryCapsGrants,
  );
}

/** In another account: the key's side and the caller's own must both allow. */
function isLetInFromElsewhere(parties: Parties, request: IdentityRequest, reading: IamReading): boolean {
  const { key } = parties;
  if (!servesAcrossAccounts(key, request.action)) return false;
  const iam = allowsByIam(parties, request, reading);
  if (iam && allowedAs(policiesOf(key), request, reading).size > 0) return true;
  return (iam || !reading.grantsNeedIam) && grantedTo(parties, request, reading).length > 0;
}

/** Whether grants that allow the request name the caller itself or its account. */
const grantedTo = ({ key }: Parties, request: Request, reading: IamReading): ('itself' | 'account')[] =>
  key.grants
    .filter((grant) => allowsByGrant(grant, request, reading))
    .map(({ GranteePrincipal = '' }) => (accountOf(GranteePrincipal) === null ? 'itself' : 'account'));
