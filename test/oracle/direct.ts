import { allowsByKey, type Key, narrowedKey } from '../../lab/aws/iam/key.ts';
import type { Reading } from '../../lab/aws/iam/readings.ts';
import { type Caller, type Context, contextOf } from '../../lab/aws/iam/request.ts';
import { boundsOn, type Controls, isRefused } from './controls.ts';
import { together, type Written, written } from './documents.ts';
import { isOfCaller, isOfNetwork, type Point, points } from './grid.ts';
import { keyArn, ours, owner, paths, region } from './world.ts';

/** What other accounts may be let do with a key, by what it is good for. */
export const actionsOf = {
  use: [
    'kms:Decrypt',
    'kms:Encrypt',
    'kms:GenerateDataKey',
    'kms:GenerateDataKeyWithoutPlaintext',
    'kms:ReEncryptFrom',
    'kms:DeriveSharedSecret',
  ],
  grant: ['kms:CreateGrant', 'kms:RevokeGrant'],
  read_metadata: ['kms:DescribeKey', 'kms:ListGrants'],
} as const;

export type Purpose = keyof typeof actionsOf;

export const documentsOf = (key: Key) => (key.ram === null ? [key.policy] : [key.policy, key.ram]);

/** The key's documents and the pairs of its grants' constraints. */
export function writtenOnKey(key: Key): Written {
  const on = written(documentsOf(key));
  if (key.grants.length === 0) return on;
  const { values, texts, principals } = on;
  const more = new Map(values);
  for (const { Constraints: constraint = {} } of key.grants)
    for (const pairs of [constraint.EncryptionContextSubset, constraint.EncryptionContextEquals])
      for (const [name, value] of Object.entries(pairs ?? {}))
        more.set(prefix + name, [...(more.get(prefix + name) ?? []), value]);
  const grantees = key.grants.flatMap(({ GranteePrincipal: grantee }) => grantee ?? []);
  return {
    values: more,
    texts: new Set([...texts, ...grantees]),
    principals: new Set([...principals, ...grantees]),
  };
}

const isFree = (key: string): boolean =>
  isOfCaller(key) || key === 'kms:viaservice' || key.startsWith(prefix);

/**
 * Whether a caller can do one of the actions with the key, itself or through a service, at some point of the grid.
 * @param controls the organization's SCPs and RCPs; null: there are none
 */
export function canUseKey(
  key: Key,
  controls: Controls | null,
  caller: Exclude<Caller, { kind: 'anonymous' }>,
  actions: readonly string[],
  reading: Reading,
): boolean {
  const base = contextOf(caller);
  for (const [name, value] of resourceContext()) base.set(name, value);
  if (caller.kind !== 'service') base.set('kms:calleraccount', [caller.account]);
  return actions.some((action) => {
    const small = narrowedKey(key, caller, action, reading);
    if (small === null) return false;
    const bounds = boundsOn(controls, caller, action, keyArn, reading);
    const on = together([writtenOnKey(small), written(bounds.documents)]);
    return points(on, isFree, base, throughService(small, on)).some((point) => {
      const context = forAction(directContext(base, point, reading), action);
      const request = { caller, action, resource: keyArn, context };
      return (
        allowsByKey(small, request, reading) && !isRefused(bounds, request, reading, key.manager === 'AWS')
      );
    });
  });
}

/** Whether a call comes through a service is of the grid also where documents only name what follows from it. */
function throughService(key: Key, { values }: Written): ReadonlyMap<string, readonly string[]> | undefined {
  const follows =
    key.grants.some(({ Constraints }) => Constraints?.SourceArn) || values.has('aws:viaawsservice');
  return follows ? new Map([['kms:viaservice', values.get('kms:viaservice') ?? []]]) : undefined;
}

/** What every call on the owner's resources carries. */
export const resourceContext = (): readonly (readonly [string, readonly string[]])[] => [
  ['aws:resourceaccount', [owner]],
  ['aws:resourceorgid', [ours]],
  ['aws:resourceorgpaths', [paths[owner] ?? '']],
  ['aws:requestedregion', [region]],
];

export function directContext(base: Context, point: Point, reading: Reading): Map<string, readonly string[]> {
  const context = new Map([...base, ...point]);
  const isForwarded = context.has('kms:viaservice');
  context.set('aws:viaawsservice', [`${isForwarded}`]);
  context.set('aws:securetransport', ['true']);
  if (isForwarded && !reading.forwardedCallTellsOrigin)
    for (const name of point.keys()) if (isOfNetwork(name)) context.delete(name);
  return context;
}

const prefix = 'kms:encryptioncontext:';
/** By the table of the condition key in the KMS developer guide, "AWS KMS condition keys", read 2026-11-28. */
const withContext = /Encrypt|Decrypt|GenerateDataKey|CreateGrant|RetireGrant/;

/** Only operations that take an encryption context carry its keys. */
export function forAction(context: Context, action: string): Context {
  const sent = new Map(context);
  const pairs = [...context.keys()].filter((name) => name.startsWith(prefix));
  if (withContext.test(action)) {
    if (pairs.length > 0)
      sent.set(
        'kms:encryptioncontextkeys',
        pairs.map((name) => name.slice(prefix.length)),
      );
  } else {
    for (const name of pairs) sent.delete(name);
  }
  return sent;
}
