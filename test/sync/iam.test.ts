import { afterEach, expect, test } from 'vitest';
import {
  addIamGroup,
  addIamRole,
  addIamUser,
  addManagedPolicy,
  identityPolicy,
  trustPolicy,
} from '../../lab/aws/account-iam.ts';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import type { SimAccount } from '../../lab/aws/model.ts';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import { eventually } from '../eventually.ts';
import { type Said, syncInProcess } from '../known-faults/sync-in-process.ts';

const management = '100000000009';
const data = '100000000001';
const other = '100000000002';
const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
const operation = 'iam:GetAccountAuthorizationDetails';
const iamTables = ['aws_encryption_iam_*', 'aws_encryption_coverage'];

let aws: Simulator;
afterEach(() => aws.close());

/** Two members, the first with a bit of everything. */
async function world(more: (account: SimAccount) => void = () => {}): Promise<void> {
  const made = newOrganization({ managementAccountId: management });
  const account = addAccount(made, { id: data });
  addAccount(made, { id: other });
  const decrypt = addManagedPolicy(
    account,
    { name: 'decrypt' },
    identityPolicy('s3:*'),
    identityPolicy('kms:Decrypt'),
  );
  addIamGroup(account, { name: 'staff', inline: { all: identityPolicy('ec2:*') }, attached: [decrypt] });
  addIamUser(account, {
    name: 'ann',
    groups: ['staff'],
    inline: { own: identityPolicy('sqs:*') },
    tags: { team: 'a' },
  });
  addIamRole(account, {
    name: 'etl',
    path: '/jobs/',
    attached: [admin],
    boundary: decrypt,
    trustPolicy: trustPolicy({ AWS: 'AROAAAAAAAAAAAAAAAAAA' }),
    lastUsed: { at: Date.parse('2026-11-01T10:00:00Z') / 1000, region: 'eu-west-1' },
  });
  addIamRole(account, { name: 'AWSServiceRoleForRDS', path: '/aws-service-role/rds.amazonaws.com/' });
  more(account);
  aws = await startSimulator(made);
}

const sync = (spec: object = {}, tables = iamTables): Promise<Said> =>
  syncInProcess(
    aws,
    management,
    {
      org: { member_role_name: 'OrganizationAccountAccessRole' },
      regions: ['us-east-1'],
      include_iam: true,
      ...spec,
    },
    tables,
  );

/** The rows of a table, JSON read back. */
const rowsOf = ({ rows }: Said, table: string): Record<string, unknown>[] =>
  (rows[table] ?? []).map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, cell]) => {
        const isJson = typeof cell === 'object' && cell !== null && 'text' in cell;
        return [name, isJson ? JSON.parse(String(cell.text)) : cell];
      }),
    ),
  );

/** Account, table, status and reason of the lines on IAM. */
const lines = ({ rows }: Said) =>
  (rows.coverage ?? [])
    .filter(({ table_name }) => String(table_name).startsWith('aws_encryption_iam_'))
    .map(({ account_id, table_name, status, reason }) =>
      [account_id, String(table_name).replace('aws_encryption_iam_', ''), status, reason].join(' '),
    )
    .sort();

test('users and roles are told with the policies that count for them', async () => {
  await world();
  const said = await sync();
  const principals = rowsOf(said, 'iam_principals').filter(({ account_id }) => account_id === data);
  const named = Object.fromEntries(principals.map((row) => [row.name, row]));
  expect(Object.keys(named).sort()).toEqual([
    'AWSServiceRoleForRDS',
    'OrganizationAccountAccessRole',
    'ann',
    'etl',
    'lab',
  ]);
  const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/);
  const decrypt = `arn:aws:iam::${data}:policy/decrypt`;
  expect(named.ann).toMatchObject({
    region: 'global',
    partition: 'aws',
    arn: `arn:aws:iam::${data}:user/ann`,
    principal_type: 'user',
    principal_id: expect.stringMatching(/^AIDA/),
    tags: { team: 'a' },
    boundary_arn: null,
    trust_policy: null,
    trust_understood: null,
    assumable: null,
    last_used_at: null,
    errors: null,
  });
  expect(named.ann?.policies).toEqual(
    expect.arrayContaining([
      { name: 'decrypt', arn: decrypt, by: 'group', group: 'staff', sha256 },
      { name: 'all', arn: null, by: 'group', group: 'staff', sha256 },
      { name: 'own', arn: null, by: 'inline', group: null, sha256 },
    ]),
  );
  expect(named.etl).toMatchObject({
    principal_type: 'role',
    path: '/jobs/',
    created_at: new Date('2024-03-01'),
    policies: [{ name: 'AdministratorAccess', arn: admin, by: 'attached', group: null, sha256 }],
    boundary_arn: decrypt,
    trust_policy: { Statement: [{ Principal: { AWS: 'AROAAAAAAAAAAAAAAAAAA' } }] },
    trust_understood: true,
    assumable: 'no',
    service_linked: false,
    last_used_at: new Date('2026-11-01T10:00:00Z'),
  });
  expect(named.AWSServiceRoleForRDS).toMatchObject({ service_linked: true, assumable: 'yes' });
  expect(lines(said)).toEqual(
    [data, other, management]
      .flatMap((id) => [`${id} policies complete `, `${id} principals complete `])
      .sort(),
  );
});

