import { createHash } from 'node:crypto';
import type { SimOrganization, SimPrincipal } from './model.ts';

/** What a client signs with. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Who signed a request. */
export interface Caller {
  readonly accountId: string;
  readonly arn: string;
  readonly userId: string;
  /** The IAM role or user behind the ARN, as a trust policy names it. */
  readonly principalArn: string;
  readonly principal: SimPrincipal;
  readonly isRoleSession: boolean;
  readonly credentials: Credentials;
  /** Milliseconds since 1970; null for a user's long-term credentials. */
  readonly expiresAt: number | null;
}

/** Long-term credentials of an account's own user: always the same for an account id, and known to every simulator that holds the account. */
export function baseCredentials(accountId: string): Credentials {
  return {
    accessKeyId: `AKIA${letters(`key ${accountId}`, 16)}`,
    secretAccessKey: createHash('sha256').update(`secret ${accountId}`).digest('base64').slice(0, 40),
  };
}

/** The same as a user would have them in the environment. */
export function credentialsEnvironment(accountId: string): Record<string, string> {
  const { accessKeyId, secretAccessKey } = baseCredentials(accountId);
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** The credentials that a running simulator accepts: each account's user, and the role sessions it has issued. */
export class CredentialStore {
  readonly #organization: SimOrganization;
  readonly #users = new Map<string, Caller>();
  readonly #sessions = new Map<string, Caller>();
  #issued = 0;

  constructor(organization: SimOrganization) {
    this.#organization = organization;
  }

  /** Undefined: AWS never issued such a key. */
  find(accessKeyId: string): Caller | undefined {
    return this.#sessions.get(accessKeyId) ?? this.#users.get(accessKeyId) ?? this.#learn(accessKeyId);
  }

  /** A new session of a role. `lifetimeMs` counts from `now`. */
  issue(role: SimPrincipal, accountId: string, sessionName: string, now: number, lifetimeMs: number): Caller {
    const id = `${accountId} ${role.name} ${this.#issued++}`;
    const arn = (service: string, path: string) =>
      `arn:${this.#organization.partition}:${service}::${accountId}:${path}`;
    const session: Caller = {
      accountId,
      arn: arn('sts', `assumed-role/${role.name}/${sessionName}`),
      userId: `${roleId(accountId, role.name)}:${sessionName}`,
      principalArn: arn('iam', `role/${role.name}`),
      principal: role,
      isRoleSession: true,
      credentials: {
        accessKeyId: `ASIA${letters(`session ${id}`, 16)}`,
        secretAccessKey: createHash('sha256').update(`session ${id}`).digest('base64').slice(0, 40),
        sessionToken: `FwoGZXIvYXdzE${createHash('sha512').update(`token ${id}`).digest('base64')}`,
      },
      expiresAt: now + lifetimeMs,
    };
    this.#sessions.set(session.credentials.accessKeyId, session);
    return session;
  }

  /** From now on the session's credentials count as expired. A user's never do. */
  expire(accessKeyId: string): void {
    const session = this.#sessions.get(accessKeyId);
    if (session !== undefined) this.#sessions.set(accessKeyId, { ...session, expiresAt: 0 });
  }

  /** Every session issued so far expires. */
  expireAll(): void {
    for (const accessKeyId of this.#sessions.keys()) this.expire(accessKeyId);
  }

  /** Users are learned on a miss, so that an account added to a running simulator can sign too. */
  #learn(accessKeyId: string): Caller | undefined {
    for (const { id, user } of this.#organization.accounts.values()) {
      const credentials = baseCredentials(id);
      if (this.#users.has(credentials.accessKeyId)) continue;
      const arn = `arn:${this.#organization.partition}:iam::${id}:user/${user.name}`;
      this.#users.set(credentials.accessKeyId, {
        accountId: id,
        arn,
        userId: userId(id),
        principalArn: arn,
        principal: user,
        isRoleSession: false,
        credentials,
        expiresAt: null,
      });
    }
    return this.#users.get(accessKeyId);
  }
}

/** The unique id of a role. */
export const roleId = (accountId: string, name: string): string =>
  uniqueId('AROA', `role ${accountId} ${name}`);

/** The unique id of the account's own user. */
export const userId = (accountId: string): string => uniqueId('AIDA', `user ${accountId}`);

/** @param prefix `AROA`, `AIDA`, `AGPA`, … @param seed the same for the same thing */
export const uniqueId = (prefix: string, seed: string): string => `${prefix}${letters(seed, 17)}`;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function letters(seed: string, length: number): string {
  const bytes = createHash('sha256').update(seed).digest();
  let text = '';
  for (let index = 0; index < length; index++) text += alphabet[(bytes[index] as number) % 32];
  return text;
}
