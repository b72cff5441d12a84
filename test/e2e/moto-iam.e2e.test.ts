import { createHash } from 'node:crypto';
import {
  GetPolicyVersionCommand,
  ListRolesCommand,
  ListUsersCommand,
  type Role,
  type User,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Held, onlyEc2 } from './moto-iam.ts';
import { externalId, powerUser } from './moto-iam-account.ts';
import { type IamWorld, readIamOfMoto } from './moto-iam-world.ts';
import { type Row, sortedBy } from './rows.ts';

let world: IamWorld;

beforeAll(async () => {
  world = await readIamOfMoto();
});
afterAll(() => world.close());

const own = (resource: string) => `arn:aws:iam::${world.data}:${resource}`;
const other = (resource: string) => `arn:aws:iam::${world.compute}:${resource}`;
const rowsOf = (table: string, condition = 'true') =>
  world.pipeline.rows(table, `account_id = '${world.data}' and ${condition}`);

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** What moto says of a policy that AWS manages. */
async function awsManaged(PolicyArn: string, VersionId: string): Promise<string> {
  const { PolicyVersion } = await world.iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
  return decodeURIComponent(PolicyVersion?.Document ?? '');
}

/** What the column `policies` says of what a user, group or role was given. */
async function told({ inline = {}, attached = [] }: Held, group: string | null): Promise<Row[]> {
  const rows: Row[] = Object.entries(inline).map(([name, text]) => {
    return { name, arn: null, by: group === null ? 'inline' : 'group', group, sha256: hashOf(text) };
  });
  for (const arn of attached) {
    const name = arn.slice(arn.lastIndexOf('/') + 1);
    const text = world.made.policies[name]?.at(-1) ?? (await awsManaged(arn, 'v2'));
    rows.push({ name, arn, by: group === null ? 'attached' : 'group', group, sha256: hashOf(text) });
  }
  return rows;
}

const inOrder = (policies: readonly Row[]) => sortedBy(['by', 'group', 'name'], policies);

test('every user and role has its row, and there is no other', async () => {
  const { Users = [] } = await world.iam.send(new ListUsersCommand({}));
  const { Roles = [] } = await world.iam.send(new ListRolesCommand({}));
  const rows = await rowsOf('aws_encryption_iam_principals');
  expect(rows.map(({ arn }) => arn).sort()).toEqual([...Users, ...Roles].map(({ Arn }) => Arn).sort());
  for (const { Arn, UserId, RoleId, CreateDate, ...listed } of [...Users, ...Roles] as (User & Role)[]) {
    const row = rows.find(({ arn }) => arn === Arn);
    const name = listed.UserName ?? listed.RoleName;
    expect.soft(row).toMatchObject({ principal_id: UserId ?? RoleId, name, path: listed.Path, errors: null });
    // moto writes microseconds, which AWS does not: its client rounds them.
    const apart = Math.abs(Date.parse(`${row?.created_at}Z`) - Number(CreateDate));
    expect.soft(apart, Arn).toBeLessThanOrEqual(1);
  }
});

test('users and roles are told as they were made, with what counts for them', async () => {
  const rows = await rowsOf('aws_encryption_iam_principals');
  const inShort = (name: string) => {
    const row = rows.find((each) => each.name === name) ?? {};
    const { principal_type, tags, boundary_arn, trust_policy, trust_understood, assumable } = row;
    const policies = inOrder((row.policies ?? []) as Row[]);
    return { principal_type, tags, policies, boundary_arn, trust_policy, trust_understood, assumable };
  };
  for (const [name, user] of Object.entries(world.made.users)) {
    const groups = (user.groups ?? []).map((group) => told(world.made.groups[group] ?? {}, group));
    expect.soft(inShort(name), name).toEqual({
      principal_type: 'user',
      tags: user.tags ?? {},
      policies: inOrder([...(await told(user, null)), ...(await Promise.all(groups)).flat()]),
      boundary_arn: null,
      trust_policy: null,
      trust_understood: null,
      assumable: null,
    });
  }
  for (const [name, role] of Object.entries(world.made.roles)) {
    expect.soft(inShort(name), name).toEqual({
      principal_type: 'role',
      tags: role.tags ?? {},
      policies: inOrder(await told(role, null)),
      boundary_arn: role.boundary ?? null,
      trust_policy: JSON.parse((role.trust ?? onlyEc2).replace(externalId, '(hidden)')),
      trust_understood: true,
      assumable: name === 'orphan' ? 'no' : 'yes',
    });
  }
});

