import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SimAccount } from '../../lab/aws/model.ts';
import { startAgainWhenKilled } from '../../lab/cloudquery/starting-again.ts';
import { type Schedule, startSchedule, startWebhook, type Webhook } from './schedule.ts';
import { member, smallOrganization } from './small-organization.ts';

/** When the schedule's script alerts, and what it says: an organization in which nothing is wrong, until something is. */
let schedule: Schedule;
let webhook: Webhook;
let settings: Record<string, string>;

beforeAll(async () => {
  const organization = smallOrganization();
  // A name that JSON has to escape, and that a chat would take for a mention.
  Object.assign(organization.accounts.get(member) as SimAccount, { name: 'da"t\\a <!here>' });
  schedule = await startSchedule(organization);
  webhook = await startWebhook();
  await schedule.writeSpec('little.yml', ['aws_encryption_key_types']);
  await writeFile(join(schedule.folder, 'webhook'), webhook.url);
  await mkdir(join(schedule.folder, 'textfile'));
  settings = {
    ALERT_WEBHOOK_FILE: 'webhook',
    METRICS_FILE: 'textfile/aws_encryption.prom',
    // The organization has no trail, so that the answer to what a check of high severity asks is not known.
    THRESHOLD: 'critical',
  };
});
afterAll(async () => {
  await webhook.close();
  await schedule.close();
});

/** A run's exit code, what it posted, and its metrics. */
async function run(change: Record<string, string> = {}) {
  // A run that is started again has posted, too.
  const start = () => {
    webhook.taken();
    return schedule.start({ ...settings, ...change });
  };
  const { result } = await startAgainWhenKilled(start, (run) => run.result);
  const { code, stdout, stderr } = await result;
  const posted = webhook.taken();
  const metrics = await readFile(join(schedule.folder, settings.METRICS_FILE ?? ''), 'utf8');
  expect(await readdir(join(schedule.folder, 'textfile'))).toEqual(['aws_encryption.prom']);
  const said = `${stdout}${stderr}${posted.join('')}${metrics}`;
  expect(said).not.toContain('T0secret');
  expect(posted.join('')).not.toContain(new URL(schedule.postgres.connectionString).password);
  return { code, posted, metrics, stderr };
}

async function inDatabase(sql: string) {
  const client = new Client({ connectionString: schedule.postgres.connectionString });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

test('nothing is wrong: no alert, numbers, and a history', async () => {
  const { code, posted, metrics } = await run();
  expect({ code, posted }).toEqual({ code: 0, posted: [] });
  expect(metrics).toMatch(/^aws_encryption_run_exit_code 0$/m);
  expect(metrics).toMatch(/^aws_encryption_findings\{severity="critical",status="violation"\} 0$/m);
  expect(metrics).toMatch(/^aws_encryption_coverage_places\{status="complete"\} [1-9]\d*$/m);
  expect(metrics).toMatch(/^aws_encryption_incomplete_accounts 0$/m);
  expect(await inDatabase('SELECT FROM aws_encryption.key_sharing_history')).toHaveLength(3);
});

test('findings alone are no alert; an answer that is not known is one', async () => {
  const quick = { SPEC: 'little.yml' };
  expect(await run({ ...quick, THRESHOLD: 'medium' })).toMatchObject({ code: 1, posted: [] });
  const unknown = await run({ ...quick, THRESHOLD: 'high' });
  expect(unknown).toMatchObject({ code: 2, posted: [expect.stringContaining('The checks cannot tell')] });
});

test('a sync that fails', async () => {
  const { code, posted, metrics } = await run({ SPEC: 'no-such-spec.yml' });
  expect(code).toBe(2);
  expect(posted).toEqual([
    expect.stringMatching(/^Encryption posture .*\nThe sync failed \(exit code 1\): /),
  ]);
  expect(metrics).toMatch(/^aws_encryption_run_exit_code 2$/m);
});

test('a member that cannot be entered is named', async () => {
  const fault = schedule.aws.faults.add({
    account: member,
    operation: 'sts:AssumeRole',
    effect: { kind: 'deny' },
  });
  const { code, posted, metrics } = await run();
  fault.remove();
  expect(code).toBe(2);
  expect(posted).toHaveLength(1);
  expect(posted[0]).toContain(
    `Incomplete: account ${member} (da"t\\a ‹!here›): failed (assume_role_denied).`,
  );
  expect(posted[0]).not.toContain('Stale');
  expect(metrics).toMatch(/^aws_encryption_incomplete_accounts 1$/m);
  expect(await run()).toMatchObject({ code: 0, posted: [] });
});

test('what was read too long ago, although the sync of today went well', async () => {
  await inDatabase(`UPDATE aws_encryption_coverage SET finished_at = finished_at - interval '3 days'`);
  const { code, posted } = await run({ SPEC: 'little.yml' });
  expect(code).toBe(2);
  expect(posted).toEqual([expect.stringMatching(new RegExp(`\\nStale: account ${member} `))]);
  expect(posted[0]).not.toContain('Incomplete');
  expect(await run({ SPEC: 'little.yml', MAX_AGE: '7d' })).toMatchObject({ code: 0, posted: [] });
});

test('a database that is down', async () => {
  const { code, posted, metrics } = await run({ POSTGRES_URL: 'postgresql://sync:pa55@127.0.0.1:1/posture' });
  expect(code).toBe(2);
  expect(posted).toHaveLength(1);
  expect(posted[0]).toContain('PostgreSQL (127.0.0.1:1, database posture) cannot be reached');
  expect(posted[0]).not.toContain('pa55');
  // No number is better than an old one.
  expect(metrics).not.toContain('aws_encryption_findings');
  expect(metrics).toMatch(/^aws_encryption_run_exit_code 2$/m);
});

test('the webhook is told to no program but curl, and to that on no command line', async () => {
  const bin = join(schedule.folder, 'bin');
  await mkdir(bin);
  const spy = '#!/usr/bin/env bash\nprintf "%s\\n" "$0" "$@" >>"$HOME/seen"\nenv >>"$HOME/seen"\n';
  const curl = `${spy}PATH=\${PATH#*:} exec curl "$@"\n`;
  await writeFile(join(bin, 'curl'), curl, { mode: 0o755 });
  await writeFile(join(bin, 'cloudquery'), `${spy}exit 3\n`, { mode: 0o755 });
  const change = { PATH: `${bin}:${process.env.PATH}`, CLOUDQUERY: join(bin, 'cloudquery') };
  const { posted } = await run({ ...change, ALERT_WEBHOOK_FILE: '', ALERT_WEBHOOK: webhook.url });
  expect(posted).toEqual([expect.stringContaining('The sync failed (exit code 3)')]);
  const seen = await readFile(join(schedule.folder, 'seen'), 'utf8');
  expect(seen).toMatch(/bin\/cloudquery\nsync\n[\s\S]*bin\/curl\n--config\n/);
  expect(seen).not.toContain('T0secret');
});

test('an alert that is not taken is told, and one that cannot be sent is refused at the start', async () => {
  webhook.answer(404);
  const refused = await run({ SPEC: 'no-such-spec.yml' });
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('The alert could not be sent.') });
  webhook.answer(200);
  const noUrl = await schedule.run({ ALERT_WEBHOOK: 'hooks.example/T0secret' });
  expect(noUrl).toEqual({
    code: 64,
    stdout: '',
    stderr: 'The webhook is no URL (not shown): nothing done.\n',
  });
  const noFile = await schedule.run({ ALERT_WEBHOOK_FILE: 'nowhere' });
  expect(noFile.code).toBe(64);
});
