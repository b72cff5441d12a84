import { isAccountId } from '../../aws/arn.ts';
import type { ActionSet } from '../policy/action.ts';
import type { Condition } from '../policy/condition.ts';
import type { ServiceGrammar } from '../policy/grammar.ts';
import { ABSENT, conjuncts, covers, isLiteral, likePattern } from '../policy/pattern.ts';
import type { Principal } from '../policy/principal.ts';
import { everything, intersection, isEmpty, isSame, meet, type ValueSet } from '../policy/value-set.ts';
import type { JudgedCaller } from './caller.ts';
import { organizationsOf, type Viewpoint } from './knowledge.ts';
import { isOneAMember } from './members.ts';

/**
 * Who makes the request:
 * - `identity`: a user, role or session of some account;
 * - `service`: an AWS service by its service principal, on behalf of a source account and resource;
 * - `anonymous`: nobody signed it.
 */
export type Caller = 'identity' | 'service' | 'anonymous';

/**
 * A set of requests that one statement or grant lets in. Each property is a set of values, and a request is in
 * the admission when every property is in its set and the conditions left over hold. One statement can yield
 * several; all functions here over-approximate: they never lose a request that AWS would let in.
 */
export interface Admission {
  readonly caller: Caller;
  /** The principal of the statement or grant that it comes from. */
  readonly principal: Principal;
  /** The caller's account; for services the source account. */
  readonly accounts: ValueSet;
  /** The organization of that account; absent for an account that is in none. */
  readonly organizations: ValueSet;
  /** aws:PrincipalArn; for services aws:SourceArn. */
  readonly arns: ValueSet;
  /** For services the service principal; for identities the service through which they come, absent if direct. */
  readonly services: ValueSet;
  /** The account whose access point is used; absent without one. */
  readonly delegates: ValueSet;
  /** What inside the resource is reached: object ARNs of a bucket. */
  readonly contents: ValueSet;
  /** Set when only one session of a role is let in. */
  readonly session: Principal['session'];
  readonly actions: ActionSet;
  /** An action as the policy writes it that nobody knows: `actions` is what it may be. Null: all are known. */
  readonly unknownAction: string | null;
  /** The only encryption context keys (lower case) that its requests to a key may have; absent: any. */
  readonly contextKeys?: readonly string[];
  /** Conditions that cannot be decided from the document. */
  readonly leftover: readonly Condition[];
  /** Other reasons, one phrase each, why the admission may not hold. */
  readonly doubts: readonly string[];
  /** The access point whose policy was held against the resource's; absent: no access point that was read. */
  readonly through?: Through;
}

/** The access point that requests come through. */
export interface Through {
  readonly arn: string;
  /** Whose it is. */
  readonly accountId: string;
  /** Whether Block Public Access keeps them out, the resource's own included; null: not known. */
  readonly blocked: boolean | null;
}

/** The properties of an admission that are sets of values. */
export type Dimension = 'accounts' | 'organizations' | 'arns' | 'services' | 'delegates' | 'contents';

/** The resource that carries the policy, and from where it is looked at. */
export interface ResourceContext {
  readonly grammar: ServiceGrammar;
  readonly arn: string;
  readonly partition: string;
  readonly viewpoint: Viewpoint;
  /** The owner's canonical user id, where known (S3). */
  readonly ownCanonicalId: string | null;
  /** Set when one request is judged rather than all. */
  readonly request: RequestFacts | null;
  /** Pattern of what inside the resource the requests are for: all objects of a bucket; absent: any of it. */
  readonly contents?: string;
  /** What is inside the resource is encrypted by KMS, which binds the requests for it (S3: TLS). */
  readonly underKms?: boolean;
  /** The region that the requests are made in; absent: conditions on it are left over. */
  readonly region?: string;
  /** The resource's tags by their keys; absent: not known. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Set when only requests for data that a service makes for the caller are judged, or only the caller's own. */
  readonly isViaService?: boolean;
  /** Set when only requests through one access point are judged, or, null, only those through none. */
  readonly accessPoint?: AccessPointUsed | null;
  /** Set when only requests of one account or principal are judged: what policy variables stand for. */
  readonly caller?: JudgedCaller;
}

/** What requests tell of the access point that they come through. */
export interface AccessPointUsed {
  readonly arn: string;
  readonly accountId: string;
  /**
   * `Internet`, `VPC`; null of a multi-Region one, which answers the internet and VPCs (S3 user guide, "Multi-Region
   * Access Points", read 2026-11-29): what it tells conditions, AWS does not say.
   */
  readonly networkOrigin: string | null;
}

