import type { Principal } from '../policy/principal.ts';
import { absent, everything, exactly, type ValueSet } from '../policy/value-set.ts';
import type { Admission, Caller, Dimension, ResourceContext } from './admission.ts';
import { valueOfCaller } from './caller.ts';
import { tellsIdentity } from './identity.ts';
import { carried } from './request-keys.ts';

/** How the values of a condition key are to be read. */
export type ValueKind =
  | 'account'
  | 'organization'
  | 'path'
  | 'arn'
  | 'access_point'
  | 'service'
  | 'content'
  | 'flag'
  | 'text';

/** What a condition key tells about a request. */
export type Property =
  /** It is one of the properties that an admission narrows. */
  | { readonly kind: 'dimension'; readonly dimension: Dimension; readonly values: ValueKind }
  /** Its value is the same for all requests of such a caller. */
  | { readonly kind: 'constant'; readonly set: ValueSet; readonly values: ValueKind }
  /** It tells who calls by an id that fixes an account in some values only: unique ids, identity pools. */
  | { readonly kind: 'identity' }
  /** The caller chooses it, so it keeps nobody out. */
  | { readonly kind: 'choice' }
  /** It limits no account and is not decided here: addresses, networks, tags, times, … */
  | { readonly kind: 'unknown' };

const dimension = (name: Dimension, values: ValueKind): Property => ({
  kind: 'dimension',
  dimension: name,
  values,
});
const constant = (set: ValueSet, values: ValueKind): Property => ({ kind: 'constant', set, values });

const unknown: Property = { kind: 'unknown' };
const missing: Property = constant(absent, 'text');

/** Keys that only identities carry. IAM user guide, "Global condition context keys", read 2026-11-23. */
const ofIdentities: Readonly<Record<string, Property>> = {
  'aws:principalaccount': dimension('accounts', 'account'),
  'aws:principalorgid': dimension('organizations', 'organization'),
  'aws:principalorgpaths': dimension('organizations', 'path'),
  'aws:principalarn': dimension('arns', 'arn'),
};

/** Keys that only service principals carry, about the resource they act for. */
const ofServices: Readonly<Record<string, Property>> = {
  'aws:sourceaccount': dimension('accounts', 'account'),
  'aws:sourceowner': dimension('accounts', 'account'),
  'aws:sourceorgid': dimension('organizations', 'organization'),
  'aws:sourceorgpaths': dimension('organizations', 'path'),
  'aws:sourcearn': dimension('arns', 'arn'),
  'aws:principalservicename': dimension('services', 'service'),
  'aws:principalservicenameslist': dimension('services', 'service'),
};

/** Where the principal tells it (IAM user guide, "aws:PrincipalType", read 2026-11-28). */
const principalTypes: Readonly<Partial<Record<Principal['type'] | 'anonymous', Property>>> = {
  role: constant(exactly('AssumedRole'), 'text'),
  assumed_role: constant(exactly('AssumedRole'), 'text'),
  user: constant(exactly('User'), 'text'),
  anonymous: constant(exactly('Anonymous'), 'text'),
};

const isService: Readonly<Record<Caller, Property>> = {
  identity: constant(exactly('false'), 'flag'),
  service: constant(exactly('true'), 'flag'),
  anonymous: missing,
};

/** Where all requests come through one access point, or all through none; null: the key does not tell of that. */
function propertyOfAccessPoint(id: string, { grammar, accessPoint }: ResourceContext): Property | null {
  if (accessPoint === undefined) return null;
  const { account, arn, networkOrigin = [] } = grammar.delegationKeys;
  if (![account, arn, networkOrigin].some((names) => names.includes(id))) return null;
  if (accessPoint === null) return missing;
  if (account.includes(id)) return constant(exactly(accessPoint.accountId), 'account');
  if (arn.includes(id)) return constant(exactly(accessPoint.arn), 'text');
  return accessPoint.networkOrigin === null ? unknown : constant(exactly(accessPoint.networkOrigin), 'text');
}

const resourceTag = 'aws:resourcetag/';

/** Keys of tags are the same in small and capital letters as condition keys; two that differ in that only leave it open. */
function tagProperty(key: string, { tags }: ResourceContext): Property {
  if (tags === undefined) return unknown;
  const values = Object.entries(tags).flatMap(([name, value]) => (name.toLowerCase() === key ? [value] : []));
  const [value, ...more] = values;
  if (value === undefined) return missing;
  return more.length === 0 ? constant(exactly(value), 'text') : unknown;
}

