import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Client } from 'pg';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { pluginPath } from '../../lab/organization-sync.ts';
import { readChecks } from '../../src/checks/check.ts';
import { sqlFile } from '../../src/postgres/sql-folder.ts';
import { applyViews } from '../../src/views/apply.ts';
import { connect, databases } from './database.ts';
import { insertKnownAnswers } from './known-answers.ts';
import { arn, days, ids, insertClean, reading, today, yesterday } from './rows.ts';
import { runVerb } from './run-verb.ts';
import { createTables, insert } from './tables.ts';

const { data, compute, legacy, suspended, auditor } = ids;
const east = 'us-east-1';
const server = databases();
let clean: string;
let known: string;

beforeAll(async () => {
  clean = await prepared(insertClean);
  known = await prepared(insertKnownAnswers);
});

async function prepared(fill: (client: Client) => Promise<void>): Promise<string> {
  const { name, connectionString } = await server.create();
  const client = await connect(connectionString);
  await createTables(client);
  await applyViews(client);
  await fill(client);
  await client.end();
  return name;
}

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of a database, changed, and what the verb says of it. */
async function judged(
  template: string,
  change: (client: Client) => Promise<unknown>,
  ...argv: string[]
): Promise<Outcome> {
  const { connectionString } = await server.create(template);
  const client = await connect(connectionString);
  await change(client);
  await client.end();
  return runVerb(['check', '--connection', connectionString, ...argv]);
}

const unchanged = async () => {};
const lastLine = ({ stdout }: Outcome) => stdout.trimEnd().split('\n').at(-1);

interface Document {
  readonly verdict: string;
  readonly complete: boolean;
  readonly checks: readonly {
    readonly id: string;
    readonly gaps: readonly { readonly kind: string; readonly table: string; readonly message: string }[];
    readonly findings: readonly Readonly<Record<string, string | null>>[];
  }[];
  readonly exceptions: readonly string[];
}
const json = ({ stdout }: Outcome): Document => JSON.parse(stdout);
const gapsOf = (document: Document) =>
  [
    ...new Set(document.checks.flatMap(({ gaps }) => gaps.map(({ kind, message }) => `${kind}: ${message}`))),
  ].sort();

describe('exit code 0', () => {
  test('only for whole, fresh and clean data', async () => {
    const outcome = await judged(clean, unchanged);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(lastLine(outcome)).toBe(
      'Clean: 34 checks at or above medium found nothing, in whole and fresh data.',
    );
  });

  test('also where accounts are left out on purpose, which is said', async () => {
    const outcome = await judged(
      clean,
      (client) =>
        insert(
          client,
          'aws_encryption_coverage',
          reading(suspended, 'global', '*', { status: 'skipped', reason: 'account_suspended' }),
        ),
      '--format=json',
    );
    expect(outcome.code).toBe(0);
    expect(json(outcome).exceptions).toEqual([`account ${suspended} is left out: account_suspended`]);
  });
});

describe('what the source’s spec does not include', () => {
  const off = (client: Client) =>
    client.query(`
      UPDATE aws_encryption_coverage SET status = 'skipped', reason = 'not_selected'
      WHERE table_name = 'aws_encryption_key_principals';
      DELETE FROM aws_encryption_coverage WHERE table_name LIKE 'aws_encryption_iam_%'
    `);
  const leftOut = "check outside-principal-can-use-key is left out: include_iam is off in the source's spec";

  test('is left out, which is said, and keeps nothing from being clean', async () => {
    const outcome = await judged(clean, off, '--format=json');
    expect(outcome.code).toBe(0);
    expect(json(outcome).checks).toHaveLength(33);
    expect(json(outcome).exceptions).toContain(leftOut);
  });

  test('is one line of a check for all keys of which it is not known', async () => {
    const { stdout } = await judged(
      clean,
      (client) =>
        client.query(`
          UPDATE aws_encryption_coverage SET status = 'skipped', reason = 'not_selected'
          WHERE table_name = 'aws_encryption_key_last_usage';
          DELETE FROM aws_encryption_key_last_usage;
          DELETE FROM aws_encryption_key_metrics
        `),
      '--check=unused-key',
      '--threshold=low',
      '--format=json',
    );
    const { verdict, checks } = JSON.parse(stdout);
    expect({ verdict, not_asked: checks[0].not_asked, findings: checks[0].findings }).toEqual({
      verdict: 'not_known',
      not_asked: [
        {
          message:
            "when a key was last used was not asked: set include_key_last_usage: true in the source's spec",
          count: 1,
        },
      ],
      findings: [],
    });
  });

  test('is not known where it is asked for by name', async () => {
    const outcome = await judged(clean, off, '--only=outside-principal-can-use-key', '--format=json');
    expect(outcome.code).toBe(2);
    expect(gapsOf(json(outcome))).toEqual([
      "not_synced: aws_encryption_key_principals is turned off in the source's spec, in 1 places (account and region)",
    ]);
  });

  test('is not left out where it is read in some places, or could not be read', async () => {
    for (const [status, reason] of [
      ['complete', null],
      ['failed', 'access_denied'],
    ]) {
      const outcome = await judged(
        clean,
        async (client) => {
          await off(client);
          const more = { status, reason, last_complete_at: null };
          await insert(client, 'aws_encryption_coverage', reading(data, 'eu-west-1', 'key_principals', more));
        },
        '--format=json',
      );
      expect(outcome.code).toBe(2);
      expect(json(outcome).exceptions).not.toContain(leftOut);
    }
  });
});

