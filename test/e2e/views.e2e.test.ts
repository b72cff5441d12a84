import { Client } from 'pg';
import { expect, test } from 'vitest';
import { demo } from '../../lab/aws/organizations/demo.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import { organizationSync } from '../../lab/organization-sync.ts';
import { startPostgres } from '../../lab/postgres.ts';
import { sync } from '../../lab/sync.ts';
import { readChecks } from '../../src/checks/check.ts';
import { formatTable } from '../../src/checks/format/table.ts';
import { runChecks } from '../../src/checks/run.ts';
import { applyViews } from '../../src/views/apply.ts';

test('explore', { timeout: 120000 }, async () => {
  const aws = await startSimulator(demo());
  const postgres = await startPostgres();
  const r = await sync(organizationSync(aws, postgres));
  console.log(r.code, r.stderr.slice(0, 500));
  const client = new Client({ connectionString: postgres.connectionString });
  await client.connect();
  const a = await applyViews(client);
  console.log(a.leftOut);
  console.log(formatTable(await runChecks(client, await readChecks(), { maxAge: 3600 }), 'low'));
  for (const v of a.views.filter((v) => !v.startsWith('current_') && v !== 'coverage')) { console.log('=== ' + v); for (const row of (await client.query(`SELECT * FROM aws_encryption.${v}`)).rows) console.log(JSON.stringify(row)); }
  console.log((await client.query(`SELECT DISTINCT region, table_name, status, reason FROM aws_encryption_coverage where account_id='123412341234'`)).rows);
  await client.end(); await postgres.stop(); await aws.close();
  expect(1).toBe(1);
});
