import { integer, requiredText, text } from '../protocol/input.ts';
import { queryWire } from '../protocol/query.ts';
import { ApiError, type Input, InvalidInput, type Output } from '../protocol/wire.ts';
import type { Call, Service } from '../service.ts';

/** AWS Security Token Service. */
export const sts: Service = {
  name: 'sts',
  wire: queryWire('https://sts.amazonaws.com/doc/2011-06-15/'),
  failures: {
    region_disabled: [
      403,
      'RegionDisabledException',
      'STS is not activated in this region for this account. Your account administrator can activate STS in this region using the IAM Console.',
    ],
  },
  operations: {
    GetCallerIdentity: { action: null, run: getCallerIdentity },
    AssumeRole: { run: assumeRole },
  },
  resourceOf: (input) => text(input, 'RoleArn'),
  target: ({ input }) => {
    const arn = text(input, 'RoleArn');
    const ownerId = arn?.split(':')[4];
    return arn === undefined || ownerId === undefined ? undefined : { arn, ownerId };
  },
  accountOf: (input) => text(input, 'RoleArn')?.split(':')[4],
};

function getCallerIdentity({ caller }: Call): Output {
  return { Arn: caller.arn, UserId: caller.userId, Account: caller.accountId };
}

function assumeRole(call: Call): Output {
  const roleArn = requiredText(call.input, 'RoleArn');
  const sessionName = requiredText(call.input, 'RoleSessionName');
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    throw new InvalidInput(
      `1 validation error detected: Value '${sessionName}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
    );
  }
  const { world } = call;
  const { account, role } = trustedRole(call, roleArn);
  const seconds = world.sessionSeconds ?? sessionLength(call, role.maxSessionSeconds ?? 3600);
  const session = world.credentials.issue(role, account.id, sessionName, world.now(), seconds * 1000);
  return {
    AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
    Credentials: {
      AccessKeyId: session.credentials.accessKeyId,
      SecretAccessKey: session.credentials.secretAccessKey,
      SessionToken: session.credentials.sessionToken,
      Expiration: new Date(session.expiresAt ?? 0).toISOString(),
    },
  };
}

/** AWS says the same for a role that is not there, does not trust the caller, or wants another external id. */
function trustedRole(call: Call, roleArn: string) {
  const { accounts, partition } = call.world.organization;
  const [, arn, accountId, name] = /^arn:([\w-]+):iam::(\d{12}):role\/(.+)$/.exec(roleArn) ?? [];
  if (accountId === undefined || name === undefined) {
    throw new InvalidInput(`${roleArn} is invalid`);
  }
  const account = arn === partition ? accounts.get(accountId) : undefined;
  const role = account?.roles.get(name);
  const works =
    account?.state === 'ACTIVE' || account?.state === 'PENDING_CLOSURE' || account?.state === null;
  const trusted = [
    call.caller.principalArn,
    call.caller.accountId,
    `arn:${partition}:iam::${call.caller.accountId}:root`,
  ];
  const trusts =
    role?.trust.principals.some((each) => trusted.includes(each)) &&
    (role.trust.externalId === undefined || role.trust.externalId === text(call.input, 'ExternalId'));
  if (account === undefined || role === undefined || !works || !trusts) {
    throw new ApiError(
      403,
      'AccessDenied',
      `User: ${call.caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    );
  }
  return { account, role };
}

/** 900…43200 seconds, within the role's maximum; an hour at most where a role assumes a role. */
function sessionLength(call: Call, roleMaximum: number): number {
  const seconds = durationIn(call.input);
  if (seconds < 900 || seconds > 43_200) {
    throw new InvalidInput(
      `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${seconds < 900 ? 'greater than or equal to 900' : 'less than or equal to 43200'}`,
    );
  }
  if (call.caller.isRoleSession && seconds > 3600) {
    throw new InvalidInput(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  }
  if (seconds > roleMaximum) {
    throw new InvalidInput('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
  return seconds;
}

const durationIn = (input: Input): number => integer(input, 'DurationSeconds') ?? 3600;