test('each text of an account is told once, managed policies by the version in force', async () => {
  await world((account) => {
    for (const name of ['a', 'b', 'c'])
      addIamRole(account, { name, inline: { same: identityPolicy('kms:*') } });
  });
  const said = await sync();
  const policies = rowsOf(said, 'iam_policies').filter(({ account_id }) => account_id === data);
  expect(policies.map(({ kind, name, mentions_kms }) => [kind, name, mentions_kms])).toEqual(
    expect.arrayContaining([
      ['aws_managed', 'AdministratorAccess', false],
      ['customer_managed', 'decrypt', true],
      ['inline', null, true],
      ['inline', null, false],
      ['trust', null, false],
    ]),
  );
  // Of the three alike one; besides those of ann and her group. Trust: the entered role, EC2 and who is gone.
  const kinds = policies.map(({ kind }) => kind).sort();
  expect(kinds).toEqual([
    'aws_managed',
    'customer_managed',
    ...Array(3).fill('inline'),
    ...Array(3).fill('trust'),
  ]);
  const managed = policies.find(({ name }) => name === 'decrypt');
  expect(managed).toMatchObject({
    arn: `arn:aws:iam::${data}:policy/decrypt`,
    document: JSON.parse(identityPolicy('kms:Decrypt')),
    understood: true,
    problem: null,
  });
  const known = new Set(policies.map(({ sha256 }) => sha256));
  for (const { account_id, policies: list } of rowsOf(said, 'iam_principals'))
    if (account_id === data)
      for (const { sha256 } of list as { sha256: string }[]) expect(known).toContain(sha256);
});

test('an account that denies it loses its IAM alone, and says so three times', async () => {
  await world();
  aws.faults.add({ operation, account: other, effect: { kind: 'deny' } });
  const said = await sync();
  expect(lines(said)).toEqual(
    expect.arrayContaining([
      `${other} policies failed access_denied`,
      `${other} principals failed access_denied`,
      `${data} principals complete `,
    ]),
  );
  expect(said.rows.iam_principals?.some(({ account_id }) => account_id === other)).toBe(false);
  expect([...said.errors].sort()).toEqual(['iam_policies', 'iam_principals']);
  expect(said.log.filter((line) => line.startsWith('error:') && line.includes(operation))).toHaveLength(2);
});

test('a page that is lost leaves the IAM partial, with the texts of the pages before', async () => {
  await world((account) => {
    for (let index = 0; index < 1200; index++) addIamRole(account, { name: `role-${index}` });
  });
  aws.faults.add({
    operation,
    account: data,
    page: 2,
    effect: { kind: 'error', status: 500, code: 'ServiceFailure' },
  });
  const said = await sync();
  expect(lines(said)).toEqual(
    expect.arrayContaining([
      `${data} policies partial service_error`,
      `${data} principals failed service_error`,
    ]),
  );
});

test('without `include_iam` nothing is asked, and coverage says so', async () => {
  await world();
  const said = await sync({ include_iam: false });
  expect(aws.requests.count({ operation })).toBe(0);
  expect(lines(said)).toHaveLength(6);
  for (const line of lines(said)) expect(line).toMatch(/ skipped not_selected$/);
  expect(said.rows.iam_principals).toBeUndefined();
});

test('without `include_iam` an account that cannot be entered loses nothing of IAM', async () => {
  await world();
  aws.faults.add({ operation: 'sts:AssumeRole', account: other, effect: { kind: 'deny' } });
  const tables = [...iamTables, 'aws_encryption_keys'];
  expect((await sync({ include_iam: false }, tables)).errors).toEqual(['keys']);
});

test.each([
  ['aws_encryption_s3_buckets', 3],
  ['aws_encryption_resources', 3],
  ['aws_encryption_keys', 0],
])('%s alone asks for IAM %d times, and only failures are told', async (table, times) => {
  await world();
  aws.faults.add({ operation, account: other, effect: { kind: 'deny' } });
  const said = await sync({}, [table, 'aws_encryption_coverage']);
  expect(aws.requests.count({ operation })).toBe(times);
  expect(lines(said)).toEqual(times === 0 ? [] : [`${other} principals failed access_denied`]);
});

