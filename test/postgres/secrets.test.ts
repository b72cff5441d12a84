import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { CONNECTION_VARIABLE } from '../../src/postgres/database.ts';
import { verbOf, verbs } from '../../src/verbs.ts';

/** The password of the database, and AWS's keys, are in no output of any verb, whatever goes wrong. */
const secret = 'hush-Sesame-8271';
const environment = {
  AWS_ACCESS_KEY_ID: 'AKIAHUSHHUSHHUSHHUSH',
  AWS_SECRET_ACCESS_KEY: 'hushSecretAccessKey/of+forty/characters0',
  AWS_SESSION_TOKEN: 'hushSessionToken',
};

let port: number;
let server: Server;
beforeAll(async () => {
  // Not PostgreSQL: one that says again what it was told, as something between us and it might.
  server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(refusal(`password authentication failed for ${secret}`)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as { port: number }).port;
});
afterAll(() => server.close());
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** An ErrorResponse of PostgreSQL's protocol. */
function refusal(message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C28P01\0M${message}\0\0`);
  const head = Buffer.from('E....');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

/** Everything that a verb says. */
async function said(verb: string, argv: readonly string[]): Promise<{ code: number; text: string }> {
  let text = '';
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk, ...rest: unknown[]) => {
      text += String(chunk);
      const done = rest.at(-1);
      if (typeof done === 'function') done();
      return true;
    });
  }
  const code = (await verbOf(verb)?.(argv)) ?? -1;
  vi.restoreAllMocks();
  return { code, text };
}

const asking = ['views', 'check', 'status', 'explain', 'uses', 'report'];
const needed: Readonly<Record<string, readonly string[]>> = {
  report: ['--output', '/nowhere/page.html'],
  uses: ['alias/key'],
  explain: ['--resource', 'bucket', '--principal', 'arn:aws:iam::111122223333:role/r'],
};

const connections: Readonly<Record<string, () => string>> = {
  'that is refused with the password in the words': () => `postgresql://u:${secret}@127.0.0.1:${port}/d`,
  'to where nobody listens': () => `postgresql://u:${secret}@127.0.0.1:1/d`,
  'with the password among the parameters': () =>
    `postgresql://127.0.0.1:${port}/d?user=u&password=${secret}`,
  'with a password that is not encoded': () => `postgresql://u:1/${secret}@127.0.0.1/d`,
  'with a percent sign that means nothing': () => `postgresql://u:${secret}@127.0.0.1:${port}/d%`,
  'that is no URL': () => `host=127.0.0.1 user=u password=${secret}`,
  'of another protocol': () => `mysql://u:${secret}@127.0.0.1/d`,
};

describe.each(asking)('%s', (verb) => {
  test.each(Object.entries(connections))('a connection %s', async (_, connection) => {
    const byOption = await said(verb, ['--connection', connection(), ...(needed[verb] ?? [])]);
    vi.stubEnv(CONNECTION_VARIABLE, connection());
    const byVariable = await said(verb, needed[verb] ?? []);
    for (const { code, text } of [byOption, byVariable]) {
      expect(code).toBe(2);
      expect(text).not.toContain(secret);
      expect(text.trim().split('\n')).toHaveLength(1);
    }
  });
});

describe.each(Object.keys(verbs))('%s', (verb) => {
  test.each([
    ['a connection without its option', [`postgresql://u:${secret}@127.0.0.1/d`]],
    ['a connection by keywords without its option', [`host=127.0.0.1 password=${secret}`]],
    ['a connection as an option', [`--postgresql://u:${secret}@127.0.0.1/d`]],
    ['a misspelt option', [`--conection=postgresql://u:${secret}@127.0.0.1/d`]],
    ['the help', ['--help']],
  ])('%s', async (_, argv) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    vi.stubEnv(CONNECTION_VARIABLE, `postgresql://u:${secret}@127.0.0.1:${port}/d`);
    const { text } = await said(verb, argv);
    expect(text).toContain(`Usage: ${verb}`);
    for (const each of [secret, ...Object.values(environment)]) expect(text).not.toContain(each);
  });
});