test('views of an older version, without a function that a check calls, keep it from its answer, which is said', async () => {
  const outcome = await judged(
    clean,
    (client) => client.query('DROP FUNCTION aws_encryption.fix_of_ebs_default'),
    '--check=ebs-encryption-by-default-off',
    '--format=json',
  );
  expect(outcome).toMatchObject({ code: 2, stderr: '' });
  expect(gapsOf(json(outcome))).toEqual([
    expect.stringMatching(/^not_synced: function aws_encryption\.fix_of_ebs_default.* apply the views/),
  ]);
});

describe('exit code 1', () => {
  test('on what is wrong, even where not all is known, which is said', async () => {
    const outcome = await judged(known, unchanged);
    expect(outcome.code).toBe(1);
    expect(lastLine(outcome)).toMatch(
      /^Violations: \d+ at or above medium, \d+ of them public keys\. Not all was seen: there may be more\.$/,
    );
  });

  test('every finding of every check', async () => {
    const outcome = await judged(known, unchanged, '--threshold=low', '--format=json');
    expect(outcome.code).toBe(1);
    const found = json(outcome).checks.flatMap(({ findings }) =>
      findings.map((row) => [
        row.check_id,
        row.severity,
        row.account_id,
        row.region,
        row.resource,
        row.status,
      ]),
    );
    const of = (region: string, id: string, account: string = data) => [
      account,
      region,
      arn(account, region, id),
    ];
    const west = 'eu-west-1';
    const queue = (account: string, name: string) => [
      account,
      east,
      `arn:aws:sqs:${east}:${account}:${name}`,
    ];
    expect(found).toEqual([
      // A bucket's key, and the second key of a snapshot.
      ['key-pending-deletion-in-use', 'critical', ...of(east, 'deleting'), 'violation'],
      ['key-pending-deletion-in-use', 'critical', ...of(east, 'deleting'), 'violation'],
      ['key-pending-deletion-in-use', 'critical', ...of(west, 'waiting', compute), 'unknown'],
      ['key-public', 'critical', ...of(east, 'public'), 'violation'],
      ['key-public', 'critical', ...of(west, 'dark'), 'unknown'],
      ['key-public', 'critical', ...of(east, 'half-read'), 'unknown'],
      ['resource-under-outside-key', 'critical', compute, east, 'arn:aws:s3:::unread', 'unknown'],
      ['resource-under-outside-key', 'critical', ...queue(compute, 'unread'), 'unknown'],
      ['condition-limits-no-account', 'high', ...of(east, 'public'), 'violation'],
      ['grant-to-outside-account', 'high', ...of(east, 'half-read'), 'violation'],
      ['grant-to-outside-account', 'high', ...of(east, 'lake'), 'violation'],
      ['grant-to-outside-account', 'high', ...of(west, 'dark'), 'unknown'],
      ['grant-to-outside-account', 'high', ...of(east, 'half-read'), 'unknown'],
      ['imported-material-expiring', 'high', ...of(east, 'imported'), 'violation'],
      ['key-disabled-in-use', 'high', null, null, null, 'unknown'],
      ['key-store-not-connected', 'high', data, east, 'cks-1', 'violation'],
      ['key-usable-outside-organization', 'high', ...of(west, 'mrk-1'), 'violation'],
      ['key-usable-outside-organization', 'high', ...of(east, 'lake'), 'violation'],
      ['key-usable-outside-organization', 'high', ...of(west, 'dark'), 'unknown'],
      ['key-usable-outside-organization', 'high', ...of(east, 'half-read'), 'unknown'],
      ['outside-principal-can-use-key', 'high', ...of(east, 'lake'), 'violation'],
      ...[
        of(west, 'dark'),
        ...['half-read', 'metadata-only', 'public'].map((id) => of(east, id)),
        of(east, 'old', legacy),
      ].map((place) => ['outside-principal-can-use-key', 'high', ...place, 'unknown']),
      ['trail-key-keeps-cloudtrail-out', 'high', null, null, null, 'unknown'],
      ['aws-managed-key-on-shared-bucket', 'medium', data, east, 'arn:aws:s3:::under-aws-s3', 'violation'],
      ['aws-managed-key-on-shared-bucket', 'medium', compute, east, 'arn:aws:s3:::unread', 'unknown'],
      ['aws-managed-key-on-shared-resource', 'medium', ...queue(data, 'under-aws-sqs'), 'violation'],
      ['aws-managed-key-on-shared-resource', 'medium', ...queue(compute, 'unread'), 'unknown'],
      ['gone-principal-on-bucket', 'medium', compute, east, 'arn:aws:s3:::unread', 'unknown'],
      ['gone-principal-on-key', 'medium', ...of(east, 'half-read'), 'violation'],
      ['gone-principal-on-key', 'medium', ...of(west, 'dark'), 'unknown'],
      ['gone-principal-on-key', 'medium', ...of(east, 'half-read'), 'unknown'],
      ['grant-beyond-policy', 'medium', ...of(east, 'lake'), 'violation'],
      ['grant-beyond-policy', 'medium', ...of(west, 'dark'), 'unknown'],
      ['grant-beyond-policy', 'medium', ...of(east, 'half-read'), 'unknown'],
      ['grant-beyond-policy', 'medium', ...of(east, 'half-read'), 'unknown'],
      ['policy-not-understood', 'medium', ...of(east, 'half-read'), 'unknown'],
      ['rotation-off', 'medium', ...of(east, 'metadata-only'), 'violation'],
      ['rotation-off', 'medium', ...of(east, 'old', legacy), 'violation'],
      ['rotation-off', 'medium', ...of(west, 'dark'), 'unknown'],
      ['shared-but-locked-bucket', 'medium', data, east, 'arn:aws:s3:::partly', 'violation'],
      ['shared-but-locked-bucket', 'medium', data, east, 'arn:aws:s3:::under-aws-s3', 'violation'],
      ['shared-but-locked-bucket', 'medium', compute, east, 'arn:aws:s3:::unread', 'unknown'],
      ['shared-but-locked-resource', 'medium', ...queue(data, 'locked'), 'violation'],
      ['shared-but-locked-resource', 'medium', ...queue(data, 'under-aws-sqs'), 'violation'],
      ['shared-but-locked-resource', 'medium', ...queue(compute, 'unread'), 'unknown'],
      ['writers-locked-out-of-bucket', 'medium', data, east, 'arn:aws:s3:::logs', 'violation'],
      ['writers-locked-out-of-bucket', 'medium', data, east, 'arn:aws:s3:::possible', 'violation'],
      ['writers-locked-out-of-bucket', 'medium', compute, east, 'arn:aws:s3:::unread', 'unknown'],
      ['customer-key-without-use', 'low', null, null, null, 'unknown'],
      ...[of(west, 'dark'), of(east, 'half-read'), of(east, 'old', legacy)].map((place) => [
        'principal-can-escalate-on-key',
        'low',
        ...place,
        'unknown',
      ]),
      ['trail-without-key', 'low', null, null, null, 'unknown'],
      ['unused-key', 'low', ...of(east, 'hsm'), 'violation'],
      ['unused-key', 'low', ...of(east, 'rsa'), 'violation'],
      ...[
        of(west, 'dark'),
        of(west, 'mrk-1'),
        ...['forever', 'half-read', 'imported', 'mrk-1', 'public'].map((id) => of(east, id)),
        of(west, 'empty', compute),
        of(east, 'mrk-2', compute),
        of(east, 'paused', compute),
        of(east, 'old', legacy),
      ].map((place) => ['unused-key', 'low', ...place, 'unknown']),
    ]);
  });

  test('messages say what, and who', async () => {
    const document = json(await judged(known, unchanged, '--threshold=low', '--format=json'));
    const message = (id: string, resource: string) =>
      document.checks.find((check) => check.id === id)?.findings.find((row) => row.resource === resource)
        ?.message;
    expect(message('key-pending-deletion-in-use', arn(data, east, 'deleting'))).toBe(
      `alias/deleting is used by bucket arn:aws:s3:::doomed of account ${compute}, which breaks at once, and will be deleted in 6 days`,
    );
    expect(message('grant-to-outside-account', arn(data, east, 'lake'))).toBe(
      `grant grant-1 on alias/lake is for arn:aws:iam::${auditor}:role/analytics, whose account is outside the organization`,
    );
    expect(message('key-store-not-connected', 'cks-1')).toBe('key store main is DISCONNECTED; keys in it: 1');
    expect(message('policy-not-understood', arn(data, east, 'half-read'))).toBe(
      'the policy of alias/half-read is not understood: statement 1: the operator StringSounds is not known',
    );
    expect(message('unused-key', arn(data, east, 'rsa'))).toBe(
      'alias/rsa has not been used for 100 days and costs $1 a month',
    );
  });

  const rotationOff = (client: Client) =>
    client.query(`UPDATE aws_encryption_keys SET rotation_state = 'disabled'`);

  test.each([
    ['low', 1],
    ['medium', 1],
    ['high', 0],
    ['critical', 0],
  ])('a violation of medium severity under --threshold %s: exit code %i', async (threshold, code) => {
    expect((await judged(clean, rotationOff, '--threshold', threshold)).code).toBe(code);
  });

  test('--check and --severity run what they name', async () => {
    const ids = async (...argv: string[]) =>
      json(await judged(clean, unchanged, '--format=json', ...argv)).checks.map(({ id }) => id);
    expect(await ids('--check=key-public', '--check=rotation-off')).toEqual(['key-public', 'rotation-off']);
    expect(await ids('--severity=critical')).toEqual([
      'key-pending-deletion-in-use',
      'key-public',
      'resource-under-outside-key',
    ]);
  });

  test('--only runs what it names', async () => {
    expect((await judged(clean, rotationOff, '--only=key-public,policy-not-understood')).code).toBe(0);
    expect((await judged(clean, rotationOff, '--only=key-public', '--only=rotation-off')).code).toBe(1);
  });
});

