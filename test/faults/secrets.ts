import { inspect } from 'node:util';
import { readAuthorization } from '../../lab/aws/authorization.ts';
import { baseCredentials } from '../../lab/aws/credentials.ts';
import type { Simulator } from '../../lab/aws/server.ts';
import type { Seen } from './harness.ts';
import { externalId } from './organization.ts';

/** By what it is: everything secret that went to or came from the simulated AWS (needs `keepRequests`). */
export function secretsOf({ organization, requests, credentials }: Simulator): ReadonlyMap<string, string> {
  const secrets = new Map([[externalId, 'the external id']]);
  const own = baseCredentials(organization.managementAccountId);
  secrets.set(own.accessKeyId, 'the access key id').set(own.secretAccessKey, 'the secret access key');
  for (const { http } of requests.kept) {
    const authorization = readAuthorization(http.headers);
    if (!authorization) continue;
    secrets.set(authorization.signature, 'a signature');
    secrets.set(String(http.headers.authorization), 'an Authorization header');
    const session = credentials.find(authorization.accessKeyId)?.credentials;
    if (session?.sessionToken === undefined) continue;
    secrets.set(session.accessKeyId, 'a session access key id');
    secrets.set(session.secretAccessKey, 'a session secret key');
    secrets.set(session.sessionToken, 'a session token');
  }
  for (const [, id] of requests.kept.map(({ answer }) => /"AccessKeyId":"(\w+)"/.exec(answer) ?? [])) {
    if (id) secrets.set(id, "the access key id of an external key store's proxy");
  }
  return secrets;
}

/** What of the secrets is in anything that the sync said; empty is good. */
export function leaks(seen: Seen, aws: Simulator): string[] {
  const said = inspect(seen, {
    depth: null,
    maxStringLength: null,
    maxArrayLength: null,
    breakLength: Infinity,
  });
  const found = [...secretsOf(aws)].filter(([secret]) => said.includes(secret));
  return found.map(([secret, what]) => `${what}: ${secret}`);
}
