import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demo } from '../../lab/aws/organizations/demo.ts';
import { type Schedule, startSchedule, startWebhook } from './schedule.ts';

let schedule: Schedule;
let page: string;

beforeAll(async () => {
  schedule = await startSchedule(demo());
  page = join(schedule.folder, 'posture.html');
});
afterAll(() => schedule.close());

test('syncs, applies the views, checks and writes the page', async () => {
  const { code, stdout, stderr } = await schedule.run();
  // The demo organization has violations, and an account that cannot be entered, which counts for more.
  expect(code).toBe(2);
  expect(stderr).toContain('Incomplete: account ');
  expect(stdout).toMatch(/^Applied \d+ views in the schema aws_encryption\.$/m);
  expect(stdout).toContain('data-lake-aws-managed-key');
  expect(stdout).toContain('Wrote posture.html');
  expect(await readFile(page, 'utf8')).toContain('Organization o-demo0lab01');
});

test('a failed sync is told, and the page is made of what there is', async () => {
  await rm(page);
  const { code, stdout, stderr } = await schedule.run({ SPEC: 'no-such-spec.yml' });
  expect(code).toBe(2);
  expect(stdout + stderr).toContain('no-such-spec.yml');
  expect(await readFile(page, 'utf8')).toContain('Organization o-demo0lab01');
});

test('does nothing while another run is at work; a signal ends that with an alert', async () => {
  await rm(page);
  const webhook = await startWebhook();
  // A CLI that is at work until it is told to end.
  const slow = join(schedule.folder, 'slow');
  await writeFile(slow, '#!/usr/bin/env bash\necho started\nexec sleep 600\n', { mode: 0o755 });
  const first = await schedule.start({ CLOUDQUERY: slow, ALERT_WEBHOOK: webhook.url });
  await new Promise((resolve) => first.process.stdout?.once('data', resolve));
  const second = await schedule.run({ ALERT_WEBHOOK: webhook.url });
  expect(second).toEqual({
    code: 75,
    stdout: '',
    stderr: 'Another run is at work (posture.html.lock): nothing done.\n',
  });
  expect(await readdir(schedule.folder)).not.toContain('posture.html');
  expect(webhook.taken()).toEqual([]);

  // And a signal ends the first, its CLI with it, and frees the lock.
  first.process.kill('SIGTERM');
  expect((await first.result).code).toBe(143);
  expect(webhook.taken()).toEqual([expect.stringContaining('The run was stopped by a signal')]);
  await webhook.close();
  expect((await schedule.run({ SPEC: 'no-such-spec.yml' })).code).toBe(2);
});

test('says which variable it needs', async () => {
  const { code, stderr } = await schedule.run({ POSTGRES_URL: '' });
  expect(code).toBe(64);
  expect(stderr).toContain('POSTGRES_URL=postgresql://');
});
