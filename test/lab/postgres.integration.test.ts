import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { compile } from '../../lab/compile.ts';
import { type Postgres, startPostgres } from '../../lab/postgres.ts';
import { eventually } from '../eventually.ts';

// These tests start servers of their own, whatever the others are told to use.
beforeEach(() => void vi.stubEnv('AWS_ENCRYPTION_TEST_DSN', undefined));
afterEach(() => void vi.unstubAllEnvs());

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  client.on('error', () => {}); // the server is ended under it
  await client.connect();
  return client;
}

async function start(options = {}): Promise<Postgres> {
  const postgres = await startPostgres(options);
  onTestFinished(() => postgres.stop());
  return postgres;
}

/** The temp folder of a server of our own. */
async function folderOf(client: Client): Promise<string> {
  const { rows } = await client.query('SHOW data_directory');
  return dirname(rows[0].data_directory);
}

describe('a server of our own', () => {
  test('is PostgreSQL 18 in UTF-8 and UTC, whatever the locale here', async () => {
    vi.stubEnv('LANG', 'xx_YY.ISO-8859-1');
    vi.stubEnv('LC_ALL', undefined);
    const client = await connect((await start()).connectionString);
    const { rows } = await client.query(
      `SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding,
              current_setting('TimeZone') AS zone, upper('clé') AS upper`,
    );
    expect(rows).toEqual([
      { version: expect.stringMatching(/^18\./), encoding: 'UTF8', zone: 'UTC', upper: 'CLÉ' },
    ]);
    await client.end();
  });

  test('listens on loopback, below the ephemeral ports, and asks for its password', async () => {
    const { connectionString } = await start();
    const url = new URL(connectionString);
    expect(url.hostname).toBe('127.0.0.1');
    expect(Number(url.port)).toBeLessThan(32_768);
    url.password = 'guess';
    await expect(connect(url.href)).rejects.toThrow('password authentication failed');
  });

  test('leaves no server and no folder once stopped, and stops twice', async () => {
    const postgres = await start();
    const folder = await folderOf(await connect(postgres.connectionString));
    expect(existsSync(folder)).toBe(true);
    await postgres.stop();
    await postgres.stop();
    expect(existsSync(folder)).toBe(false);
    await expect(connect(postgres.connectionString)).rejects.toThrow('ECONNREFUSED');
  });

  test('ends with the process that started it, even by SIGKILL', async () => {
    const owner = spawn(process.execPath, [await compile('test/lab/postgres-owner.ts', 'postgres-owner')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: owner.stdout });
    const connectionString = (await lines[Symbol.asyncIterator]().next()).value as string;
    const client = await connect(connectionString);
    const folder = await folderOf(client);
    expect(existsSync(folder)).toBe(true);

    const disconnected = new Promise((resolve) => client.once('end', resolve));
    owner.kill('SIGKILL');
    await disconnected;
    await eventually(() => expect(existsSync(folder)).toBe(false));
    await expect(connect(connectionString)).rejects.toThrow('ECONNREFUSED');
  });

  test('does not keep its process from ending', async () => {
    const program = await compile('test/lab/postgres-leaver.ts', 'postgres-leaver');
    const leaver = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const code = new Promise((resolve) => leaver.once('exit', resolve));
    const folder = (await text(leaver.stdout)).trim();
    expect(await code).toBe(0);
    expect(folder).toContain('aws-encryption-postgres-');
    await eventually(() => expect(existsSync(folder)).toBe(false));
  });
});

describe('a given server', () => {
  test('gets a fresh database, dropped at the end', async () => {
    const server = (await start({ server: undefined })).connectionString;
    const first = await start({ server });
    const second = await start({ server });
    const client = await connect(first.connectionString);
    await client.query('CREATE TABLE t (x int)');
    const other = await connect(second.connectionString);
    expect((await other.query(`SELECT to_regclass('t') AS t`)).rows).toEqual([{ t: null }]);
    await first.stop(); // with a client connected
    await second.stop();
    const admin = await connect(server);
    expect((await admin.query(`SELECT datname FROM pg_database WHERE datname LIKE 'aws%'`)).rows).toEqual([]);
    await admin.end();
  });

  test('that refuses says so in one sentence, without the password', async () => {
    const server = (await start()).connectionString;
    const wrong = server.replace(/:[^:@]+@/, ':sesame@');
    const refused = await startPostgres({ server: wrong }).catch((error: Error) => error.message);
    expect(refused).toMatch(/^PostgreSQL at 127\.0\.0\.1:\d+ could not create a database: password/);
    expect(refused).not.toContain('sesame');
  });
});
