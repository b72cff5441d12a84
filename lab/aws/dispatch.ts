import { authenticate, refuseSkew, signingNameOf, workingAccount } from './authenticate.ts';
import { type Authorization, readAuthorization } from './authorization.ts';
import type { Caller } from './credentials.ts';
import { breakListing, errorOf, shortenPages } from './effects.ts';
import { failure, refusalOf } from './failures.ts';
import type { Effect, Faults } from './faults.ts';
import { decodeMarker } from './markers.ts';
import { refuseByOrganization } from './organization-refusal.ts';
import { matchesAny } from './patterns.ts';
import { text } from './protocol/input.ts';
import { ApiError, type HttpAnswer, type HttpRequest, type Input, InvalidInput } from './protocol/wire.ts';
import type { Quotas } from './quotas.ts';
import type { KeptRequest, RequestFacts, RequestLog } from './request-log.ts';
import type { Call, Paging, Service, World } from './service.ts';
import { services } from './services/index.ts';

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

/** One request to its answer: who, what, may it, then the operation itself. */
export function dispatch(rules: Rules, request: HttpRequest, requestId: string): Outcome {
  const { world, log } = rules;
  const authorization = readAuthorization(request.headers);
  const service = serviceOf(request, authorization);
  let effects: readonly Effect[] = [];
  let about: RequestFacts | undefined;
  let kept: KeptRequest | undefined;
  const answered = (answer: HttpAnswer): Outcome => {
    if (kept !== undefined) kept.answer = answer.body;
    return { answer, effects };
  };
  try {
    if (authorization === null) throw failure(service, 'credentials_missing');
    const asked = service.wire.read(request);
    const operation = asked === null ? undefined : service.operations[asked.operation];
    if (asked === null || operation === undefined) throw failure(service, 'operation_unknown');
    const caller = authenticate(world, service, request, authorization, rules.verifySignatures);
    const { region } = authorization;
    const facts: RequestFacts = {
      operation: `${service.name}:${asked.operation}`,
      account: service.accountOf?.(asked.input) ?? caller.accountId,
      region,
      resource: (operation.resourceOf ?? service.resourceOf)?.(asked.input),
      page: pageOf(asked.input, operation.paging),
    };
    log.add(facts);
    about = facts;
    if (rules.keepRequests) {
      kept = { ...facts, callerArn: caller.arn, input: asked.input, http: request, answer: '' };
      log.kept.push(kept);
    }
    effects = rules.faults.fire(facts, asked.input);
    refuseByClock(rules, service, request, effects);
    const action = `${service.iamPrefix ?? service.name}:${operation.action ?? asked.operation}`;
    refuseByFault(world, service, action, caller, effects);
    const account = workingAccount(world, service, caller, region);
    const perSecond = service.callsPerSecond?.[asked.operation];
    if (!rules.quotas.admits(caller.accountId, region, facts.operation, perSecond)) {
      throw failure(service, 'throttled');
    }
    const input = shortenPages(asked.input, operation.paging, effects);
    const call: Call = { world, caller, account, region, request, operation: asked.operation, input };
    if (operation.action !== null) {
      refuseByOrganization(service, operation, action, call);
      refuseByIam(service, action, caller);
    }
    let output = operation.run(call);
    for (const effect of effects) output = breakListing(output, asked.input, operation.paging, effect);
    return answered(service.wire.success(asked.operation, output, requestId));
  } catch (thrown) {
    const error = asApiError(thrown, service);
    if (error.code === refusalOf(service, 'throttled')[1]) log.throttled++;
    if (error.code === refusalOf(service, 'access_denied')[1] && about) log.denied.push(about);
    return answered(service.wire.failure(error, requestId));
  }
}

/** By the credential scope; an unsigned request by its form. */
function serviceOf(request: HttpRequest, authorization: Authorization | null): Service {
  const named = services.find(
    (service) =>
      signingNameOf(service) === authorization?.service &&
      (service.takes === undefined || service.takes(request)),
  );
  const [first] = services;
  return named ?? services.find((service) => service.wire.read(request) !== null) ?? (first as Service);
}

/** Which page of a listing is asked for. */
function pageOf(input: Input, paging: Paging | undefined): number {
  const marker = paging && text(input, paging.token);
  return marker === undefined ? 1 : (decodeMarker(marker)?.page ?? 1);
}

/** The signing time counts when signatures do, and when a fault says that the clocks differ. */
function refuseByClock(
  rules: Rules,
  service: Service,
  request: HttpRequest,
  effects: readonly Effect[],
): void {
  let skew: number | undefined;
  for (const effect of effects) if (effect.kind === 'clock_skew') skew = (skew ?? 0) + effect.ms;
  if (skew !== undefined || rules.verifySignatures)
    refuseSkew(service, request, rules.world.now() + (skew ?? 0));
}

function refuseByFault(
  world: World,
  service: Service,
  action: string,
  caller: Caller,
  effects: readonly Effect[],
): void {
  for (const effect of effects) {
    if (effect.kind === 'expire_credentials') world.credentials.expire(caller.credentials.accessKeyId);
    if (effect.kind === 'suspend_account') suspend(world, caller.accountId);
    const error = errorOf(effect, service, accessDenied(service, action, caller));
    if (error !== null) throw error;
  }
}

function suspend({ organization }: World, accountId: string): void {
  const account = organization.accounts.get(accountId);
  if (account) Object.assign(account, { state: 'SUSPENDED', status: 'SUSPENDED' });
}

function refuseByIam(service: Service, action: string, caller: Caller): void {
  const { allow } = caller.principal;
  if (allow !== undefined && !matchesAny(allow, action)) throw accessDenied(service, action, caller);
}

function accessDenied(service: Service, action: string, caller: Caller): ApiError {
  return failure(
    service,
    'access_denied',
    `User: ${caller.arn} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
  );
}

function asApiError(thrown: unknown, service: Service): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof InvalidInput) return failure(service, 'invalid_input', thrown.message);
  throw thrown;
}
