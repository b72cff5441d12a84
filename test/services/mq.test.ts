import { expect, it } from 'vitest';
import { brokerEncryption } from '../../src/services/mq/rules.ts';
import { databaseWorld, readService } from './databases.ts';

/** Brokers under every sort of key. */
function world() {
  const made = databaseWorld('mq');
  const { add, own, foreign } = made;
  add.broker({ id: 'owned:b-1' });
  add.broker({ id: 'silent:b-2', isAwsOwned: null });
  add.broker({ id: 'managed:b-3', isAwsOwned: false });
  add.broker({ id: 'own:b-4', kmsKeyId: own });
  add.broker({ id: 'foreign:b-5', kmsKeyId: foreign });
  return made;
}

const customer = 'customer_managed_aws_material';

it('the keys of brokers are read', async () => {
  const { rows, said } = await readService(world(), 'mq');
  const seen = rows.map((row) => [
    String(row.arn).split(':broker:').at(-1),
    row.encryption_state,
    row.key_type,
    row.key_reference,
  ]);
  expect(seen.sort()).toEqual([
    ['foreign:b-5', 'kms', customer, 'arn'],
    ['managed:b-3', 'kms', 'aws_managed', 'default'],
    ['own:b-4', 'kms', customer, 'arn'],
    ['owned:b-1', 'aws_owned', 'aws_owned', 'none'],
    ['silent:b-2', 'aws_owned_or_managed', null, null],
  ]);
  expect(rows.every((row) => row.cross_account_use === 'not_shared')).toBe(true);
  expect(said).toEqual([]);
});

it('where DescribeBroker is denied or answers nothing, no key is known', async () => {
  const operation = 'mq:DescribeBroker';
  for (const kind of ['deny', 'empty_body', 'bare_object'] as const) {
    const { rows } = await readService(world(), 'mq', { operation, effect: { kind } });
    expect(rows.length).toBe(5);
    for (const row of rows)
      expect([row.encryption_state, Object.keys(row.errors ?? {})]).toEqual([null, [operation]]);
  }
});

it('a broker that is deleted before it is described is no row', async () => {
  const { rows, said } = await readService(world(), 'mq', {
    operation: 'mq:DescribeBroker',
    effect: { kind: 'error', status: 404, code: 'NotFoundException' },
  });
  expect([rows, said]).toEqual([[], []]);
});

it('the listing goes to its last page, and fails where it is denied', async () => {
  const operation = 'mq:ListBrokers';
  const short = { kind: 'short_pages', entries: 2 } as const;
  expect((await readService(world(), 'mq', { operation, effect: short })).rows.length).toBe(5);
  const { said } = await readService(world(), 'mq', { operation, effect: { kind: 'deny' } });
  expect(said).toEqual([
    expect.stringContaining(`listing failed: resources ${operation} ForbiddenException`),
  ]);
});

it.each([
  [
    { isAwsOwned: null, key: null },
    { state: 'unknown', key: null },
  ],
  [
    { isAwsOwned: null, key: 'k' },
    { state: 'kms', key: 'k' },
  ],
  [
    { isAwsOwned: true, key: 'left-over' },
    { state: 'aws_owned', key: null },
  ],
])('%o is %o', (options, expected) => {
  expect(brokerEncryption(options)).toEqual(expected);
});
