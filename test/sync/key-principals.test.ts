import { afterEach, expect, test } from 'vitest';
import { addIamRole, addIamUser, identityPolicy, trustPolicy } from '../../lab/aws/account-iam.ts';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey, keyPolicy } from '../../lab/aws/keys.ts';
import type { SimAccount } from '../../lab/aws/model.ts';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import { type Said, syncInProcess } from '../known-faults/sync-in-process.ts';

const management = '100000000009';
const data = '100000000001';
const compute = '100000000002';
const region = 'us-east-1';
const tables = ['aws_encryption_key_principals', 'aws_encryption_coverage'];

let aws: Simulator;
afterEach(() => aws.close());

/** A key of `data` that lets `compute` in as a whole; roles here and there that may use it, and some that may not. */
async function world(more: (owner: SimAccount) => void = () => {}): Promise<void> {
  const made = newOrganization({ managementAccountId: management });
  const owner = addAccount(made, { id: data });
  const guest = addAccount(made, { id: compute });
  const place = { partition: made.partition, accountId: data, region };
  const key = awsMaterialKey(place, 'lake');
  key.policy = keyPolicy(place, {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${compute}:root` },
    Action: 'kms:Decrypt',
    Resource: '*',
  });
  addKey(owner, key);
  addIamRole(owner, { name: 'etl', inline: { own: identityPolicy('kms:Decrypt') } });
  addIamRole(owner, { name: 'web', inline: { own: identityPolicy('s3:*') } });
  addIamRole(guest, { name: 'analytics', inline: { own: identityPolicy('kms:Decrypt') } });
  addIamUser(guest, { name: 'ann' });
  more(owner);
  aws = await startSimulator(made);
}

const sync = (spec: object = {}): Promise<Said> =>
  syncInProcess(
    aws,
    management,
    {
      org: { member_role_name: 'OrganizationAccountAccessRole' },
      regions: [region],
      include_iam: true,
      ...spec,
    },
    tables,
  );

/** `etl kms:Decrypt by iam, key_policy` */
const told = ({ rows }: Said): readonly string[] =>
  (rows.key_principals ?? [])
    .map(
      ({ principal_arn: arn, actions, allowed_by: by }) =>
        `${String(arn).replace(/^arn:aws:iam::/, '')} ${(actions as string[]).includes('kms:Decrypt')} ${(by as string[]).join(', ')}`,
    )
    .sort();

const line = ({ rows }: Said) =>
  (rows.coverage ?? []).find(
    ({ account_id, region: of, table_name }) =>
      account_id === data && of === region && table_name === 'aws_encryption_key_principals',
  );

test('users and roles of the own account and of one that is let in, as far as they can do anything', async () => {
  await world();
  const said = await sync();
  expect(told(said)).toEqual([
    '100000000001:role/OrganizationAccountAccessRole true iam, key_policy',
    '100000000001:role/etl true iam, key_policy',
    '100000000001:root true key_policy',
    '100000000001:user/lab true iam, key_policy',
    '100000000002:role/OrganizationAccountAccessRole true iam, key_policy',
    '100000000002:role/analytics true iam, key_policy',
    '100000000002:root true key_policy',
    '100000000002:user/lab true iam, key_policy',
    '100000000009:user/lab false ',
  ]);
  expect(line(said)).toMatchObject({ status: 'complete' });
});

test('who can become a role that can use the key is told with the role', async () => {
  await world((owner) => {
    addIamRole(owner, { name: 'jump', trustPolicy: trustPolicy({ AWS: `arn:aws:iam::${data}:role/web` }) });
    addIamRole(owner, {
      name: 'keeper',
      inline: { own: identityPolicy('kms:PutKeyPolicy') },
      trustPolicy: trustPolicy({ AWS: [`arn:aws:iam::${compute}:root`, `arn:aws:iam::${data}:role/web`] }),
    });
  });
  const said = await sync();
  const through = (said.rows.key_principals ?? [])
    .filter(({ reached_through: roles }) => (roles as string[]).length > 0)
    .map(({ principal_arn: arn, actions, reached_through: roles }) => [
      arn,
      (actions as string[]).length > 0,
      roles,
    ]);
  const keeper = [`arn:aws:iam::${data}:role/keeper`];
  expect(through).toEqual(
    expect.arrayContaining([
      [`arn:aws:iam::${data}:role/web`, false, keeper],
      [`arn:aws:iam::${compute}:role/OrganizationAccountAccessRole`, true, keeper],
    ]),
  );
  expect(through.map(([arn]) => arn)).not.toContain(`arn:aws:iam::${compute}:user/ann`);
});

test('of many roles that a user can become, the listed ones tell all that it gets', async () => {
  await world((owner) => {
    const trust = { trustPolicy: trustPolicy({ AWS: `arn:aws:iam::${data}:user/ci` }) };
    addIamUser(owner, { name: 'ci' });
    for (let index = 10; index < 40; index++)
      addIamRole(owner, { name: `job-${index}`, inline: { own: identityPolicy('kms:Decrypt') }, ...trust });
    addIamRole(owner, {
      name: 'keeper',
      inline: { own: identityPolicy('kms:ScheduleKeyDeletion') },
      ...trust,
    });
  });
  const said = await sync();
  const ci = said.rows.key_principals?.find(({ principal_arn: arn }) => String(arn).endsWith('user/ci'));
  const roles = ci?.reached_through as readonly string[];
  expect(roles).toHaveLength(20);
  expect(roles).toEqual(expect.arrayContaining([`arn:aws:iam::${data}:role/keeper`]));
  expect(roles).toEqual(roles.toSorted());
});

test('the IAM of another account that cannot be read is missing, and said to be', async () => {
  await world();
  aws.faults.add({
    operation: 'iam:GetAccountAuthorizationDetails',
    account: compute,
    effect: { kind: 'deny' },
  });
  const said = await sync();
  expect(told(said).filter((text) => text.includes(compute))).toEqual([`${compute}:root true key_policy`]);
  expect(line(said)).toMatchObject({ status: 'partial', reason: 'access_denied' });
});

test('without include_iam nothing is told, and that is said', async () => {
  await world();
  const said = await sync({ include_iam: false });
  expect(said.rows.key_principals ?? []).toEqual([]);
  expect(line(said)).toMatchObject({ status: 'skipped', reason: 'not_selected' });
});
