import { isAccountId, parseArn } from '../../aws/arn.ts';

/**
 * Forms of a principal.
 * - `deleted`: AWS replaced the ARN by the unique id (`AROA…`) when the role or user was deleted.
 * - `pseudo_account`: looks like an account's ARN and is AWS's own (CloudFront origin access identities).
 * - `federated`: a SAML or OpenID provider, a web identity, or a federated user's session.
 */
export type PrincipalType =
  | 'anyone'
  | 'account'
  | 'role'
  | 'user'
  | 'assumed_role'
  | 'federated'
  | 'service'
  | 'canonical'
  | 'deleted'
  | 'pseudo_account';

export interface Principal {
  readonly type: PrincipalType;
  /** As written; a `*` that is not an AWS principal carries its type: `Service:*`. */
  readonly text: string;
  /** The account that the principal's text fixes; null when it fixes none. */
  readonly accountId: string | null;
  /** Null when the text names none. */
  readonly partition: string | null;
  /** Role and user ARN as aws:PrincipalArn gives it, `*` allowed; null for the other forms. */
  readonly arn: string | null;
  /** Assumed roles: role name and session name. */
  readonly session: { readonly role: string; readonly name: string } | null;
}

/** A `Principal` or `NotPrincipal` element, as far as it is understood. */
export interface Principals {
  readonly known: readonly Principal[];
  /** One phrase on each that is not understood: it may be anybody. */
  readonly problems: readonly string[];
}

/** One `Principal` or `NotPrincipal` element; one that is not understood leaves the others beside it. */
export function readPrincipals(element: unknown): Principals {
  if (element === '*') return { known: [anyone], problems: [] };
  if (typeof element !== 'object' || element === null || Array.isArray(element))
    return { known: [], problems: ['Principal is neither "*" nor an object'] };
  const known = new Map<string, Principal>();
  const problems = new Set<string>();
  for (const [kind, raw] of Object.entries(element)) {
    for (const text of Array.isArray(raw) ? raw : [raw]) {
      const principal = typeof text === 'string' ? readPrincipal(kind, text) : null;
      if (principal !== null) known.set(principal.text, principal);
      else if (typeof text === 'string') problems.add(`unknown form of ${kind} principal: ${text}`);
      else problems.add(`a ${kind} principal is not a string`);
    }
  }
  if (known.size + problems.size === 0) problems.add('Principal names nobody');
  return { known: [...known.values()], problems: [...problems] };
}

const blank = { accountId: null, partition: null, arn: null, session: null };

export const anyone: Principal = { ...blank, type: 'anyone', text: '*' };

/** The same few principals stand in the policies of thousands of keys. */
const recent = new Map<string, Principal | null>();
const recentLimit = 4096;

function readPrincipal(kind: string, text: string): Principal | null {
  if (kind === 'AWS') {
    const cached = recent.get(text);
    if (cached !== undefined) return cached;
    const principal = readAwsPrincipal(text);
    if (recent.size < recentLimit) recent.set(text, principal);
    return principal;
  }
  const shown = text === '*' ? `${kind}:*` : text;
  if (kind === 'Service') return { ...blank, type: 'service', text: shown };
  if (kind === 'CanonicalUser') return { ...blank, type: 'canonical', text: shown };
  if (kind !== 'Federated') return null;
  const arn = parseArn(text);
  const accountId = arn !== null && isAccountId(arn.accountId) ? arn.accountId : null;
  return { ...blank, type: 'federated', text: shown, accountId, partition: arn?.partition ?? null };
}

/** Service principals such as `logs.eu-west-1.amazonaws.com`, `.amazonaws.com.cn`, `.amazonaws.eu`, … */
export const isServicePrincipal = (text: string): boolean =>
  /^[a-z0-9.-]+\.(amazonaws|aws)\.[a-z.]+$/.test(text);

/**
 * Unique ids of roles, users, instance profiles and the rest, those of roles also with a session behind:
 * `AROA…:i-0abc` (IAM user guide, "Unique identifiers", read 2026-11-28).
 */
export const isUniqueId = (text: string): boolean => /^A[A-Z]{3}[A-Z0-9]{6,}(:.+)?$/.test(text);

/** An `AWS` principal (also of grants); null for a form that AWS does not have. */
export function readAwsPrincipal(text: string): Principal | null {
  if (text === '*') return anyone;
  if (isAccountId(text)) return { ...blank, type: 'account', text, accountId: text };
  if (isUniqueId(text)) return { ...blank, type: 'deleted', text };
  const arn = parseArn(text);
  if (arn === null || (arn.service !== 'iam' && arn.service !== 'sts')) return null;
  const base = { ...blank, text, partition: arn.partition };
  if (/^[a-z][a-z-]*$/.test(arn.accountId))
    return { ...base, type: 'pseudo_account', accountId: arn.accountId };
  const accountId = isAccountId(arn.accountId) ? arn.accountId : null;
  if (accountId === null && !/[*?]/.test(arn.accountId)) return null;
  if (arn.resource === 'root') return { ...base, type: 'account', accountId };
  const [kind = '', ...path] = arn.resource.split('/');
  const name = path.at(-1) ?? '';
  if (arn.service === 'sts') {
    if (kind === 'federated-user' && name !== '') return { ...base, type: 'federated', accountId, arn: text };
    const [role = '', session = ''] = path;
    if (kind !== 'assumed-role' || role === '' || session === '') return null;
    return { ...base, type: 'assumed_role', accountId, session: { role, name: session } };
  }
  if ((kind === 'role' || kind === 'user') && name !== '')
    return { ...base, type: kind, accountId, arn: text };
  if (kind === 'saml-provider' || kind === 'oidc-provider') return { ...base, type: 'federated', accountId };
  // `arn:aws:iam::111122223333:*` and the like: every principal that matches.
  return /[*?]/.test(kind)
    ? { ...base, type: accountId === null ? 'anyone' : 'account', accountId, arn: text }
    : null;
}
