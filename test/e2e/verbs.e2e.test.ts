import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { pluginPath } from '../../lab/organization-sync.ts';
import manifest from '../../package.json' with { type: 'json' };
import { type Ended, runProgram } from './run-program.ts';

/** The executable, as a user calls it. */
const run = (...args: readonly string[]): Promise<Ended> => runProgram(pluginPath, args);

const allowed = async (...args: readonly string[]): Promise<string[]> => {
  const { code, stdout } = await run('permissions', ...args);
  expect(code).toBe(0);
  const { Statement } = JSON.parse(stdout) as { Statement: { Action: string[]; Resource: string }[] };
  return Statement.flatMap(({ Action }) => Action);
};

test('permissions: of the chosen tables only', async () => {
  expect(await allowed('--tables', 'aws_encryption_key_aliases,aws_encryption_key_grants')).toEqual([
    'account:ListRegions',
    'kms:ListAliases',
    'kms:ListGrants',
    'kms:ListKeys',
  ]);
  expect(
    await allowed('--tables', 'aws_encryption_key_*', '--skip-tables', '*_grants,*_access,*_principals'),
  ).not.toContain('kms:ListGrants');
});

test('permissions: of the chosen services only', async () => {
  const chosen = await allowed('--tables', 'aws_encryption_resources', '--services', 'sqs, backup');
  expect(chosen).toEqual(expect.arrayContaining(['sqs:ListQueues', 'backup:ListBackupVaults']));
  expect(chosen).not.toContain('kinesis:ListStreams');
  expect(await allowed('--services', '*')).toEqual(expect.arrayContaining(await allowed()));
  const { code, stderr } = await run('permissions', '--services', 'kinesys');
  expect([code, stderr.split('\n')[0]]).toEqual([
    64,
    '--services has kinesys, which is no service; did you mean `kinesis`?',
  ]);
});

test('permissions: what a role of an earlier version lacks', async () => {
  const lacking = await allowed('--since', '0.1.0');
  expect(lacking).toContain('kinesis:ListStreams');
  expect(lacking).not.toContain('kms:ListKeys');
  const nothing = await run('permissions', '--since', '0.1.0', '--tables', 'aws_encryption_key_aliases');
  expect([nothing.code, nothing.stderr]).toEqual([0, 'A role of 0.1.0 lacks nothing for these tables.\n']);
  const { code, stderr } = await run('permissions', '--since', '0.0.9');
  expect([code, stderr.split('\n')[0]]).toEqual([
    64,
    '--since 0.0.9 is no version whose roles are known; known: 0.1.0.',
  ]);
});

test('permissions: of who lists the organization, and of an account by itself', async () => {
  const organization = await run(
    'permissions',
    '--for',
    'organization',
    '--member-role',
    'posture',
    '--partition',
    'aws-cn',
  );
  expect(organization.stdout).toContain('"arn:aws-cn:iam::*:role/posture"');
  expect(await allowed('--for', 'organization')).toContain('organizations:ListAccounts');
  expect(await allowed('--for', 'account')).toContain('organizations:DescribeOrganization');
  expect(await allowed()).not.toContain('organizations:DescribeOrganization');
});

test.each([
  [['permissions', '--for', 'everybody'], '--for everybody is none of member, organization, account.'],
  [['permissions', '--tables', 'aws_kms_keys'], '"aws_kms_keys" in tables names no table of this plugin'],
  [['permissions', '--table', 'x'], 'There is no option --table: did you mean --tables?'],
  [['health', 'somewhere'], 'Unexpected argument'],
] as const)('%j is refused with its usage', async (args, says) => {
  const { code, stderr } = await run(...args);
  expect(code).toBe(64);
  expect(stderr).toContain(says);
  expect(stderr).toContain(`Usage: ${args[0]}`);
});

test.each(['views', 'check', 'report', 'permissions', 'health', 'demo'])(
  '%s says more with --help',
  async (verb) => {
    const { code, stdout, stderr } = await run(verb, '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Usage: ${verb}`);
  },
);

test('serve: a plugin that cannot listen says so, and ends with 1', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  const { code, stdout } = await run('serve', '--address', `127.0.0.1:${port}`);
  taken.close();
  expect(code).toBe(1);
  expect(stdout).toContain('EADDRINUSE');
});

test('the version is known where package.json is not, and by another name; so is that the demo is missing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aws-encryption-elsewhere-'));
  await cp(dirname(pluginPath), join(folder, 'plugin'), { recursive: true });
  await symlink(join(folder, 'plugin/main.js'), join(folder, 'aws-encryption'));
  const elsewhere = join(folder, 'aws-encryption');
  const version = await runProgram(elsewhere, ['--version']);
  await rm(join(folder, 'plugin/demo'), { recursive: true });
  const demo = await runProgram(elsewhere, ['demo']);
  await rm(folder, { recursive: true });
  expect(demo.stderr).toContain('This copy of the plugin comes without the demo: the npm package has it.');
  expect(version.stdout).toBe(`${manifest.version}\n`);
});

test('the help names every verb, and the version is the one of package.json', async () => {
  const { stdout } = await run('--help');
  for (const verb of ['serve', 'package', 'views', 'check', 'report', 'permissions', 'health']) {
    expect(stdout).toContain(verb);
  }
  expect((await run('--version')).stdout).toBe(`${manifest.version}\n`);
});

test.each(['', 'help', '-h', '--help'])(
  'what there is, in the order in which users come to it: %j',
  async (word) => {
    const { code, stdout } = await run(...(word === '' ? [] : [word]));
    const named = [...stdout.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => name);
    expect(code).toBe(0);
    expect(named.slice(0, 4)).toEqual(['demo', 'views', 'check', 'explain']);
    expect(stdout).not.toMatch(/.{121}/);
  },
);

test('a word that is nearly a command, or none, is told what there is', async () => {
  expect(await run('chek')).toEqual({
    code: 64,
    stdout: '',
    stderr: 'There is no command chek: did you mean check?\n',
  });
  expect(await run('\u202efrob')).toMatchObject({
    code: 64,
    stderr: 'There is no command \\u{202e}frob: --help names all.\n',
  });
  const secret = await run('host=db password=hunter2');
  expect([secret.code, secret.stderr]).toEqual([
    64,
    'There is no such command (not shown): --help names all.\n',
  ]);
  const misspelt = await run('report', '--conection', 'x', '-h');
  expect([misspelt.code, misspelt.stderr.split('\n')[0]]).toEqual([
    64,
    'There is no option --conection: did you mean --connection?',
  ]);
  expect((await run('report', '-h')).stdout).toContain('Usage: report');
});
