import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { urgencies } from '../../src/checks/check.ts';
import { readCoverage } from '../../src/report/coverage.ts';
import { outsidePanel } from '../../src/report/panels/outside.ts';
import { withReader } from '../../src/report/reader.ts';
import { cleanDatabase } from './clean-database.ts';
import { databases } from './database.ts';
import { access, account, arn, bucket, days, ids, key, readings, resource } from './rows.ts';
import { insert } from './tables.ts';

const { compute, data, auditor } = ids;
const east = 'us-east-1';
const west = 'eu-west-1';
const server = databases();
let client: Client;

const open = { shared_outside_organization: true, shared_access: ['use'] };
const letsIn = (keyId: string, more = {}) =>
  access(compute, east, keyId, {
    source_id: '1',
    principal: `arn:aws:iam::${auditor}:root`,
    principal_account_id: auditor,
    trust: 'external',
    reason: 'outside',
    ...more,
  });
const family = {
  multi_region: true,
  primary_key_arn: arn(data, east, 'mrk-world'),
  replica_key_arns: [arn(data, west, 'mrk-world'), arn(data, 'ap-south-1', 'mrk-world')],
};
const pending = { key_state: 'PendingDeletion' };
const usedBy = (name: string, keyId: string) =>
  bucket(compute, name, {
    key_reference: 'arn',
    sse_algorithm: 'aws:kms',
    kms_key_arn: arn(compute, east, keyId),
    key_account_id: compute,
    key_type: 'customer_managed_aws_material',
  });

beforeAll(async () => {
  client = await cleanDatabase(server);
  await client.query(`UPDATE aws_encryption_accounts SET organization_units = '{r-1,ou-z}'`);
  await insert(
    client,
    'aws_encryption_accounts',
    account('compute', { organization_units: ['r-1', 'ou-a'], organization_unit_names: ['Root', 'Work'] }),
  );
  await insert(client, 'aws_encryption_coverage', ...readings(compute, [east]));
  await insert(
    client,
    'aws_encryption_keys',
    key(compute, east, 'a-conditional', { ...open, sharing: 'external' }),
    key(compute, east, 'b-later', { ...pending, deletion_date: days(20) }),
    key(compute, east, 'c-sooner', { ...pending, deletion_date: days(2) }),
    key(compute, east, 'd-idle', { ...pending, deletion_date: days(1) }),
    key(compute, east, 'e-vendor', {
      ...open,
      sharing: 'external',
      tags: { 'Cost-Owner': 'x', TEAM: 'payments' },
    }),
    key(compute, east, 'f-maybe', { ...open, sharing: 'external' }),
    key(compute, east, 'y-world', { ...open, sharing: 'public' }),
    key(compute, east, 'z-disabled', { key_state: 'Disabled' }),
    key(data, east, 'x-world', {
      ...open,
      sharing: 'public',
      effective_sharing: 'external',
      effective_shared_outside_organization: true,
    }),
    key(data, east, 'x-stopped', {
      ...open,
      sharing: 'public',
      effective_sharing: 'not_shared',
      effective_shared_outside_organization: false,
      organization_policy_ids: ['p-1'],
    }),
    key(data, east, 'w-idle', { rotation_state: 'disabled' }),
    key(data, east, 'mrk-world', { ...open, ...family, sharing: 'public', multi_region_key_type: 'PRIMARY' }),
    key(data, west, 'mrk-world', {
      ...family,
      multi_region_key_type: 'REPLICA',
      aliases: ['alias/mrk-quiet'],
    }),
    key(data, east, 'half-read', { ...open, sharing: 'external', sharing_complete: false }),
  );
  const anyone = { principal: '*', principal_account_id: null, trust: 'anyone', principal_type: 'anyone' };
  await insert(
    client,
    'aws_encryption_key_access',
    letsIn('a-conditional', { certainty: 'conditional' }),
    letsIn('e-vendor'),
    letsIn('f-maybe', { certainty: null }),
    letsIn('y-world', anyone),
    { ...letsIn('x-world', anyone), account_id: data },
    { ...letsIn('x-stopped', anyone), account_id: data },
    { ...letsIn('mrk-world', anyone), account_id: data },
  );
  await insert(
    client,
    'aws_encryption_s3_buckets',
    usedBy('later', 'b-later'),
    usedBy('sooner', 'c-sooner'),
    usedBy('off', 'z-disabled'),
    bucket(data, 'locked', {
      kms_key_arn: arn(compute, east, 'e-vendor'),
      cross_account_read: 'blocked_by_key_policy',
      blocked_account_ids: [compute],
      cross_account_write: 'blocked_by_key_policy',
      write_blocked_account_ids: [compute],
    }),
    bucket(data, 'blocked-on-purpose', {
      cross_account_read: 'blocked_by_public_access_block',
      blocked_anyone: true,
    }),
  );
  await insert(
    client,
    'aws_encryption_resources',
    resource(compute, 'locked-queue', {
      cross_account_use: 'partly_blocked',
      blocked_account_ids: [auditor],
      judged_operation: 'receive',
      use_verdicts: ['blocked_by_iam', 'possible'],
    }),
  );
  const found = {
    severity: 'critical',
    findings: 1,
    waived: false,
    last_seen: days(-1),
    account_id: compute,
  };
  await client.query(
    `INSERT INTO aws_encryption.finding_history
       (check_id, severity, account_id, region, resource, findings, waived, first_seen, last_seen, resolved_at)
     VALUES ('key-public', $1, $2, $3, $4, 1, false, $5, $6, NULL), ('key-public', $1, $2, $3, $4, 1, false, $7, $7, $7),
       ('rotation-off', $1, $2, $3, $4, 1, false, $7, $6, NULL)`,
    [found.severity, compute, east, arn(compute, east, 'y-world'), days(-12), found.last_seen, days(-400)],
  );
});
afterAll(() => client?.end());