describe('waivers', () => {
  const off = (client: Client) => client.query(`UPDATE aws_encryption_keys SET rotation_state = 'disabled'`);

  test('take findings out of the exit code, and nothing out of sight', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'waivers-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'waivers.yml');
    await writeFile(
      file,
      `- {check: rotation-off, account: '${data}', reason: replaced in spring}\n- {check: key-public, reason: old}\n`,
    );
    const outcome = await judged(clean, off, `--waivers=${file}`);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(outcome.stdout).toContain('waived: replaced in spring');
    expect(outcome.stdout).toContain(
      'waiver 2 (check: key-public) is about nothing that was found: mend it or take it out',
    );
    const { checks } = JSON.parse(
      (await judged(known, unchanged, `--waivers=${file}`, '--format=json')).stdout,
    );
    const of = (id: string) => checks.find((check: { id: string }) => check.id === id);
    expect(of('rotation-off').waived.length).toBeGreaterThan(0);
    expect(of('rotation-off').findings.map((row: { account_id: string }) => row.account_id)).toEqual([
      legacy,
    ]);
  });

  test('for principals hold of what is known whole', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'waivers-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'waivers.yml');
    await writeFile(file, `- {check: '*', principal: '*', reason: our vendors}\n`);
    const half = (client: Client) => client.query(`UPDATE aws_encryption_keys SET sharing_complete = false`);
    for (const [change, place] of [
      [unchanged, 'waived'],
      [half, 'findings'],
    ] as const) {
      const { stdout } = await judged(known, change, `--waivers=${file}`, '--format=json');
      for (const id of ['key-usable-outside-organization', 'outside-principal-can-use-key']) {
        const check = JSON.parse(stdout).checks.find((each: { id: string }) => each.id === id);
        expect(
          check[place]
            .filter(({ status }: { status: string }) => status === 'violation')
            .map(({ resource }: { resource: string }) => resource),
        ).toContain(arn(data, east, 'lake'));
      }
    }
  });

  test('that cannot be read are wrong arguments', async () => {
    const { code, stderr } = await runVerb(['check', '--connection=postgresql://h/d', '--waivers=/no/such']);
    expect(code).toBe(64);
    expect(stderr).toContain('--waivers: /no/such cannot be read: ENOENT');
  });
});

