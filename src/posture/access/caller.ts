import { ANY_TEXT, likePattern } from '../policy/pattern.ts';
import { absent, exactly, type ValueSet } from '../policy/value-set.ts';

/** One user, role or root user, where requests of nobody else are judged. */
export interface CallerIdentity {
  readonly type: 'user' | 'role' | 'root';
  /** As aws:PrincipalArn has it: of a role's session the role's. */
  readonly arn: string;
  /** Null for the root user. */
  readonly name: string | null;
  /** `AIDA…`, `AROA…`; of a root user the account's; null: not known. */
  readonly id: string | null;
  /** Its own; null: not known. Tags of a session never are; they may add to a role's, or take their place. */
  readonly tags: Readonly<Record<string, string>> | null;
}

/** Of whom requests are judged, as far as that is known. */
export interface JudgedCaller {
  readonly accountId: string | null;
  readonly organizationId: string | null;
  readonly identity?: CallerIdentity;
}

const principalTag = 'aws:principaltag/';

/** IAM user guide, "aws:PrincipalType" and "aws:userid", read 2026-11-29. */
const principalTypes: Readonly<Record<CallerIdentity['type'], string>> = {
  user: 'User',
  role: 'AssumedRole',
  root: 'Account',
};

/** Keys that only AWS's services carry, when they call as themselves. */
const ofServices = new Set(['aws:principalservicename', 'aws:principalservicenameslist']);

/** What a condition key (lower case) is in every request of an identity; null: it tells nothing of who calls. */
export function valueOfCaller(id: string, identity: CallerIdentity): ValueSet | null {
  const { type, name, tags } = identity;
  if (id.startsWith(principalTag)) return tags && tagValue(id.slice(principalTag.length), tags);
  if (id === 'aws:principaltype') return exactly(principalTypes[type]);
  if (id === 'aws:username') return type === 'user' && name !== null ? exactly(name) : absent;
  if (id === 'aws:userid') return identity.id === null ? null : exactly(userId(identity.type, identity.id));
  return ofServices.has(id) ? absent : null;
}

/** A role's is followed by the name of its session. */
const userId = (type: CallerIdentity['type'], id: string): string =>
  type === 'role' ? likePattern(`${id}:*`) : id;

/** Keys of tags are the same in small and capital letters; of two that differ in that only, either may count. */
function tagValue(key: string, tags: NonNullable<CallerIdentity['tags']>): ValueSet {
  const values = Object.entries(tags).flatMap(([name, value]) => (name.toLowerCase() === key ? [value] : []));
  return values.length === 0 ? absent : exactly(...values);
}

/** What stands for a policy variable: a text, which may have wildcards of patterns; null: AWS has no value for it. */
export function variableOfCaller(id: string, { accountId, organizationId, identity }: JudgedCaller): Filled {
  if (id === 'aws:principalaccount' && accountId !== null) return { state: 'filled', text: accountId };
  if (id === 'aws:principalorgid' && organizationId !== null)
    return { state: 'filled', text: organizationId };
  if (identity === undefined) return { state: 'open' };
  if (id === 'aws:principalarn') return { state: 'filled', text: identity.arn };
  const value = valueOfCaller(id, identity);
  if (value === null) return { state: 'open' };
  const [text, ...more] = value === absent ? [] : (value.only ?? []);
  if (text === undefined) return { state: 'absent' };
  return more.length === 0 ? { state: 'filled', text } : { state: 'open' };
}

export type Filled =
  | { readonly state: 'filled'; readonly text: string }
  /** It is not known here. */
  | { readonly state: 'open' }
  /** The request carries none: what the variable stands in matches nothing (IAM user guide, "Policy variables"). */
  | { readonly state: 'absent' };

/** Whether a text that was filled in leaves something open: the name of a session. */
export const isOpen = (text: string): boolean => text.includes(ANY_TEXT);