test('every text is told once, of managed policies the version in force alone', async () => {
  const rows = await rowsOf('aws_encryption_iam_policies');
  const holders = [
    ...Object.values(world.made.users),
    ...Object.values(world.made.groups),
    ...Object.values(world.made.roles),
  ];
  const inline = holders.flatMap((holder: Held) => Object.values(holder.inline ?? {}));
  const inForce = Object.entries(world.made.policies).map(([name, versions]) => {
    const document = JSON.parse(versions.at(-1) ?? '');
    return { kind: 'customer_managed', arn: own(`policy/keys/${name}`), name, document };
  });
  const is = (kind: string) => rows.filter((row) => row.kind === kind);
  const customer = is('customer_managed').map(({ kind, arn, name, document }) => ({
    kind,
    arn,
    name,
    document,
  }));
  expect(sortedBy(['arn'], customer)).toEqual(sortedBy(['arn'], inForce));
  expect(new Set(is('inline').map(({ sha256 }) => sha256))).toEqual(new Set(inline.map(hashOf)));
  expect(is('inline')).toHaveLength(new Set(inline).size);
  // Three roles have a trust policy of their own; the others share one, and moto made one.
  expect(is('trust')).toHaveLength(5);
  expect(JSON.stringify(rows)).not.toContain(externalId);
});

test('policies that AWS manages are understood, all of them', async () => {
  // moto has them in its package and tells them all, where AWS tells those that are attached.
  const rows = await rowsOf('aws_encryption_iam_policies', "kind = 'aws_managed'");
  expect(rows.length).toBeGreaterThan(1500);
  expect(rows.filter(({ understood, problem }) => understood !== true || problem !== null)).toEqual([]);
  expect(rows.find(({ arn }) => arn === powerUser)).toMatchObject({
    name: 'AWSKeyManagementServicePowerUser',
    document: JSON.parse(await awsManaged(powerUser, 'v2')),
    mentions_kms: true,
  });
});

/** What a row of key_principals says in short. */
const inShort = (row: Row): Row => ({
  actions: row.actions,
  certainty: row.certainty,
  policy_arns: row.policy_arns,
  limited_by: row.limited_by,
  allowed_by: row.allowed_by,
});

const lets = (actions: readonly string[], policy: string | null, limited_by: readonly string[] = []) => ({
  actions,
  certainty: 'unconditional',
  policy_arns: policy === null ? [] : [policy],
  limited_by,
  allowed_by: policy === null ? ['key_policy'] : ['iam', 'key_policy'],
});

async function principalsOf(key: string): Promise<Row> {
  const rows = await rowsOf('aws_encryption_key_principals', `arn = '${key}'`);
  return Object.fromEntries(rows.map((row) => [row.principal_arn, inShort(row)]));
}

test('who can use a key whose policy leaves it to IAM', async () => {
  const dataKeys = own('policy/keys/data-keys');
  const both = ['kms:Decrypt', 'kms:GenerateDataKey'];
  const {
    [own('root')]: root,
    [own('role/operator')]: operator,
    ...others
  } = await principalsOf(world.keys.open);
  expect(others).toEqual({
    [own('user/staff/ann')]: lets(['kms:Decrypt'], 'read'),
    [own('user/bob')]: lets(both, dataKeys),
    // By no policy of its own, only through the role `etl`.
    [own('user/jon')]: { ...lets([], null), certainty: 'conditional', allowed_by: [] },
    [own('role/jobs/etl')]: lets(['kms:Decrypt'], 'own'),
    [own('role/managed')]: lets(both, dataKeys),
    [own('role/capped')]: lets(['kms:Encrypt'], 'both', ['boundary']),
    [own('role/denied')]: lets(['kms:GenerateDataKey'], dataKeys, ['deny']),
    [own('role/tagged')]: lets(['kms:Decrypt'], 'team'),
  });
  const everything = ['kms:Decrypt', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'];
  expect(root).toEqual(lets(expect.arrayContaining(everything), null));
  expect(operator).toEqual(lets(expect.arrayContaining(['kms:DescribeKey', 'kms:TagResource']), powerUser));
  expect((operator as Row).actions).not.toContain('kms:Decrypt');
  const [through] = await rowsOf('aws_encryption_key_principals', `principal_arn = '${own('user/jon')}'`);
  expect(through?.reached_through).toEqual([own('role/jobs/etl')]);
});

test('who can use a key whose policy names roles, of another account with a policy of their own only', async () => {
  expect(await principalsOf(world.keys.vault)).toEqual({
    [own('root')]: lets(['kms:DescribeKey', 'kms:PutKeyPolicy'], null),
    [own('role/named')]: lets(['kms:Decrypt'], null),
    [own('role/operator')]: lets(['kms:DescribeKey'], powerUser),
    [other('role/analytics')]: lets(['kms:Decrypt'], 'own'),
  });
});

test('all of it was read', async () => {
  expect(world.result.code).toBe(0);
  const read = await world.pipeline.rows('aws_encryption_coverage', "status <> 'skipped'");
  expect(read.filter(({ status }) => status !== 'complete')).toEqual([]);
  const expected = [
    'aws_encryption_iam_policies',
    'aws_encryption_iam_principals',
    'aws_encryption_key_principals',
  ];
  for (const account of [world.data, world.compute]) {
    const tables = read
      .filter(({ account_id }) => account_id === account)
      .map(({ table_name }) => table_name);
    expect(tables).toEqual(expect.arrayContaining(expected));
  }
});