describe('a part of the accounts', () => {
  const off = (client: Client) =>
    client.query(`
      UPDATE aws_encryption_keys SET rotation_state = 'disabled';
      UPDATE aws_encryption_accounts SET organization_units = ARRAY['r-1', 'ou-1-data'] WHERE account_id = '${data}';
      UPDATE aws_encryption_accounts SET organization_units = ARRAY['r-1'] WHERE account_id <> '${data}'
    `);
  const failed = async (client: Client) => {
    await off(client);
    const more = { account_name: 'legacy', status: 'failed', message: 'no role', last_complete_at: null };
    await insert(client, 'aws_encryption_coverage', reading(legacy, 'global', '*', more));
  };
  const rotation = '--check=rotation-off';

  test.each([
    [off, ['--account', data], 1],
    [off, ['--account', '2*,9*'], 2],
    [off, ['--ou', 'ou-1-data'], 1],
    [off, ['--account', legacy], 2],
    [failed, ['--account', legacy], 2],
  ])('%o %j: exit code %i', async (change, argv, code) => {
    expect((await judged(clean, change, rotation, ...argv)).code).toBe(code);
  });

  test('what was not seen of others counts only for checks that need it', async () => {
    const gaps = async (check: string) =>
      gapsOf(json(await judged(clean, failed, `--check=${check}`, '--account', data, '--format=json')));
    expect(await gaps('rotation-off')).toEqual([]);
    expect(await gaps('key-usable-outside-organization')).toEqual([
      `incomplete: account ${legacy} (legacy), failed: no role`,
    ]);
  });

  test('that nobody knows is told, and nothing is judged', async () => {
    const { code, stdout, stderr } = await judged(clean, off, '--account=nobody-*');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe('No account that a sync knows is meant by --account nobody-*: nothing was judged.\n');
  });
});

