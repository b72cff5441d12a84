import { createHash } from 'node:crypto';
import { GetPolicyVersionCommand, ListRolesCommand, ListUsersCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Held, onlyEc2, type RoleToMake } from './moto-iam.ts';
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

const trustOf = ({ trust = onlyEc2 }: RoleToMake) => JSON.parse(trust.replace(externalId, '(hidden)'));

test('every user and role that was made has its row, with what counts for it', async () => {
  const rows = await rowsOf('aws_encryption_iam_principals');
  const found = new Map(rows.map((row) => [row.arn, row]));
  const { Users = [] } = await world.iam.send(new ListUsersCommand({}));
  const { Roles = [] } = await world.iam.send(new ListRolesCommand({}));
  expect([...found.keys()].sort()).toEqual([...Users, ...Roles].map(({ Arn }) => Arn).sort());
  for (const { Arn, UserName: name = '', UserId, Path, CreateDate } of Users) {
    const user = world.made.users[name] ?? {};
    const groups = (user.groups ?? []).map((group) => told(world.made.groups[group] ?? {}, group));
    const policies = [...(await told(user, null)), ...(await Promise.all(groups)).flat()];
    expectPrincipal(found.get(Arn), policies, CreateDate);
    const says = { principal_type: 'user', principal_id: UserId, name, path: Path, tags: user.tags ?? {} };
    expect.soft(found.get(Arn)).toMatchObject({ ...says, boundary_arn: null, assumable: null, errors: null });
  }
  for (const { Arn, RoleName: name = '', RoleId, Path, CreateDate } of Roles) {
    const role = world.made.roles[name];
    // Every new account of an organization has one role that nobody here made.
    if (role === undefined) expect.soft(name).toBe('OrganizationAccountAccessRole');
    else {
      expectPrincipal(found.get(Arn), await told(role, null), CreateDate);
      const says = { principal_type: 'role', principal_id: RoleId, name, path: Path, tags: role.tags ?? {} };
      expect.soft(found.get(Arn), name).toMatchObject({
        ...says,
        boundary_arn: role.boundary ?? null,
        trust_policy: trustOf(role),
        trust_understood: true,
        assumable: name === 'orphan' ? 'no' : 'yes',
        last_used_at: null,
        errors: null,
      });
    }
  }
});

function expectPrincipal(row: Row | undefined, policies: Row[], createdAt: Date | undefined): void {
  const arns = ['by', 'group', 'name'];
  expect.soft(sortedBy(arns, row?.policies as Row[]), String(row?.arn)).toEqual(sortedBy(arns, policies));
  // moto writes microseconds, which AWS does not: its client rounds them.
  const milliseconds = Math.abs(Date.parse(`${row?.created_at}Z`) - Number(createdAt));
  expect.soft(milliseconds, String(row?.arn)).toBeLessThanOrEqual(1);
}

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
  expect(sortedBy(['arn'], is('customer_managed'))).toMatchObject(sortedBy(['arn'], inForce));
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