const ask = async (columns: string, where = 'true'): Promise<unknown[][]> =>
  (
    await client.query({
      text: `SELECT ${columns} FROM aws_encryption.findings_in_order WHERE ${where}`,
      rowMode: 'array',
    })
  ).rows;

test('the worst first; a deletion that is nearer, then account and unit', async () => {
  expect(await ask('rank, urgency, account_name, name')).toEqual([
    [1, 'public', 'compute', 'alias/y-world'],
    [1, 'public', 'data', 'alias/mrk-world'],
    [2, 'outside', 'compute', 'alias/e-vendor'],
    // Whether conditions limit it nobody knows.
    [2, 'outside', 'compute', 'alias/f-maybe'],
    // Policies of the organization leave others than anyone.
    [2, 'outside', 'data', 'alias/x-world'],
    [3, 'deletion_in_use', 'compute', 'alias/c-sooner'],
    [3, 'deletion_in_use', 'compute', 'alias/b-later'],
    [4, 'locked_out', 'compute', 'locked-queue'],
    [4, 'locked_out', 'data', 'locked'],
    [5, 'outside_under_conditions', 'compute', 'alias/a-conditional'],
    [6, 'rest', 'compute', 'alias/z-disabled'],
    [6, 'rest', 'data', 'alias/x-stopped'],
    // A key that could rotate stands after the rest.
    [6, 'rest', 'data', 'alias/w-idle'],
    [7, 'unknown', 'data', 'mrk-world'],
    [7, 'unknown', 'data', 'alias/half-read'],
  ]);
});

test('checks go by the same order', async () => {
  const { rows } = await client.query(
    'SELECT array_agg(word ORDER BY aws_encryption.urgency_rank(word)) AS words FROM unnest($1::text[]) AS word',
    [[...urgencies, 'unknown'].toReversed()],
  );
  expect(rows).toEqual([{ words: [...urgencies, 'unknown'] }]);
});