/** Runs a command under a terminal of 60 columns. */
const terminal = `
import fcntl, os, pty, struct, sys, termios
pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 40, 60, 0, 0))
    os.execvp(sys.argv[1], sys.argv[1:])
out = b''
try:
    while True:
        part = os.read(fd, 65536)
        if not part: break
        out += part
except OSError: pass
os.waitpid(pid, 0)
sys.stdout.buffer.write(out)
`;

describe('colours', () => {
  const inTerminal = async (env: Record<string, string>) => {
    const { connectionString } = await server.create(known);
    const argv = ['-c', terminal, process.execPath, pluginPath, 'check', '--connection', connectionString];
    const { stdout } = await promisify(execFile)('python3', argv, {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, TERM: 'xterm-256color', ...env },
    });
    return stdout.replaceAll('\r\n', '\n');
  };

  test('are for a terminal', async () => {
    const text = await inTerminal({});
    expect(text).toContain('\u001b[31m');
    const [first = '', second = ''] = text.split('\n\n');
    expect(first).toContain('Public keys: 1, open to anyone');
    expect(second).toContain('severity');
  });

  test('are not for NO_COLOR; lines end within the terminal', async () => {
    const text = await inTerminal({ NO_COLOR: '1' });
    expect(text).not.toContain('\u001b');
    const summary = text.slice(0, text.indexOf('CRITICAL')).split('\n');
    expect(summary.filter((line) => line.length > 60)).toEqual([]);
    expect(summary).toContain('What to do first');
  });

  test('are not for a pipe', async () => {
    expect((await judged(known, unchanged)).stdout).not.toContain('\u001b');
  });
});

