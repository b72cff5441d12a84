import { arnLike } from './matching.ts';
import { names } from './principal.ts';
import type { Reading } from './readings.ts';
import type { Caller, Context, Request } from './request.ts';

/** A grant as ListGrants answers it. */
export interface Grant {
  readonly GranteePrincipal?: string;
  readonly GranteeServicePrincipal?: string;
  readonly Operations: readonly string[];
  readonly Constraints?: {
    readonly EncryptionContextSubset?: Readonly<Record<string, string>>;
    readonly EncryptionContextEquals?: Readonly<Record<string, string>>;
    readonly SourceArn?: string;
  };
}

/**
 * The operations that take an encryption context: constraints by it are for these (KMS API, GrantConstraints); and
 * CreateGrant, whose own constraint must be at least as strict as that of the grant that permits it (KMS developer
 * guide, "Granting CreateGrant permission", read 2026-11-28).
 */
const takesContext: ReadonlySet<string> = new Set([
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
  'CreateGrant',
]);

export function allowsByGrant(grant: Grant, request: Request, reading: Reading): boolean {
  const operation = request.action.slice('kms:'.length);
  return (
    grant.Operations.includes(operation) &&
    isGrantee(grant, request.caller, reading) &&
    meetsConstraints(grant, operation, request, reading)
  );
}

/**
 * Names in the field of ARNs are services, `AWS Internal` is one that is not told; a unique id is nobody that is known.
 */
export function isGrantee(grant: Grant, caller: Caller, reading: Reading): boolean {
  const service = grant.GranteeServicePrincipal ?? grant.GranteePrincipal ?? '';
  if (caller.kind === 'service') return caller.name === service || service === 'AWS Internal';
  return grant.GranteePrincipal !== undefined && names({ AWS: grant.GranteePrincipal }, caller, reading);
}

/**
 * The context must have the pairs (Subset), or be these pairs (Equals). `SourceArn` is "effectively the same as having
 * the aws:SourceArn global condition key in the grant", which only services that call as themselves carry; whether a
 * forwarded call does is not said.
 */
function meetsConstraints(
  { Constraints: constraints = {} }: Grant,
  operation: string,
  { caller, context }: Request,
  reading: Reading,
): boolean {
  const { EncryptionContextSubset: subset, EncryptionContextEquals: equals, SourceArn: source } = constraints;
  if (source !== undefined && operation !== 'RetireGrant') {
    const carried = context.get('aws:sourcearn')?.[0];
    const forwarded = caller.kind !== 'service' && context.has('kms:viaservice');
    const unsaid = forwarded && reading.forwardedCallTellsOrigin;
    if (!unsaid && (carried === undefined || !arnLike(carried, source))) return false;
  }
  if (!takesContext.has(operation)) return true;
  const pairs = encryptionContext(context);
  const has = (wanted: Readonly<Record<string, string>>): boolean =>
    Object.entries(wanted).every(([key, value]) => pairs[key] === value);
  if (subset !== undefined && !has(subset)) return false;
  return equals === undefined || (has(equals) && Object.keys(pairs).length === Object.keys(equals).length);
}

const prefix = 'kms:encryptioncontext:';

/** The pairs that the request sends. The mix writes their names in lower case, as the context has them. */
function encryptionContext(context: Context): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (const [key, [value = '']] of context)
    if (key.startsWith(prefix)) pairs[key.slice(prefix.length)] = value;
  return pairs;
}