/** What is known of the request to a key. */
export interface RequestFacts {
  /** `s3.eu-west-1.amazonaws.com` when a service calls KMS for the caller; null for a direct call. */
  readonly viaService: string | null;
  /** Encryption context key → pattern of its value (see `pattern.ts`). */
  readonly encryptionContext: Readonly<Record<string, string>>;
  /** The encryption context key that tells what inside the resource is reached, where one does. */
  readonly contents?: string;
}

/** Narrows one property; null when no request is left. */
export function narrowed(
  admission: Admission,
  dimension: Dimension,
  set: ValueSet,
  viewpoint: Viewpoint,
): Admission | null {
  if (set === admission[dimension]) return admission;
  if (isEmpty(set) || isExhausted(set, dimension)) return null;
  return settle({ ...admission, [dimension]: set }, viewpoint);
}

/** Every id that there can be, by its form. */
const everyId: Partial<Readonly<Record<Dimension, string>>> = {
  accounts: likePattern('????????????'),
  organizations: likePattern('o-*'),
};

/** All ids are left out, and that there is none, too. */
function isExhausted({ only, except }: ValueSet, dimension: Dimension): boolean {
  const every = everyId[dimension];
  if (only !== null || every === undefined || !except.includes(ABSENT)) return false;
  return except.some((pattern) => covers(pattern, every));
}

/**
 * Brings accounts, organizations and ARNs into line, since they tell about each other, and drops exceptions that
 * touch nobody: so equal sets of requests look equal however they came about. Null when nobody is left.
 */
export function settle(admission: Admission, viewpoint: Viewpoint): Admission | null {
  const { organizations } = admission;
  const mayBe = (id: string): boolean =>
    organizations === everything ||
    !isLiteral(id) ||
    !isEmpty(intersection(organizationsOf(viewpoint, id), organizations));
  let { accounts, arns } = admission;
  const fixed = arns.only?.map(fixedAccount) ?? [];
  if (fixed.length > 0 && fixed.every((id) => id !== null)) accounts = meet(accounts, fixed);
  accounts = kept(accounts, mayBe);
  const isReached = (arn: string): boolean => {
    const id = fixedAccount(arn);
    return id === null || (mayBe(id) && !isEmpty(meet(accounts, [id])));
  };
  arns = kept(arns, isReached);
  if (isEmpty(accounts) || isEmpty(arns)) return null;
  const isOfOwn = organizations.only?.length === 1 && organizations.only[0] === viewpoint.organizationId;
  if (isOfOwn && !isOneAMember(accounts, viewpoint)) return null;
  return accounts === admission.accounts && arns === admission.arns
    ? admission
    : { ...admission, accounts, arns };
}

/** The set without the members and exceptions that the test rules out. */
function kept(set: ValueSet, test: (value: string) => boolean): ValueSet {
  const only = set.only?.every(test) === false ? set.only.filter(test) : set.only;
  const except = set.except.every(test) ? set.except : set.except.filter(test);
  return only === set.only && except === set.except ? set : { only, except };
}

/** The account that every ARN of the pattern has; null when the pattern leaves it open or it has none. */
export function fixedAccount(pattern: string): string | null {
  for (const part of conjuncts(pattern)) {
    // ANY_TEXT and ANY_CHARACTER can stand for a colon, so fields behind them are not fixed.
    const account = /^arn:[^:\uE000\uE001]*:[^:\uE000\uE001]*:[^:\uE000\uE001]*:([^:]*):/.exec(part)?.[1];
    if (account !== undefined && isAccountId(account)) return account;
  }
  return null;
}

/** For a part of what is inside the resource. */
export const withContents = (admission: Admission, contents: ValueSet): Admission =>
  isSame(admission.contents, contents) ? admission : { ...admission, contents };

/** KMS sees what inside the resource is meant: several parts of it may fare differently. */
export function byContents(admission: Admission): readonly Admission[] {
  const { only, except } = admission.contents;
  if (only === null || only.length < 2) return [admission];
  return only.map((path) => ({ ...admission, contents: { only: [path], except } }));
}

export const withDoubt = (admission: Admission, doubt: string): Admission =>
  admission.doubts.includes(doubt)
    ? admission
    : { ...admission, doubts: [...admission.doubts, doubt].sort() };

export const withLeftover = (admission: Admission, condition: Condition): Admission => ({
  ...admission,
  leftover: [...admission.leftover, condition],
});