describe('exit code 2', () => {
  const cases: readonly (readonly [string, (client: Client) => Promise<unknown>, string])[] = [
    [
      'readings are older than --max-age',
      (client) =>
        client.query(
          `UPDATE aws_encryption_coverage SET finished_at = finished_at - interval '2 days' WHERE table_name = 'aws_encryption_keys'`,
        ),
      `stale: aws_encryption_keys was last read too long ago in 1 of its places (account and region), the oldest at ${days(-2 - 1 / 24).slice(0, 16)} UTC; run a sync`,
    ],
    [
      'a clock is wrong',
      (client) =>
        client.query(
          `UPDATE aws_encryption_coverage SET finished_at = '2100-01-01' WHERE table_name = 'aws_encryption_keys'`,
        ),
      'stale: aws_encryption_keys was last read too long ago in 1 of its places (account and region), the oldest at 2100-01-01 00:00 UTC; run a sync',
    ],
    [
      'nobody knows when it was read',
      (client) =>
        client.query(
          `UPDATE aws_encryption_coverage SET finished_at = NULL WHERE table_name = 'aws_encryption_keys'`,
        ),
      'stale: aws_encryption_keys was last read too long ago in 1 of its places (account and region); run a sync',
    ],
    [
      'a table is partial in one place',
      (client) =>
        client.query(
          `UPDATE aws_encryption_coverage SET status = 'partial', message = 'kms:ListGrants failed' WHERE table_name = 'aws_encryption_key_access'`,
        ),
      `incomplete: aws_encryption_key_access of account ${data}, us-east-1, partial (last complete at ${today._cq_sync_time.slice(0, 16)} UTC): kms:ListGrants failed`,
    ],
    [
      'an account failed',
      (client) =>
        insert(
          client,
          'aws_encryption_coverage',
          reading(legacy, 'global', '*', {
            account_name: 'legacy',
            status: 'failed',
            message: 'sts:AssumeRole failed',
            last_complete_at: null,
          }),
        ),
      `incomplete: account ${legacy} (legacy), failed: sts:AssumeRole failed`,
    ],
    [
      'an account in scope was never read',
      (client) => insert(client, 'aws_encryption_accounts', { ...today, account_id: legacy, in_scope: true }),
      `incomplete: account ${legacy}, missing: The account is in scope, but no sync has said anything about it: the sync was cut short, or the table aws_encryption_coverage is not kept.`,
    ],
    [
      'an account was not read for one table',
      (client) => insert(client, 'aws_encryption_coverage', reading(compute, east, 'resources')),
      `incomplete: aws_encryption_keys of account ${compute}, missing: Other accounts were read for this table, this one was not: run a whole sync.`,
    ],
    [
      'the source’s spec turns a table off',
      (client) =>
        client.query(
          `UPDATE aws_encryption_coverage SET status = 'skipped', reason = 'not_selected' WHERE table_name = 'aws_encryption_resources'`,
        ),
      "not_synced: aws_encryption_resources is turned off in the source's spec, in 1 places (account and region)",
    ],
    [
      'a policy of the organization closes a service to the plugin',
      (client) =>
        client.query(
          `UPDATE aws_encryption_coverage SET status = 'skipped', reason = 'denied_by_organization_policy', message = 'Not asked.', last_complete_at = NULL WHERE table_name = 'aws_encryption_resources'`,
        ),
      `incomplete: aws_encryption_resources of account ${data}, ${east}, skipped: Not asked.`,
    ],
    [
      'no sync covers a table',
      (client) =>
        client.query(`DELETE FROM aws_encryption_coverage WHERE table_name = 'aws_encryption_s3_buckets'`),
      "not_synced: aws_encryption_s3_buckets is not synced: No sync has covered this table: add it to `tables` in the source's spec to have its questions answered.",
    ],
    [
      'a table is missing, and its views with it',
      (client) => client.query('DROP TABLE aws_encryption_resources CASCADE'),
      'not_synced: relation "aws_encryption.current_resources" does not exist: sync aws_encryption_keys, aws_encryption_resources and apply the views (verb `views`)',
    ],
    [
      'the views are not applied',
      (client) => client.query('DROP SCHEMA aws_encryption CASCADE'),
      'not_synced: the views are not in this database; run `views`, which makes them or says what they lack, then this again.',
    ],
    [
      'there is nothing at all',
      (client) =>
        client.query('TRUNCATE aws_encryption_accounts, aws_encryption_coverage, aws_encryption_keys'),
      "not_synced: aws_encryption_keys is not synced: No sync has covered this table: add it to `tables` in the source's spec to have its questions answered.",
    ],
  ];

  test.each(cases)('%s', async (_, change, gap) => {
    const outcome = await judged(clean, change, '--format=json');
    expect(outcome.code).toBe(2);
    expect(json(outcome)).toMatchObject({ verdict: 'not_known', complete: false });
    expect(gapsOf(json(outcome))).toContain(gap);
  });

  test('a row is unknown in whole and fresh data', async () => {
    const outcome = await judged(clean, (client) =>
      client.query(`UPDATE aws_encryption_keys SET rotation_state = NULL`),
    );
    expect(outcome.code).toBe(2);
    expect(lastLine(outcome)).toBe(
      'Not known: no violations at or above medium were found, but not all was seen or is known, so this is no "fine".',
    );
  });

  test('--max-age decides what is old', async () => {
    expect((await judged(clean, unchanged, '--max-age=30m')).code).toBe(2);
    expect((await judged(clean, unchanged, '--max-age=2h')).code).toBe(0);
    expect((await judged(clean, unchanged, '--max-age=7d')).code).toBe(0);
  });

  test('what only a check below the threshold needs does not count', async () => {
    const noUsage = (client: Client) =>
      client.query(`DELETE FROM aws_encryption_coverage WHERE table_name = 'aws_encryption_key_last_usage'`);
    expect((await judged(clean, noUsage)).code).toBe(0);
    expect((await judged(clean, noUsage, '--threshold=low')).code).toBe(2);
  });

  test('yesterday’s reading of an account that has failed since is no reading', async () => {
    const outcome = await judged(clean, async (client) => {
      await insert(client, 'aws_encryption_coverage', reading(legacy, east, 'keys', yesterday));
      await insert(
        client,
        'aws_encryption_coverage',
        reading(legacy, 'global', '*', { status: 'failed', message: 'no' }),
      );
    });
    expect(outcome.code).toBe(2);
  });

  test('the database cannot be reached, and the password is not told', async () => {
    const { code, stdout, stderr } = await runVerb([
      'check',
      '--connection',
      'postgresql://user:s3cret@127.0.0.1:1/postgres',
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      'PostgreSQL (127.0.0.1:1, database postgres) cannot be reached: connect ECONNREFUSED 127.0.0.1:1.\n',
    );
  });

  test('the password is wrong', async () => {
    const { connectionString } = await server.create(clean);
    const url = new URL(connectionString);
    url.password = 's3cret%2Fguess';
    const { code, stderr } = await runVerb(['check'], { AWS_ENCRYPTION_POSTGRES: url.href });
    expect(code).toBe(2);
    expect(stderr).toContain('password authentication failed for user');
    expect(stderr).not.toMatch(/s3cret/);
  });

  test.each([
    'host=127.0.0.1 password=s3cret',
    'mysql://user:s3cret@host/db',
    'postgresql://user:s3cret@:x/',
  ])('%s is no URL of PostgreSQL, and is not repeated', async (connection) => {
    const { code, stderr } = await runVerb(['check', '--connection', connection]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'The connection must be a URL: postgresql://user:password@host:5432/database.\n',
    });
  });
});