const has = (table: Readonly<Record<string, Property>>, id: string): boolean => Object.hasOwn(table, id);

/** What the condition key `id` (lower case) tells about the requests of an admission. */
export function propertyOf(
  id: string,
  { caller, principal, actions }: Pick<Admission, 'caller' | 'principal' | 'actions'>,
  context: ResourceContext,
): Property {
  if (has(ofIdentities, id)) return caller === 'identity' ? (ofIdentities[id] ?? unknown) : missing;
  const identity = caller === 'identity' ? context.caller?.identity : undefined;
  const ofCaller = identity === undefined ? null : valueOfCaller(id, identity);
  if (ofCaller !== null) return constant(ofCaller, 'text');
  if (has(ofServices, id)) {
    if (caller === 'service') return ofServices[id] ?? unknown;
    // AWS documents the source keys for calls of services; of a principal that is named nothing is built on that.
    return caller === 'identity' && principal.type !== 'anyone' ? unknown : missing;
  }
  if (id === 'aws:principaltype')
    return principalTypes[caller === 'anonymous' ? caller : principal.type] ?? unknown;
  if (id === 'aws:principalisawsservice') return isService[caller];
  const { grammar, viewpoint, request } = context;
  const isOfKeys = grammar.service === 'kms';
  if (tellsIdentity(id)) return caller === 'anonymous' ? missing : { kind: 'identity' };
  const by = carried(id, actions, context);
  if (by === 'never') return missing;
  if (by === 'choice') return { kind: 'choice' };
  if (by !== null && by !== 'undecided')
    return constant(exactly(by.always), /^(true|false)$/.test(by.always) ? 'flag' : 'text');
  if (id === 'aws:resourceaccount') return constant(exactly(viewpoint.ownAccountId), 'account');
  if (id === 'aws:resourceorgid') {
    const { organizationId } = viewpoint;
    return constant(organizationId === null ? everything : exactly(organizationId), 'organization');
  }
  if (id === 'aws:requestedregion' && context.region !== undefined)
    return constant(exactly(context.region), 'text');
  if (id.startsWith(resourceTag)) return tagProperty(id.slice(resourceTag.length), context);
  // Set by services that call for their callers only (IAM user guide, "aws:CalledVia", read 2026-11-28).
  if (id.startsWith('aws:calledvia') && isOfKeys && request?.viaService === null) return missing;
  if (grammar.callerChoice.includes(id)) return { kind: 'choice' };
  if (grammar.accountKeys.includes(id)) {
    // AWS documents them for identities; of a service that is named nothing is built on that.
    if (caller === 'service' && principal.type === 'service') return unknown;
    return caller === 'identity' ? dimension('accounts', 'account') : missing;
  }
  if (grammar.viaServiceKeys.includes(id))
    return caller === 'identity' ? dimension('services', 'service') : unknown;
  const ofAccessPoint = propertyOfAccessPoint(id, context);
  if (ofAccessPoint !== null) return ofAccessPoint;
  if (grammar.delegationKeys.account.includes(id)) return dimension('delegates', 'account');
  if (grammar.delegationKeys.arn.includes(id)) return dimension('delegates', 'access_point');
  // KMS is asked by services for their callers, or by the callers themselves; data by either, as the caller likes.
  if (id === 'aws:viaawsservice' && caller === 'identity') {
    const { isViaService } = context;
    if (!isOfKeys)
      return isViaService === undefined
        ? { kind: 'choice' }
        : constant(exactly(String(isViaService)), 'flag');
    if (request === null) return unknown;
    return constant(exactly(String(request.viaService !== null)), 'flag');
  }
  // Of a service's own request for its caller (KMS developer guide, "kms:GrantIsForAWSResource").
  if (id === 'kms:grantisforawsresource')
    return request?.viaService ? constant(exactly('true'), 'flag') : unknown;
  if (id === 'kms:encryptioncontextkeys' && request !== null) {
    const [key, ...more] = Object.keys(request.encryptionContext);
    return key === undefined || more.length > 0 ? unknown : constant(exactly(key), 'text');
  }
  const contextKey = /^kms:encryptioncontext:(.*)$/.exec(id)?.[1];
  if (contextKey === undefined || request === null) return unknown;
  if (contextKey === request.contents) return dimension('contents', 'content');
  const value = Object.entries(request.encryptionContext).find(
    ([key]) => key.toLowerCase() === contextKey,
  )?.[1];
  return constant(value === undefined ? absent : exactly(value), 'text');
}
