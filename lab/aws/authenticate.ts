import { type Authorization, signingTime } from './authorization.ts';
import type { Caller } from './credentials.ts';
import { failure, refusalOf } from './failures.ts';
import type { SimAccount } from './model.ts';
import type { HttpRequest } from './protocol/wire.ts';
import type { Service, World } from './service.ts';
import { signatureIsRight } from './signature.ts';

/** Whose credentials signed the request; AWS's own error when they are unknown, expired, or signed wrongly. */
export function authenticate(
  world: World,
  service: Service,
  request: HttpRequest,
  authorization: Authorization,
  verifySignature: boolean,
): Caller {
  const caller = world.credentials.find(authorization.accessKeyId);
  if (caller === undefined || request.headers['x-amz-security-token'] !== caller.credentials.sessionToken) {
    throw failure(service, 'credentials_unknown');
  }
  if (caller.expiresAt !== null && caller.expiresAt <= world.now()) {
    throw failure(service, 'credentials_expired');
  }
  if (verifySignature && !signatureIsRight(request, authorization, caller.credentials.secretAccessKey)) {
    throw failure(service, 'signature_wrong');
  }
  return caller;
}

/** The service as a signature's credential scope names it. */
export function signingNameOf(service: Service): string {
  return service.signingName ?? service.name;
}

/** AWS takes signatures five minutes old or early; S3 fifteen. `now`: AWS's clock, milliseconds since 1970. */
export function refuseSkew(service: Service, request: HttpRequest, now: number): void {
  const window = (signingNameOf(service) === 's3' ? 15 : 5) * 60_000;
  const signed = signingTime(request.headers);
  if (Math.abs(now - signed) <= window) return;
  const [, , common] = refusalOf(service, 'clock_skewed');
  if (!common.startsWith('Signature')) throw failure(service, 'clock_skewed');
  const late = signed < now;
  const edge = stamp(late ? now - window : now + window);
  throw failure(
    service,
    'clock_skewed',
    `Signature ${late ? 'expired' : 'not yet current'}: ${stamp(signed)} is ${late ? 'now earlier' : 'still later'} than ${edge}`,
  );
}

function stamp(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '');
}

/** The caller's account, if it works and may use the region. */
export function workingAccount(world: World, service: Service, caller: Caller, region: string): SimAccount {
  const { accounts, regions } = world.organization;
  const account = accounts.get(caller.accountId);
  if (account === undefined || account.state === 'CLOSED') throw failure(service, 'credentials_unknown');
  if (service.name === 'sts') {
    // STS is there in every region that needs no opt-in, and for accounts that no other service lets in.
    const needsOptIn = regions.find(({ name }) => name === region)?.optIn === true;
    if (needsOptIn && !account.enabledRegions.has(region)) throw failure(service, 'region_disabled');
    return account;
  }
  if (account.state === 'SUSPENDED' || account.state === 'PENDING_ACTIVATION') {
    throw failure(service, 'not_subscribed');
  }
  if (service.isGlobal !== true && !account.enabledRegions.has(region)) {
    throw failure(service, 'region_disabled');
  }
  return account;
}