describe('each row says', () => {
  test.each([
    ['alias/y-world', 'Anyone in any AWS account can use it.'],
    ['alias/e-vendor', `Outside the organization account ${auditor} can use it without conditions.`],
    [
      'alias/f-maybe',
      `Outside the organization account ${auditor} can use it; not known whether conditions limit that.`,
    ],
    ['alias/c-sooner', 'Deleted in 2 days; 1 use in compute (333333333333) still needs it.'],
    [
      'locked',
      'Shared with compute (333333333333), who cannot read it: neither policy nor grants of its key let them in.',
    ],
    [
      'locked-queue',
      `Shared with account ${auditor}, who cannot use it (receive): IAM of their own account does not allow it.`,
    ],
    ['alias/w-idle', 'Could rotate and does not.'],
    [
      'alias/mrk-world',
      'Anyone in any AWS account can use it. So is open what its related keys in eu-west-1 encrypt.',
    ],
    [
      'mrk-world',
      'Not seen, and decrypts what its related keys in eu-west-1, us-east-1 encrypt: not known whom it lets in.',
    ],
    ['alias/x-stopped', 'Its own policy lets * in; organization policies stop that (p-1).'],
    ['alias/half-read', 'Not known whether it can be used outside the organization.'],
  ])('of %s: %s', async (name, sentence) => {
    expect(await ask('sentence', `name = '${name}'`)).toEqual([[sentence]]);
  });

  test('which check finds it', async () => {
    expect(
      await ask('name, check_id', `name IN ('locked', 'locked-queue', 'alias/x-stopped', 'alias/w-idle')`),
    ).toEqual([
      ['locked-queue', 'shared-but-locked-otherwise'],
      ['locked', 'shared-but-locked-bucket'],
      ['alias/x-stopped', 'key-usable-outside-organization'],
      ['alias/w-idle', 'rotation-off'],
    ]);
  });

  test('since when, by the check of its own that is open, else nothing', async () => {
    expect(await ask('name, first_seen', 'first_seen IS NOT NULL')).toEqual([['alias/y-world', days(-12)]]);
  });

  test('whose it is by a tag in any letter case, its units and its key', async () => {
    expect(
      await ask(
        'owner, organization_units, organization_unit_names, key_alias, key_id',
        `name IN ('alias/e-vendor', 'locked')`,
      ),
    ).toEqual([
      ['payments', ['r-1', 'ou-a'], ['Root', 'Work'], 'alias/e-vendor', 'e-vendor'],
      ['payments', ['r-1', 'ou-z'], null, 'alias/e-vendor', 'e-vendor'],
    ]);
  });

  test('how a key is kept, or has to rotate', async () => {
    const command = `fix -> 0 -> 'steps' -> 0 ->> 'command'`;
    const of = (id: string) => `--region ${east} --key-id ${arn(compute, east, id)}`;
    expect(await ask(command, `name IN ('alias/c-sooner', 'alias/z-disabled')`)).toEqual([
      [`aws kms cancel-key-deletion ${of('c-sooner')}\naws kms enable-key ${of('c-sooner')}`],
      [`aws kms enable-key ${of('z-disabled')}`],
    ]);
    expect(await ask(command, `name = 'alias/w-idle'`)).toEqual([
      [`aws kms enable-key-rotation --region ${east} --key-id ${arn(data, east, 'w-idle')}`],
    ]);
    expect(await ask('fix', `urgency = 'unknown' AND check_id LIKE 'key-%-in-use'`)).not.toContainEqual([
      expect.anything(),
    ]);
  });
});

test('the page says whether conditions limit who is let in, and where that is not known', async () => {
  const { markup } = await withReader(client, async (reader) => {
    const { body } = await outsidePanel({ reader, coverage: await readCoverage(reader) });
    return body;
  });
  const headOf = (name: string) =>
    markup.split('<p class="finding-head">').find((part) => part.startsWith(`<strong>${name}<`)) ?? '';
  expect(headOf('alias/f-maybe')).toContain('<span class="unknown">conditions not known</span>');
  expect(headOf('alias/a-conditional')).toContain('>under conditions</span>');
  expect(headOf('alias/y-world')).toContain('>without conditions</span>');
  expect(headOf('alias/y-world')).toContain('<p>Lets in anyone in any AWS account.</p>');
});

test.each([
  [{ Team: 'b', OWNER: 'a' }, 'a'],
  [{ 'acme:owning-team': 'c' }, 'c'],
  [{ owner: ' ', team: 'd' }, 'd'],
  [{ 'cost-center': 'e', ownership: 'f' }, null],
  [{}, null],
  [null, null],
  [['owner'], null],
])('the owner by the tags %j is %j', async (tags, owner) => {
  const { rows } = await client.query('SELECT aws_encryption.owner_by_tags($1) AS owner', [
    JSON.stringify(tags),
  ]);
  expect(rows).toEqual([{ owner }]);
});