test('texts that AWS does not give are missing, never none', async () => {
  await world((account) => {
    addIamRole(account, {
      name: 'half',
      attached: [`arn:aws:iam::${data}:policy/gone`],
      trustPolicy: 'no JSON',
    });
  });
  const said = await sync();
  const half = rowsOf(said, 'iam_principals').find(({ name }) => name === 'half');
  expect(half).toMatchObject({
    policies: [{ name: 'gone', sha256: null }],
    trust_policy: null,
    trust_understood: false,
    assumable: 'unknown',
    errors: {
      [operation]: {
        code: 'incomplete_answer',
        message: expect.stringContaining('a policy of a user or role that it names'),
      },
    },
  });
  expect(lines(said)).toContain(`${data} principals partial malformed_answer`);
});

test('a policy without its text is a row without it, and its table is not complete', async () => {
  await world((account) => {
    addIamRole(account, { name: 'half', inline: { none: '' } });
  });
  const said = await sync();
  expect(rowsOf(said, 'iam_policies')).toContainEqual(
    expect.objectContaining({ kind: 'inline', document: null }),
  );
  expect(lines(said)).toContain(`${data} policies partial malformed_answer`);
  const messages = said.rows.coverage?.map(({ message }) => message);
  expect(messages).toContainEqual(expect.stringMatching(/the answer lacks a text of a policy \(inline /));
});

test('of users and roles nothing is told where their table is not selected', async () => {
  await world((account) => {
    addIamRole(account, {
      name: 'half',
      attached: [`arn:aws:iam::${data}:policy/gone`],
      trustPolicy: 'no JSON',
    });
  });
  const said = await sync({}, ['aws_encryption_iam_policies', 'aws_encryption_coverage']);
  expect(said.rows.iam_principals).toBeUndefined();
  expect(lines(said)).toEqual([data, other, management].map((id) => `${id} policies complete `));
});

test('an account that cannot be entered is told of as a whole, or of its IAM where nothing else is read', async () => {
  await world();
  aws.faults.add({ operation: 'sts:AssumeRole', account: other, effect: { kind: 'deny' } });
  const whole = await sync({}, ['*']);
  expect(lines(whole).filter((line) => line.startsWith(other))).toEqual([]);
  const line = whole.rows.coverage?.find(
    ({ account_id, table_name }) => account_id === other && table_name === '*',
  );
  expect(line).toMatchObject({ status: 'failed', reason: 'assume_role_denied' });
  expect(whole.errors.filter((table) => table.startsWith('iam_'))).toHaveLength(2);
  const alone = await sync();
  expect(lines(alone)).toContain(`${other} principals failed assume_role_denied`);
});

test('an account that is not let in again when its IAM is read is told of, where its regions are known', async () => {
  await world();
  aws.faults.add({ operation, account: other, effect: { kind: 'expire_credentials' } });
  aws.faults.add({ operation: 'sts:AssumeRole', account: other, nth: 2, effect: { kind: 'deny' } });
  const said = await sync({}, [...iamTables, 'aws_encryption_key_aliases']);
  expect(said.rows.coverage?.filter(({ table_name }) => table_name === '*')).toEqual([]);
  expect(lines(said).filter((line) => line.startsWith(other))).toEqual([
    `${other} policies failed assume_role_denied`,
    `${other} principals failed assume_role_denied`,
  ]);
  expect(said.errors.filter((table) => table.startsWith('iam_')).sort()).toEqual([
    'iam_policies',
    'iam_principals',
  ]);
});

test('a stop while IAM is read ends the sync', async () => {
  await world();
  const fault = aws.faults.add({ operation, effect: { kind: 'time_out' } });
  const stopping = new AbortController();
  const syncing = syncInProcess(
    aws,
    management,
    { org: { member_role_name: 'OrganizationAccountAccessRole' }, include_iam: true },
    iamTables,
    null,
    () => {},
    stopping.signal,
  );
  await eventually(() => expect(fault.fired).toBeGreaterThan(0));
  stopping.abort();
  await expect(syncing).rejects.toMatchObject({ reason: 'cancelled' });
});

test('each shard reads the IAM of all, and one of them tells of each account', async () => {
  await world();
  const shards = [1, 2].map((number) => ({ number, total: 2 }));
  const said: Said[] = [];
  for (const shard of shards)
    said.push(
      await syncInProcess(
        aws,
        management,
        { org: { member_role_name: 'OrganizationAccountAccessRole' }, include_iam: true },
        iamTables,
        null,
        () => {},
        new AbortController().signal,
        shard,
      ),
    );
  expect(aws.requests.count({ operation })).toBe(6);
  const whole = (table: string) =>
    said
      .flatMap((one) =>
        (one.rows[table] ?? []).map(({ account_id, arn, sha256 }) => `${account_id} ${arn} ${sha256}`),
      )
      .sort();
  const all = await sync();
  const expected = (table: string) =>
    (all.rows[table] ?? []).map(({ account_id, arn, sha256 }) => `${account_id} ${arn} ${sha256}`).sort();
  for (const table of ['iam_principals', 'iam_policies']) expect(whole(table)).toEqual(expected(table));
  expect(said.flatMap(lines).sort()).toEqual(lines(all));
});
