import { allowsByKey, type Key, narrowedKey, serves } from '../../lab/aws/iam/key.ts';
import type { Policy } from '../../lab/aws/iam/policy.ts';
import type { Reading } from '../../lab/aws/iam/readings.ts';
import { type Caller, type Context, contextOf } from '../../lab/aws/iam/request.ts';
import { decide, narrowed } from '../../lab/aws/iam/statement.ts';
import { boundsOn, type Controls, isRefused } from './controls.ts';
import { forAction, resourceContext, writtenOnKey } from './direct.ts';
import { together, type Written, written } from './documents.ts';
import { isOfNetwork, isOfSession, type Point, points } from './grid.ts';
import { documentsOfPassage, isShut, type Passage, passes } from './passage.ts';
import { keyArn, region } from './world.ts';

/** One way to carry out an operation: the call on the resource, and the calls on the key that it leads to. */
export interface Way {
  /** `s3:GetObject`; null where no policy but a list of accounts lets in. */
  readonly action: string | null;
  readonly resource: string;
  /** All are needed. */
  readonly keyActions: readonly string[];
  /** `s3`: KMS sees `kms:ViaService` s3.<region>.amazonaws.com. */
  readonly service: string;
  readonly encryptionContext: Readonly<Record<string, string>>;
  /** Whether the service refuses calls without TLS: `aws:SecureTransport` is then always true. */
  readonly onlyTls: boolean;
  /** Condition keys in lower case that are parameters of the first call: its caller chooses. */
  readonly parameters: readonly string[];
  /** The access point that the call on the resource comes through; absent: none. */
  readonly through?: Passage;
}

/** A resource with what decides on it. */
export interface Resource {
  readonly policy: Policy | null;
  /** Where it is shared by a list. */
  readonly accounts?: readonly string[];
  readonly everybody?: boolean;
  readonly key: Key | null;
  /** A block that keeps all but services out. */
  readonly blocked: boolean;
  /** The organization's SCPs and RCPs; null: there are none. */
  readonly controls?: Controls | null;
}

/** Keys of the first call alone that its caller chooses: it may be made through another service, as Athena does. */
const ofFirstCall = /^aws:(securetransport|viaawsservice)$/;

/** Whether the resource alone lets a caller in to one of the ways, at some point of the grid. */
export const isLetIn = (
  resource: Resource,
  caller: Caller,
  ways: readonly Way[],
  reading: Reading,
): boolean => can({ ...resource, key: null, blocked: false, controls: null }, caller, ways, reading);

/** Whether a caller can carry out an operation in one of its ways, at some point of the grid: both calls are allowed. */
export function can(resource: Resource, caller: Caller, ways: readonly Way[], reading: Reading): boolean {
  const { key, blocked } = resource;
  const isKept = blocked && caller.kind !== 'service';
  const open = isKept ? ways.filter(({ through }) => through?.mayPassBlock) : ways;
  if (key !== null && !serves(key)) return false;
  return open.some((way) => canSo(resource, caller, way, reading));
}

function canSo(resource: Resource, caller: Caller, way: Way, reading: Reading): boolean {
  const { action } = way;
  if (action === null && !isListed(resource, caller)) return false;
  const policy =
    action === null || resource.policy === null
      ? null
      : narrowed(resource.policy, caller, action, way.resource, reading);
  if (way.through !== undefined && isShut(way.through, resource, caller)) return false;
  if (action !== null && !policy?.Statement.some(({ Effect }) => Effect === 'Allow')) return false;
  const keys =
    resource.key === null
      ? []
      : way.keyActions.map(
          (name) =>
            [
              name,
              narrowedOf(resource.key, caller, name, reading),
              boundsOn(resource.controls ?? null, caller, name, keyArn, reading),
            ] as const,
        );
  if (keys.some(([, small]) => small === null)) return false;
  const bounds = boundsOn(resource.controls ?? null, caller, action ?? '', way.resource, reading);
  const base = contextOf(caller);
  for (const [name, value] of resourceContext()) base.set(name, value);
  const ofPassage = documentsOfPassage(way.through);
  const onData = policy === null ? nothingWritten : written([policy, ...ofPassage, ...bounds.documents]);
  const onKeys = keys.flatMap(([, small, ofKey]) => [writtenOnKey(small as Key), written(ofKey.documents)]);
  const on = together([onData, ...onKeys]);
  const isShared = (key: string): boolean =>
    isOfSession(key) || (isOfNetwork(key) && reading.forwardedCallTellsOrigin);
  const isOfDataAlone = (key: string): boolean =>
    !isShared(key) && (isOfNetwork(key) || ofFirstCall.test(key) || way.parameters.includes(key));
  return points(on, isShared, base).some((shared) => {
    const allKeys = keys.every(([name, small, ofKey]) => {
      const key = small as Key;
      const context = forAction(keyContext(base, shared, way, caller, reading), name);
      const request = { caller, action: name, resource: key.arn, context };
      return allowsByKey(key, request, reading) && !isRefused(ofKey, request, reading, key.manager === 'AWS');
    });
    if (!allKeys || policy === null || action === null) return allKeys;
    return points(onData, isOfDataAlone, base).some((point) => {
      const context = dataContext(base, new Map([...shared, ...point]), way);
      const request = { caller, action, resource: way.resource, context };
      if (way.through !== undefined) return passes(way.through, policy, request, reading);
      return decide([policy], request, reading) === 'allowed' && !isRefused(bounds, request, reading, false);
    });
  });
}

const nothingWritten: Written = { values: new Map(), texts: new Set(), principals: new Set() };

const narrowedOf = (key: Key | null, caller: Caller, action: string, reading: Reading): Key | null =>
  key === null ? null : narrowedKey(key, caller, action, reading);

const isListed = ({ accounts = [], everybody = false }: Resource, caller: Caller): boolean =>
  caller.kind !== 'service' &&
  caller.kind !== 'anonymous' &&
  (everybody || accounts.includes(caller.account));

/** The call on the resource: nothing of KMS is in it. */
function dataContext(base: Context, point: Point, { onlyTls }: Way): Context {
  const context = new Map([...base, ...point]);
  if (!context.has('aws:viaawsservice')) context.set('aws:viaawsservice', ['false']);
  if (onlyTls || !context.has('aws:securetransport')) context.set('aws:securetransport', ['true']);
  return context;
}

/** The call that the service makes on the key with its caller's permission. */
function keyContext(base: Context, point: Point, way: Way, caller: Caller, reading: Reading): Context {
  const context = new Map(base);
  for (const [name, value] of point) context.set(name, value);
  const isThrough = caller.kind !== 'service' || reading.servicesComeThroughThemselves;
  if (isThrough) context.set('kms:viaservice', [`${way.service}.${region}.amazonaws.com`]);
  context.set('aws:viaawsservice', [`${isThrough}`]);
  context.set('aws:securetransport', ['true']);
  if (caller.kind !== 'service' && caller.kind !== 'anonymous')
    context.set('kms:calleraccount', [caller.account]);
  for (const [name, value] of Object.entries(way.encryptionContext))
    context.set(`kms:encryptioncontext:${name}`, [value]);
  return context;
}
