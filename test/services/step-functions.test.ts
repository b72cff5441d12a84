import { expect, it } from 'vitest';
import { statesEncryption } from '../../src/services/step-functions/rules.ts';
import { databaseWorld, readService } from './databases.ts';

/** State machines and activities under every sort of key. */
function world() {
  const made = databaseWorld('states');
  const { add, own, foreign } = made;
  add.stateMachine({ name: 'silent' });
  add.stateMachine({ name: 'default', type: 'AWS_OWNED_KEY' });
  add.stateMachine({ name: 'own', kmsKeyId: own });
  add.stateMachine({ name: 'foreign', kmsKeyId: foreign });
  add.stateMachine({ name: 'new', type: 'BRAND_NEW_KEY', kmsKeyId: own });
  add.activity({ name: 'silent' });
  add.activity({ name: 'own', kmsKeyId: own });
  return made;
}

const customer = 'customer_managed_aws_material';
const expected = [
  ['activity', 'own', 'kms', customer],
  ['activity', 'silent', 'aws_owned', 'aws_owned'],
  ['state_machine', 'default', 'aws_owned', 'aws_owned'],
  ['state_machine', 'foreign', 'kms', customer],
  ['state_machine', 'new', 'unknown', null],
  ['state_machine', 'own', 'kms', customer],
  ['state_machine', 'silent', 'aws_owned', 'aws_owned'],
];

type Read = Awaited<ReturnType<typeof readService>>;
const seen = ({ rows }: Read) =>
  rows
    .map((row) => [row.resource_type, String(row.arn).split(':').at(-1), row.encryption_state, row.key_type])
    .sort();

it('the keys of state machines and activities are read, whoever lets the definition be decrypted', async () => {
  const made = world();
  made.account.user.allow = [
    'states:List*',
    'states:Describe*',
    'kms:DescribeKey',
    'kms:ListAliases',
    'sts:*',
  ];
  const read = await readService(made, 'states');
  expect(seen(read)).toEqual(expected);
  expect(read.rows.every((row) => row.cross_account_use === 'not_shared')).toBe(true);
});

it.each([
  ['states:DescribeStateMachine', 5],
  ['states:DescribeActivity', 2],
])('where %s is denied or answers nothing, no key is known', async (operation, count) => {
  for (const kind of ['deny', 'empty_body', 'bare_object'] as const) {
    const { rows } = await readService(world(), 'states', { operation, effect: { kind } });
    const failed = rows.filter(({ errors }) => Object.keys(errors ?? {}).join() === operation);
    expect([rows.length, failed.length]).toEqual([7, count]);
    expect(failed.every((row) => row.encryption_state === null && row.key_type === null)).toBe(true);
  }
});

it.each([
  ['states:ListStateMachines', 2],
  ['states:ListActivities', 5],
])('where %s is denied, the other is read', async (operation, left) => {
  const { rows, said } = await readService(world(), 'states', { operation, effect: { kind: 'deny' } });
  expect(rows.length).toBe(left);
  expect(said).toEqual([expect.stringContaining(`listing failed: resources ${operation}`)]);
});

it('what is listed and deleted before it is described is no row', async () => {
  const refusal = { status: 400, code: 'StateMachineDoesNotExist', message: 'gone' };
  const { rows, said } = await readService(world(), 'states', {
    operation: 'states:DescribeStateMachine',
    effect: { kind: 'error', ...refusal },
  });
  expect(rows.map(({ resource_type }) => resource_type)).toEqual(['activity', 'activity']);
  expect(said).toEqual([]);
});

it('a customer key without its name is not known', () => {
  expect(statesEncryption({ type: 'CUSTOMER_MANAGED_KMS_KEY', key: null })).toEqual({
    state: 'unknown',
    key: null,
  });
});
