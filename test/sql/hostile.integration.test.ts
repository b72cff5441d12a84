import type { Client } from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { applyViews } from '../../src/views/apply.ts';
import { visible, visibleJson } from '../../src/visible.ts';
import fc from '../random.ts';
import { connect, databases } from './database.ts';
import { account, ids, insertClean, key, reading } from './rows.ts';
import { runVerb } from './run-verb.ts';
import { createTables, insert } from './tables.ts';

/** What strangers may write into an alias, a Sid, a name, or make AWS answer. */
const hostile = [
  '\u001b[2J\u001b[31mall is fine\u001b[0m', // clears the terminal
  '\u009b1A\u009b2K', // the same by one character
  'two\r\nlines\n::error file=x::y',
  '##vso[task.complete result=Succeeded;]DONE',
  '##[command]rm',
  '</failure><script>alert(1)</script>&"\'<![CDATA[',
  ']]>',
  '\u202Egnitirw\u202C\u200Bhidden\u2028line',
  '=HYPERLINK("http://evil","x")',
  '[click](https://evil.example) {0} \\',
  `'; DROP TABLE aws_encryption_keys; --`,
  '%s %1$s $1 $x',
  '\u0001\u0008\u007F',
].join(' | ');

const server = databases();
let connectionString: string;

beforeAll(async () => {
  ({ connectionString } = await server.create());
  const client = await connect(connectionString);
  await createTables(client);
  await applyViews(client);
  await insertClean(client);
  await insertHostile(client);
  await client.end();
});

async function insertHostile(client: Client): Promise<void> {
  await insert(client, 'aws_encryption_accounts', account('compute', { name: hostile }));
  await insert(
    client,
    'aws_encryption_keys',
    key(ids.compute, 'us-east-1', 'key', { aliases: [hostile], rotation_state: 'disabled', arn: hostile }),
  );
  await insert(
    client,
    'aws_encryption_coverage',
    reading(ids.compute, 'global', '*', { account_name: hostile, status: 'failed', message: hostile }),
  );
}

const inFormat = async (format: string) => {
  const { code, stdout, stderr } = await runVerb([
    'check',
    '--connection',
    connectionString,
    '--format',
    format,
  ]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  return stdout;
};

/** Everything but line ends that a terminal, a log viewer or a reader could be led by. */
const leading = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

test.each(['table', 'json', 'sarif', 'junit'])('--format %s is text that leads nobody', async (format) => {
  const lines = (await inFormat(format)).split('\n');
  expect(lines.filter((line) => leading.test(line))).toEqual([]);
  expect(lines.filter((line) => line.startsWith('::') || /##\w*\[/.test(line))).toEqual([]);
});

test('the table has one line for the place and one for the message', async () => {
  const lines = (await inFormat('table')).split('\n');
  const at = lines.findIndex((line) => line.startsWith('  violation'));
  expect(lines[at]).toContain('\\u{1b}[2J\\u{1b}[31mall is fine');
  expect(lines[at + 1]).toMatch(/^ {13}automatic rotation of .*\\u\{1\}\\u\{8\}\\u\{7f\} is off$/);
  expect(lines[at + 2]).toBe('');
});

test('JSON carries the text as it is', async () => {
  const { checks } = JSON.parse(await inFormat('json'));
  const { findings } = checks.find(({ id }: { id: string }) => id === 'rotation-off');
  expect(findings).toEqual([
    {
      check_id: 'rotation-off',
      severity: 'medium',
      account_id: ids.compute,
      account_name: hostile,
      region: 'us-east-1',
      resource: hostile,
      message: `automatic rotation of ${hostile} is off`,
      status: 'violation',
      first_seen: null,
    },
  ]);
});

test('SARIF has results, rules and notifications that belong together, and no links', async () => {
  const { version, runs } = JSON.parse(await inFormat('sarif'));
  const [{ tool, results, invocations }] = runs;
  expect(version).toBe('2.1.0');
  expect(tool.driver.rules).toHaveLength(40);
  const [result] = results.filter(({ kind }: { kind: string }) => kind === 'fail');
  expect(result).toMatchObject({ ruleId: 'rotation-off', level: 'warning' });
  expect(tool.driver.rules[result.ruleIndex].id).toBe('rotation-off');
  expect(result.message.text).toContain('\\[click\\](https://evil.example)');
  expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe(`aws/${ids.compute}/us-east-1`);
  expect(result.partialFingerprints['checkAndResource/v1']).toMatch(/^[0-9a-f]{64}$/);
  expect(invocations[0].executionSuccessful).toBe(false);
  expect(invocations[0].toolExecutionNotifications.length).toBeGreaterThan(0);
});

test('JUnit is well formed, and red', async () => {
  const attribute = ` [a-z]+="(?:[^<>&"]|&(?:amp|lt|gt|quot|apos);)*"`;
  const element = (name: string, inner: string) => `<${name}(?:${attribute})*(?:/>|>${inner}</${name}>)`;
  const outcome = `(?:${['failure', 'error', 'skipped'].map((name) => element(name, '')).join('|')})`;
  const suite = element('testsuite', `\\s*(?:${element('testcase', outcome)}\\s*)*`);
  const document = await inFormat('junit');
  expect(document).toMatch(
    new RegExp(
      `^<\\?xml version="1\\.0" encoding="UTF-8"\\?>\\s*${element('testsuites', `\\s*(?:${suite}\\s*)*`)}\\s*$`,
    ),
  );
  expect(document).toContain('<testsuite name="rotation-off"');
  expect(document).toContain('<failure message="automatic rotation of ');
  expect(document).toContain('<error message="');
  // Below the threshold: shown, and not red.
  expect(document).toContain('<skipped message="below the threshold: ');
});

describe('any text', () => {
  const text = fc.string({ unit: 'binary' });

  test('is one line without control characters once it is visible', () => {
    fc.assert(fc.property(text, (value) => !leading.test(visible(value)) && !/##\w*\[/.test(visible(value))));
  });

  test('survives JSON, which then holds no control characters but its line ends', () => {
    fc.assert(
      fc.property(text, (value) => {
        const document = visibleJson({ value });
        return JSON.parse(document).value === value && !leading.test(document.replaceAll('\n', ''));
      }),
    );
  });

  test('that is harmless stays as it is', () => {
    expect(visible('Größe: 12 % of naïve “café” 日本 🔑 #1 [x]')).toBe(
      'Größe: 12 % of naïve “café” 日本 🔑 #1 [x]',
    );
  });
});
