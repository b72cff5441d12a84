import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applyViews } from '../../src/views/apply.ts';
import { connect, databases } from '../sql/database.ts';
import { ids, insertClean, key } from '../sql/rows.ts';
import { runVerb } from '../sql/run-verb.ts';
import { allTables, createTables, insert } from '../sql/tables.ts';

const server = databases();
let folder: string;
let output: string;
let clean: { readonly name: string; readonly connectionString: string };

beforeAll(async () => {
  clean = await server.create();
  const client = await connect(clean.connectionString);
  await createTables(client);
  await applyViews(client);
  await insertClean(client);
  await client.end();
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aws-encryption-verb-'));
  output = join(folder, 'posture.html');
});
afterEach(() => rm(folder, { recursive: true }));

const report = (connection: string, ...more: string[]) =>
  runVerb(['report', '--connection', connection, '--output', output, ...more]);

test('writes one whole file and nothing beside it', async () => {
  expect(await report(clean.connectionString)).toEqual({ code: 0, stdout: `Wrote ${output}\n`, stderr: '' });
  expect(await readdir(folder)).toEqual(['posture.html']);
  expect(await readFile(output, 'utf8')).toMatch(/^<!doctype html>\n[\s\S]*<\/html>\n$/);
});

test('takes the connection from the environment', async () => {
  const env = { AWS_ENCRYPTION_POSTGRES: clean.connectionString };
  expect(await runVerb(['report', '--output', output], env)).toMatchObject({ code: 0 });
});

describe('writes nothing, and leaves the page that was there,', () => {
  beforeEach(() => writeFile(output, 'the page of yesterday'));

  test('when the database is not there', async () => {
    const { code, stdout, stderr } = await report('postgresql://user:secret-word@127.0.0.1:1/none');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      'No page was written: PostgreSQL (127.0.0.1:1, database none) cannot be reached: connect ECONNREFUSED 127.0.0.1:1.\n',
    );
    expect(await readdir(folder)).toEqual(['posture.html']);
    expect(await readFile(output, 'utf8')).toBe('the page of yesterday');
  });

  test('when there are no views', async () => {
    const { connectionString } = await server.create();
    expect(await report(connectionString)).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'No page was written: The views of the schema aws_encryption are not there or may not be read: sync, then apply the views (verb `views`).\n',
    });
    expect(await readFile(output, 'utf8')).toBe('the page of yesterday');
  });
});

test('leaves no half a page where the file cannot be put', async () => {
  await mkdir(output);
  const { code, stderr } = await report(clean.connectionString);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^No page was written: EISDIR/);
  expect(await readdir(folder)).toEqual(['posture.html']);
});

test.each([
  [['--output', 'x.html'], 'Say which database'],
  [['--connection', 'postgresql://x'], 'Say which file to write'],
  [['--outptu', 'x'], "Unknown option '--outptu'"],
])('%j are wrong arguments', async (argv, words) => {
  const { code, stderr } = await runVerb(['report', ...argv]);
  expect(code).toBe(64);
  expect(stderr).toContain(words);
  expect(stderr).toContain('Usage: report');
});

test('a view whose table is not synced is not known, and the rest is answered', async () => {
  const { connectionString } = await server.create();
  const client = await connect(connectionString);
  await createTables(
    client,
    allTables.filter(
      (table) => !['aws_encryption_s3_buckets', 'aws_encryption_resources'].includes(table.name),
    ),
  );
  await applyViews(client);
  await client.end();
  expect(await report(connectionString)).toMatchObject({ code: 0 });
  const page = await readFile(output, 'utf8');
  expect(page).toContain('Not synced: aws_encryption_s3_buckets (add');
});

test('the next page tells what has changed since', async () => {
  const { connectionString } = await server.create(clean.name);
  expect(await report(connectionString)).toMatchObject({ code: 0 });
  expect(await readFile(output, 'utf8')).toContain('There is no earlier report');

  const client = await connect(connectionString);
  const later = new Date(Date.now() + 60_000).toISOString().slice(0, 19);
  await client.query(
    'UPDATE aws_encryption_coverage SET _cq_sync_time = $1, started_at = $1, finished_at = $1, last_complete_at = $1',
    [later],
  );
  await client.query('UPDATE aws_encryption_keys SET _cq_sync_time = $1', [later]);
  await insert(
    client,
    'aws_encryption_keys',
    key(ids.data, 'us-east-1', 'fresh', { rotation_state: 'disabled', _cq_sync_time: later }),
  );
  await client.end();
  const earlier = join(folder, 'earlier.html');
  await writeFile(earlier, await readFile(output));
  for (const more of [[], ['--previous', earlier]]) {
    expect(await report(connectionString, ...more)).toMatchObject({ code: 0 });
    const page = await readFile(output, 'utf8');
    expect(page).toContain('<strong>Keys that could rotate and do not</strong>: 1 new (alias/fresh in data)');
    expect(page).toContain('+1 since the last report');
    expect(page).toContain('<td class="numeric">+1</td>');
    // A change is a number, no text of others that a spreadsheet might take for a formula.
    expect(page).not.toMatch(/&#39;[+−]/);
  }
  expect(await report(connectionString, '--previous', `${folder}/gone.html`)).toEqual({
    code: 2,
    stdout: '',
    stderr: `No page was written: there is no file ${folder}/gone.html, which --previous names.\n`,
  });
});

test('with the rights of the read-only role it reads all it needs', async () => {
  const { connectionString } = await server.create(clean.name);
  expect(await runVerb(['views', '--connection', connectionString, '--reader'])).toMatchObject({ code: 0 });
  const owner = await connect(connectionString);
  await owner.query(`CREATE ROLE page_${process.pid} LOGIN PASSWORD 'page' IN ROLE aws_encryption_reader`);
  const url = new URL(connectionString);
  url.username = `page_${process.pid}`;
  url.password = 'page';
  const result = await report(url.href);
  await owner.query(`DROP ROLE page_${process.pid}`);
  await owner.end();
  expect(result).toEqual({ code: 0, stdout: `Wrote ${output}\n`, stderr: '' });
});
