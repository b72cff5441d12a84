import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { afterEach, expect, test } from 'vitest';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import { compile } from '../../../lab/compile.ts';

let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill('SIGKILL');
});

async function start(configuration: object): Promise<{ url: string; managementAccountId: string }> {
  const program = await compile('lab/aws/main.ts', 'simulator');
  child = spawn(process.execPath, [program, JSON.stringify(configuration)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (child.stdout === null) throw new Error('the child has no stdout');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return JSON.parse(line) as { url: string; managementAccountId: string };
}

const listKeys = (endpoint: string, accountId: string) =>
  new KMSClient({
    endpoint,
    region: 'us-east-1',
    credentials: baseCredentials(accountId),
    maxAttempts: 1,
  }).send(new ListKeysCommand({}));

test('a child process serves an organization, and ends when its stdin closes', async () => {
  const { url, managementAccountId } = await start({
    generate: { accounts: 1, regions: 1, keysPerRegion: 5 },
  });
  expect((await listKeys(url, managementAccountId)).Keys).toHaveLength(5);
  const ended = once(child as ChildProcess, 'exit');
  child?.stdin?.end();
  expect(await ended).toEqual([0, null]);
});

test('it serves the demo, and ends on SIGTERM with requests open', async () => {
  const { url, managementAccountId } = await start({ organization: 'demo', latencyMs: 60_000 });
  const asked = expect(listKeys(url, managementAccountId)).rejects.toThrow();
  const ended = once(child as ChildProcess, 'exit');
  child?.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  await asked;
});