test('a role that may read nothing gets no "fine"', async () => {
  const { connectionString, name } = await server.create(clean);
  const client = await connect(connectionString);
  const role = `nobody_${name}`;
  await client.query(`CREATE ROLE ${role} LOGIN PASSWORD 'p'`);
  onTestFinished(async () => {
    await client.query(`DROP ROLE ${role}`);
    await client.end();
  });
  const url = new URL(connectionString);
  url.username = role;
  url.password = 'p';
  const { code, stdout } = await runVerb(['check', '--connection', url.href]);
  expect(code).toBe(2);
  expect(stdout).toContain('permission denied for schema aws_encryption');
});

test('the read-only role can run the checks', async () => {
  const { connectionString, name } = await server.create(clean);
  expect((await runVerb(['views', '--reader', '--connection', connectionString])).code).toBe(0);
  const client = await connect(connectionString);
  const role = `dashboard_${name}`;
  await client.query(`CREATE ROLE ${role} LOGIN PASSWORD 'p' IN ROLE aws_encryption_reader`);
  onTestFinished(async () => {
    await client.query(`DROP ROLE ${role}`);
    await client.end();
  });
  const url = new URL(connectionString);
  url.username = role;
  url.password = 'p';
  expect((await runVerb(['check', '--connection', url.href])).code).toBe(0);
});

test('search_path in the URL counts, as for CloudQuery', async () => {
  const { connectionString } = await server.create();
  const client = await connect(connectionString);
  await client.query('CREATE SCHEMA cloud; SET search_path TO cloud');
  await createTables(client);
  await insertClean(client);
  await client.end();
  const url = `${connectionString}?search_path=cloud`;
  expect((await runVerb(['views', '--connection', url])).code).toBe(0);
  expect((await runVerb(['check', '--connection', url])).code).toBe(0);
});

