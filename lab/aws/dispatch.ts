import { type Authorization, readAuthorization, signingTime } from './authorization.ts';
import type { Caller } from './credentials.ts';
import { breakListing, errorOf } from './effects.ts';
import { failure } from './failures.ts';
import type { Effect, Faults } from './faults.ts';
import { decodeMarker } from './markers.ts';
import type { SimAccount } from './model.ts';
import { matchesAny } from './patterns.ts';
import { ApiError, type HttpAnswer, type HttpRequest, type Input, InvalidInput } from './protocol/wire.ts';
import type { Quotas } from './quotas.ts';
import type { RequestFacts, RequestLog } from './request-log.ts';
import type { Call, Operation, Service, World } from './service.ts';
import { services } from './services/index.ts';
import { signatureIsRight } from './signature.ts';

/** What a request is judged by. */
export interface Rules {
  readonly world: World;
  readonly faults: Faults;
  readonly quotas: Quotas;
  readonly log: RequestLog;
  readonly verifySignatures: boolean;
  readonly keepRequests: boolean;
}

/** The answer, and what is to be done to it on its way. */
export interface Outcome {
  readonly answer: HttpAnswer;
  readonly effects: readonly Effect[];
}

const noEffects: readonly Effect[] = [];

/** One request to its answer: who, what, may it, then the operation itself. */
export function dispatch(rules: Rules, request: HttpRequest, requestId: string): Outcome {
  const authorization = readAuthorization(request.headers);
  const service = serviceOf(request, authorization);
  let effects = noEffects;
  try {
    if (authorization === null) throw failure(service, 'credentials_missing');
    const asked = service.wire.read(request);
    const operation = asked === null ? undefined : service.operations[asked.operation];
    if (asked === null || operation === undefined) throw failure(service, 'operation_unknown');
    const caller = callerOf(rules, service, request, authorization);
    const facts = factsOf(service, asked.operation, asked.input, caller, authorization.region);
    record(rules, facts, caller, asked.input, request);
    effects = rules.faults.fire(facts);
    const call = admit(rules, service, operation, facts, effects, {
      world: rules.world,
      caller,
      account: accountOf(rules.world, service, caller, authorization.region),
      region: authorization.region,
      operation: asked.operation,
      input: asked.input,
      request,
    });
    let output = operation.run(call);
    for (const effect of effects) output = breakListing(output, asked.input, effect);
    return { answer: service.wire.success(asked.operation, output, requestId), effects };
  } catch (thrown) {
    const error = asApiError(thrown, service);
    if (error.code === service.failures.throttled[1]) rules.log.throttled++;
    return { answer: service.wire.failure(error, requestId), effects };
  }
}

/** By the credential scope; by X-Amz-Target's form when nothing is signed. */
function serviceOf(request: HttpRequest, authorization: Authorization | null): Service {
  const named = services.find(
    (service) =>
      service.signingName === authorization?.service &&
      (service.takes === undefined || service.takes(request)),
  );
  const [first] = services;
  return named ?? services.find((service) => service.wire.read(request) !== null) ?? (first as Service);
}

function callerOf(
  rules: Rules,
  service: Service,
  request: HttpRequest,
  authorization: Authorization,
): Caller {
  const { world } = rules;
  const caller = world.credentials.find(authorization.accessKeyId);
  if (caller === undefined) throw failure(service, 'credentials_unknown');
  if (request.headers['x-amz-security-token'] !== caller.credentials.sessionToken) {
    throw failure(service, 'credentials_unknown');
  }
  if (caller.expiresAt !== null && caller.expiresAt <= world.now()) {
    throw failure(service, 'credentials_expired');
  }
  if (rules.verifySignatures) {
    if (!signatureIsRight(request, authorization, caller.credentials.secretAccessKey)) {
      throw failure(service, 'signature_wrong');
    }
    refuseSkew(service, request, world.now());
  }
  return caller;
}

/** AWS takes signatures five minutes old or early (S3: fifteen). */
function refuseSkew(service: Service, request: HttpRequest, now: number): void {
  const window = (service.name === 's3' ? 15 : 5) * 60_000;
  const signed = signingTime(request.headers);
  if (Math.abs(now - signed) <= window) return;
  const [, , common] = service.failures.clock_skewed;
  const stamp = (time: number) => new Date(time).toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '');
  const detail = common.startsWith('Signature')
    ? `Signature ${signed < now ? 'expired' : 'not yet current'}: ${request.headers['x-amz-date']} is ${signed < now ? 'now earlier' : 'still later'} than ${stamp(signed < now ? now - window : now + window)}`
    : common;
  throw failure(service, 'clock_skewed', detail);
}

function factsOf(
  service: Service,
  operation: string,
  input: Input,
  caller: Caller,
  region: string,
): RequestFacts {
  return {
    operation: `${service.name}:${operation}`,
    account: service.accountOf?.(input) ?? caller.accountId,
    region,
    resource: service.resourceOf?.(input),
    page: pageOf(input),
  };
}

const markerNames = ['Marker', 'NextToken', 'continuation-token'];

function pageOf(input: Input): number {
  for (const name of markerNames) {
    const marker = input[name];
    if (typeof marker === 'string') return decodeMarker(marker)?.page ?? 1;
  }
  return 1;
}

function record(rules: Rules, facts: RequestFacts, caller: Caller, input: Input, http: HttpRequest): void {
  rules.log.add(facts);
  if (rules.keepRequests) rules.log.kept.push({ ...facts, callerArn: caller.arn, input, http });
}

/** Accounts that cannot work and regions that are off answer for themselves. */
function accountOf(world: World, service: Service, caller: Caller, region: string): SimAccount {
  const account = world.organization.accounts.get(caller.accountId);
  if (account === undefined || account.state === 'CLOSED') throw failure(service, 'credentials_unknown');
  if (service.name !== 'sts' && (account.state === 'SUSPENDED' || account.state === 'PENDING_ACTIVATION')) {
    throw failure(service, 'not_subscribed');
  }
  if (service.isGlobal !== true && !account.enabledRegions.has(region)) {
    throw failure(service, 'region_disabled');
  }
  return account;
}

/** Faults first, then quotas, then the caller's IAM policy. */
function admit(
  { world, quotas }: Rules,
  service: Service,
  operation: Operation,
  facts: RequestFacts,
  effects: readonly Effect[],
  call: Call,
): Call {
  for (const effect of effects) {
    if (effect.kind === 'clock_skew') refuseSkew(service, call.request, world.now() + effect.ms);
    if (effect.kind === 'expire_credentials') world.credentials.expire(call.caller.credentials.accessKeyId);
    const error = errorOf(effect, service);
    if (error !== null) throw error;
  }
  if (!quotas.admits(call.caller.accountId, facts.region, facts.operation)) {
    throw failure(service, 'throttled');
  }
  const { allow } = call.caller.principal;
  const action = `${service.iamPrefix ?? service.name}:${operation.action}`;
  if (operation.action !== null && allow !== undefined && !matchesAny(allow, action)) {
    throw failure(
      service,
      'access_denied',
      `User: ${call.caller.arn} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
    );
  }
  return call;
}

function asApiError(thrown: unknown, service: Service): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof InvalidInput) return failure(service, 'invalid_input', thrown.message);
  throw thrown;
}
