import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { applyViews } from '../../src/views/apply.ts';
import { visible } from '../../src/visible.ts';
import { connect, databases } from '../sql/database.ts';
import { access, account, arn, bucket, days, ids, insertClean, key, reading, resource } from '../sql/rows.ts';
import { runVerb } from '../sql/run-verb.ts';
import { createTables, insert } from '../sql/tables.ts';
import { pages } from './pages.ts';

/** What strangers may write into an alias, a description, a name, or make AWS answer. */
const texts = [
  '<script>document.title="owned"</script>',
  '"><img src="http://evil.example/x" onerror="document.title=1">',
  "' onmouseover='document.title=1",
  '</title></style></svg><iframe src="http://evil.example"></iframe>',
  '<a href="javascript:document.title=1">click</a>',
  '&lt;b&gt;&amp;&#60;',
  ']]><![CDATA[<!-- -->',
  '<svg><use href="http://evil.example#x"/></svg>',
  '@import url(http://evil.example);',
  '=cmd|"/C calc"!A0',
  '\u202Egnitirw\u202C\u200B\u2028\u0007',
  'two\r\nlines',
  '{{7*7}} $& $1 `x`',
];

const hostile = texts.join(' ');
const server = databases();
const { file, open } = pages();

beforeAll(async () => {
  const { connectionString } = await server.create();
  const client = await connect(connectionString);
  await createTables(client);
  await applyViews(client);
  await insertClean(client);
  const { compute } = ids;
  const region = 'us-east-1';
  const place = { account_name: hostile };
  await insert(client, 'aws_encryption_accounts', account('compute', { name: hostile }));
  // One after the other: each text also starts a cell, a chart's label and an attribute.
  for (const [i, text] of texts.entries()) {
    const id = `key-${i}`;
    const named = { ...place, aliases: [text], description: text, tags: { [text]: text } };
    await insert(
      client,
      'aws_encryption_keys',
      key(compute, region, id, {
        ...named,
        rotation_state: 'disabled',
        sharing: 'external',
        shared_outside_organization: true,
        shared_access: ['use'],
        key_state: 'PendingDeletion',
        deletion_date: days(3),
      }),
    );
    await insert(
      client,
      'aws_encryption_key_access',
      access(compute, region, id, {
        principal: text,
        principal_account_id: null,
        principal_type: 'anyone',
        known_account_name: text,
        sid: text,
        trust: 'external',
        limited_to_account_ids: [text],
        reason: text,
      }),
    );
    const locked = {
      ...place,
      kms_key_arn: arn(compute, region, id),
      explanation: text,
      blocked_account_ids: [text],
    };
    await insert(
      client,
      'aws_encryption_s3_buckets',
      bucket(compute, text, {
        ...locked,
        arn: `arn:aws:s3:::${text}`,
        cross_account_read: 'blocked_by_key_policy',
        fix: JSON.stringify([
          {
            for: [text],
            parties: 1,
            purpose: text,
            steps: [{ kind: text, on: text, statement: { [text]: text }, command: text, why: text }],
          },
        ]),
      }),
    );
    await insert(
      client,
      'aws_encryption_resources',
      resource(compute, text, {
        ...locked,
        service: text,
        resource_type: text,
        cross_account_use: `blocked_by_${text}`,
      }),
    );
    await insert(
      client,
      'aws_encryption_coverage',
      reading(compute, `region-${i}`, 'keys', { ...place, status: 'partial', reason: text, message: text }),
    );
  }
  await client.end();
  const result = await runVerb([
    'report',
    '--connection',
    connectionString,
    '--output',
    file('hostile.html'),
  ]);
  expect(result).toMatchObject({ code: 0, stderr: '' });
});

test('nothing of strangers becomes an element, an attribute, a script or a request', async () => {
  // Scripts on: if one got in, it would run.
  const { page, requests, close } = await open('hostile.html');
  expect(requests).toEqual([]);
  expect(await page.title()).toMatch(/^Encryption posture/);
  const elements = await page.evaluate<string[]>(
    '[...new Set([...document.querySelectorAll("*")].map(({ localName }) => localName))]',
  );
  expect(elements.toSorted()).toEqual(ours);
  const attributes = await page.evaluate<string[]>(`
    [...document.querySelectorAll('*')].flatMap((element) => [...element.attributes])
      .filter(({ name, value }) => name.startsWith('on') || (name === 'href' && !/^#|^https:[/][/][a-z0-9-]+[.]console[.]aws[.]amazon[.]com[/]kms[/]/.test(value)))
      .map(({ name, value }) => name + '=' + value)`);
  expect(attributes).toEqual([]);
  await close();
});

/** All the elements that a page has. */
const ours = [
  ...[
    'a',
    'body',
    'caption',
    'circle',
    'defs',
    'details',
    'div',
    'footer',
    'g',
    'h1',
    'h2',
    'head',
    'header',
    'html',
    'li',
  ],
  ...[
    'line',
    'main',
    'meta',
    'ol',
    'p',
    'pattern',
    'pre',
    'rect',
    'section',
    'span',
    'strong',
    'style',
    'summary',
    'svg',
  ],
  ...['table', 'tbody', 'td', 'text', 'th', 'thead', 'title', 'tr', 'ul'],
].toSorted();

test('it is there to be read, with what misleads spelled out', async () => {
  const { page, close } = await open('hostile.html');
  const text = (await page.locator('body').textContent()) ?? '';
  for (const each of texts) expect(text).toContain(visible(each));
  const source = await readFile(file('hostile.html'), 'utf8');
  expect(source.match(/[\p{Cf}\p{Zl}\r]/gu)).toBe(null);
  await close();
});

test('no copied cell starts a formula', async () => {
  const { page, close } = await open('hostile.html');
  const cells = await page.evaluate<string[]>(
    '[...document.querySelectorAll("tbody th, tbody td")].map((cell) => cell.textContent)',
  );
  expect(cells.filter((cell) => /^\s*[=@]/.test(cell))).toEqual([]);
  expect(cells).toContain(`'=cmd|"/C calc"!A0`);
  await close();
});

test('the page forbids all that it does not need', async () => {
  const { page, close } = await open('hostile.html');
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(policy).toBe("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'");
  // And the browser keeps it: a script that came in all the same would not run.
  await page.evaluate(`{
    const script = document.createElement('script');
    script.textContent = 'document.title = "owned"';
    document.body.append(script);
  }`);
  expect(await page.title()).not.toBe('owned');
  await close();
});

test('long words do not widen the page', async () => {
  const { page, close } = await open('hostile.html', { viewport: { width: 390, height: 900 } });
  const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  expect(await page.evaluate(overflow)).toBe(0);
  await close();
});