describe('exit code 64', () => {
  test.each([
    [[], 'Say which database: --connection or the variable AWS_ENCRYPTION_POSTGRES.'],
    [
      ['--connection=postgresql://h/d', '--threshold=urgent'],
      '--threshold urgent is none of low, medium, high, critical.',
    ],
    [
      ['--connection=postgresql://h/d', '--format=xml'],
      '--format xml is none of table, json, sarif, junit, prometheus.',
    ],
    [
      ['--connection=postgresql://h/d', '--max-age=1 day'],
      '--max-age 1 day is no time: write 90m, 24h or 7d.',
    ],
    [['--connection=postgresql://h/d', '--max-age=0h'], '--max-age 0h is no time: write 90m, 24h or 7d.'],
    [
      ['--connection=postgresql://h/d', '--only=nothing'],
      '--only names nothing, which is no check; there are ',
    ],
    [['--connection=postgresql://h/d', '--only='], '--only names no check.'],
    [
      ['--connection=postgresql://h/d', '--only=unused-key'],
      'No check that is asked for is at or above --threshold medium: nothing would count.',
    ],
    [
      ['--connection=postgresql://h/d', '--check=nothing'],
      '--check names nothing, which is no check; there are ',
    ],
    [
      ['--connection=postgresql://h/d', '--severity=urgent'],
      '--severity urgent is none of low, medium, high, critical.',
    ],
    [
      ['--connection=postgresql://h/d', '--framework=iso'],
      '--framework iso asks none of the checks; there are cis-1.4, ',
    ],
    [['--all'], "Unknown option '--all'"],
  ])('%j', async (argv, sentence) => {
    const { code, stdout, stderr } = await runVerb(['check', ...argv]);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr).toContain('Usage: check');
  });

  test('--help is no mistake', async () => {
    const { code, stdout } = await runVerb(['check', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Exit codes:');
  });
});

describe('the controls of frameworks', () => {
  test('are those of checks that exist, and the view says the same as the file', async () => {
    const { source, frameworks } = JSON.parse(await sqlFile('compliance.json'));
    const ofFile = frameworks.flatMap(
      (framework: { id: string; controls: { id: string; check: string }[] }) =>
        framework.controls.map(({ id, check }) => [framework.id, id, check]),
    );
    const { connectionString } = await server.create(clean);
    const client = await connect(connectionString);
    onTestFinished(() => client.end());
    const { rows } = await client.query({
      text: `SELECT framework, control_id, check_id FROM aws_encryption.compliance`,
      rowMode: 'array',
    });
    expect(rows).toEqual(ofFile);
    const checks = await readChecks();
    const known = checks.map(({ id }) => id);
    expect(ofFile.filter(([, , check]: string[]) => !known.includes(check ?? ''))).toEqual([]);
    const dated = await client.query(`SELECT DISTINCT source, read_on::text FROM aws_encryption.compliance`);
    expect(dated.rows).toEqual([
      { source: `${source.package} ${source.version} (${source.license})`, read_on: source.read },
    ]);
  });

  test('are asked for by --framework', async () => {
    const asked = async (name: string) => {
      const { checks } = JSON.parse(
        (await judged(clean, unchanged, '--format=json', '--framework', name, '--threshold=low')).stdout,
      );
      return Object.fromEntries(checks.map(({ id, maps }: { id: string; maps: string[] }) => [id, maps]));
    };
    expect(await asked('cis')).toEqual({
      'key-public': ['CIS AWS Foundations Benchmark v7.0 2.21'],
      'condition-limits-no-account': ['CIS AWS Foundations Benchmark v7.0 2.21'],
      'ebs-encryption-by-default-off': ['CIS AWS Foundations Benchmark v7.0 6.1.1'],
      'rotation-off': ['CIS AWS Foundations Benchmark v7.0 4.6'],
      'unencrypted-database': ['CIS AWS Foundations Benchmark v7.0 3.2.1'],
      'unencrypted-file-system': ['CIS AWS Foundations Benchmark v7.0 3.3.1'],
      'trail-without-key': ['CIS AWS Foundations Benchmark v7.0 4.5'],
    });
    expect((await asked('cis-1.4'))['rotation-off']).toEqual(['CIS AWS Foundations Benchmark v1.4 3.8']);
  });
});

test('there are as many checks as documents say', async () => expect(await readChecks()).toHaveLength(40));
