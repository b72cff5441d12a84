import { readAuthorization } from '../../lab/aws/authorization.ts';
import { baseCredentials } from '../../lab/aws/credentials.ts';
import type { World } from './world.ts';

/** Access key ids, secret keys and session tokens of everything that a sync has signed with (needs `keepRequests`). */
export function usedSecrets({ aws }: World): string[] {
  const { accessKeyId, secretAccessKey } = baseCredentials(aws.organization.managementAccountId);
  const used = new Set([accessKeyId, secretAccessKey]);
  for (const { http } of aws.requests.kept) {
    const id = readAuthorization(http.headers)?.accessKeyId ?? '';
    const credentials = aws.credentials.find(id)?.credentials;
    for (const secret of [id, credentials?.secretAccessKey, credentials?.sessionToken]) {
      if (secret) used.add(secret);
    }
  }
  return [...used];
}

/** Every row of every table, as text. */
export async function everyRow(world: World): Promise<string> {
  const rows: string[] = [];
  for (const table of await world.tables()) rows.push(JSON.stringify(await world.rows(table)));
  return rows.join('\n');
}
