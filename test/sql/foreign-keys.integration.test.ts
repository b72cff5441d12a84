import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cleanDatabase } from './clean-database.ts';
import { databases } from './database.ts';
import { queryOfCheck } from './query-of-check.ts';
import { access, account, arn, bucket, ids, key, reading, resource, today, yesterday } from './rows.ts';
import { answerWith, type Given } from './rows-added.ts';
import { type Cells, insert } from './tables.ts';

const { data, compute, management, auditor, organization } = ids;
const [stranger, aws] = ['888877776666', '127311923021'];
const east = 'us-east-1';
const server = databases();
let client: Client;

beforeAll(async () => {
  client = await cleanDatabase(server);
  await insert(client, 'aws_encryption_accounts', account('compute'));
});
afterAll(() => client?.end());

const foreignKey = (owner: string, standing: string | null, more: Cells = {}): Cells => ({
  ...today,
  account_id: data,
  region: east,
  arn: arn(owner, east, 'k'),
  owner_account_id: owner,
  owner_standing: standing,
  ...more,
});

const under = (owner: string, id = 'k') => ({
  key_reference: 'arn',
  kms_key_arn: arn(owner, east, id),
  key_account_id: owner,
  key_type: null,
});
const queueArn = (name: string, accountId: string = data) => `arn:aws:sqs:${east}:${accountId}:${name}`;

async function found(given: Given) {
  const check = await queryOfCheck('resource-under-outside-key');
  return answerWith(client, given, `SELECT resource, status, message FROM (${check}) AS found`);
}

describe('a resource under a key of another account', () => {
  test.each<[standing: string | null, owner: string, status: string | null]>([
    ['outside', stranger, 'violation'],
    ['unknown', stranger, 'unknown'],
    // By an older version, or in a region whose keys of others were not listed.
    [null, stranger, 'unknown'],
    [null, compute, null],
    ['organization', compute, null],
    // A name marks it, and hides nothing.
    ['known_account', auditor, 'violation'],
    ['aws', aws, null],
  ])('whose owner is %s (%s): %s', async (standing, owner, status) => {
    const rows = await found({
      foreign_keys: [foreignKey(owner, standing)],
      resources: [resource(data, 'held', under(owner))],
      s3_buckets: [bucket(data, 'held', under(owner))],
    });
    const held = ['arn:aws:s3:::held', queueArn('held')];
    expect(rows.map(([of, is]) => [of, is])).toEqual(status === null ? [] : held.map((of) => [of, status]));
  });

  test('says which key and whose', async () => {
    const rows = await found({
      foreign_keys: [foreignKey(stranger, 'outside')],
      resources: [
        resource(data, 'held', under(stranger)),
        resource(data, 'snapshot', {
          ...under(data),
          associated_kms_key_ids: [arn(data, east, 'k'), arn(data, east, 'k2'), arn(stranger, east, 'k')],
        }),
      ],
    });
    const whose = `of account ${stranger}, which is neither in the organization nor in known_accounts`;
    expect(rows.map(([, , message]) => message)).toEqual([
      `queue ${queueArn('held')} is under key ${arn(stranger, east, 'k')} ${whose}`,
      `queue ${queueArn('snapshot')} can also be opened by key ${arn(stranger, east, 'k')} ${whose}`,
    ]);
  });

  test('whose alias could not be looked up is told by the alias', async () => {
    const alias = `arn:aws:kms:${east}:${stranger}:alias/mine`;
    const rows = await found({
      foreign_keys: [foreignKey(stranger, 'outside', { arn: alias })],
      resources: [resource(data, 'held', { ...under(stranger), kms_key_arn: null, kms_key_id: alias })],
    });
    expect(rows.map(([, status, message]) => [status, String(message).includes(alias)])).toEqual([
      ['violation', true],
    ]);
  });

  test('is judged by the last word about its owner, which holds for all of its keys', async () => {
    const rows = await found({
      foreign_keys: [
        foreignKey(stranger, 'outside', { ...yesterday, arn: arn(stranger, east, 'a') }),
        foreignKey(stranger, 'organization', { arn: arn(stranger, east, 'b') }),
      ],
      resources: [resource(data, 'held', under(stranger, 'c'))],
    });
    expect(rows).toEqual([]);
  });

  test('comes the earlier in the view the more it matters, whoever said whose the key is', async () => {
    const given = {
      foreign_keys: [foreignKey(stranger, 'outside')],
      resources: [
        resource(data, 'a', under(compute)),
        resource(data, 'b', { key_reference: null, key_type: null, encryption_state: null }),
        resource(data, 'c', under(stranger)),
      ],
    };
    const rows = await answerWith(
      client,
      given,
      'SELECT owner_standing FROM aws_encryption.resources_under_foreign_keys',
    );
    expect(rows.flat()).toEqual(['outside', 'unknown', 'organization']);
  });

  test('is not known to be none where the key was not read, but where AWS has it', async () => {
    const unread = { key_reference: null, key_type: null };
    const rows = await found({
      resources: [
        resource(data, 'unread', { ...unread, encryption_state: null }),
        resource(data, 'odd', { ...unread, encryption_state: 'unknown' }),
        resource(data, 'either', { ...unread, encryption_state: 'aws_owned_or_managed' }),
        // Its own, of which nothing else is known.
        resource(data, 'own', under(data)),
      ],
      s3_buckets: [bucket(data, 'unread', { ...unread, sse_algorithm: null })],
    });
    expect(rows.map(([of, status]) => [of, status])).toEqual([
      ['arn:aws:s3:::unread', 'unknown'],
      [queueArn('odd'), 'unknown'],
      [queueArn('unread'), 'unknown'],
    ]);
  });

  test('of an account that has left the organization is nobody’s of whom something is known', async () => {
    const rows = await found({
      coverage: [reading(compute, 'global', '*', { status: 'skipped', reason: 'account_left' })],
      resources: [resource(data, 'held', under(compute))],
    });
    expect(rows.map(([, status]) => status)).toEqual(['unknown']);
  });
});

describe('which keys others use', () => {
  const columns =
    'key_id, user_kind, user_id, user_name, from_where, "use", resources_count, services, let_in_by';
  const usedBy = (given: Given) =>
    answerWith(client, given, `SELECT ${columns} FROM aws_encryption.own_keys_used_by_others`);
  const lake = arn(data, east, 'lake');
  const letIn = (principalAccount: string | null, trust: string, more: Cells = {}) =>
    access(data, east, 'lake', {
      source_id: `${principalAccount} ${trust}`,
      principal: `arn:aws:iam::${principalAccount}:root`,
      principal_account_id: principalAccount,
      trust,
      access: ['use'],
      ...more,
    });

  test('nobody does', async () => {
    expect(await usedBy({ keys: [key(data, east, 'lake')] })).toEqual([]);
  });

  test('accounts whose resources are under them, and those that are let in, each once', async () => {
    const grant = { source: 'grant', source_id: 'g', role: 'grantee' };
    const rows = await usedBy({
      keys: [key(data, east, 'lake')],
      foreign_keys: [foreignKey(data, 'organization', { account_id: compute, arn: lake })],
      key_access: [
        letIn(compute, 'organization'),
        letIn(compute, 'organization', { ...grant, certainty: 'conditional' }),
        letIn(auditor, 'external', { known_account_name: 'auditor' }),
        letIn(stranger, 'external', grant),
        letIn(management, 'organization', { certainty: 'denied' }),
        letIn(null, 'service', { principal: 'Service:cloudtrail.amazonaws.com' }),
      ],
      resources: [
        resource(compute, 'b', under(data, 'lake')),
        resource(compute, 'a', under(data, 'lake')),
        resource(data, 'own', under(data, 'lake')),
      ],
      s3_buckets: [bucket(compute, 'c', under(data, 'lake'))],
    });
    expect(rows).toEqual([
      [
        'lake',
        'account',
        compute,
        'compute',
        'organization',
        'resources',
        3,
        ['s3', 'sqs'],
        ['grant', 'key_policy'],
      ],
      ['lake', 'account', stranger, null, 'outside', 'may_use', null, null, ['grant']],
      ['lake', 'account', auditor, 'auditor', 'known_account', 'may_use', null, null, ['key_policy']],
    ]);
  });

  test('accounts that nothing lets in any more, as long as their resources are under them', async () => {
    const rows = await usedBy({
      keys: [key(data, east, 'lake')],
      resources: [resource(compute, 'left', under(data, 'lake'))],
    });
    expect(rows).toEqual([
      ['lake', 'account', compute, 'compute', 'organization', 'resources', 1, ['sqs'], []],
    ]);
  });

  test('organizations, anyone, and who is named by conditions', async () => {
    const everyone = { principal: '*', principal_type: 'anyone', principal_account_id: null };
    const rows = await usedBy({
      keys: [key(data, east, 'lake')],
      key_access: [
        letIn(null, 'external', {
          ...everyone,
          source_id: '1',
          limited_to_account_ids: [compute, stranger, data],
        }),
        letIn(null, 'organization', {
          ...everyone,
          source_id: '2',
          limited_to_organization_ids: [organization],
        }),
        letIn(null, 'external', { ...everyone, source_id: '3', limited_to_organization_ids: ['o-other'] }),
        letIn(null, 'anyone', { ...everyone, source_id: '4' }),
      ],
    });
    expect(rows.map(([, kind, id, , where, use]) => [kind, id, where, use])).toEqual([
      ['account', compute, 'organization', 'may_use'],
      ['account', stranger, 'outside', 'may_use'],
      ['anyone', '*', 'outside', 'may_use'],
      ['organization', organization, 'organization', 'may_use'],
      ['organization', 'o-other', 'outside', 'may_use'],
    ]);
  });

  test('a key of which not all is read may be used by more, and nobody is outside of what was not listed', async () => {
    const unlisted = `UPDATE aws_encryption_accounts SET organization_id = NULL`;
    const rows = await answerWith(
      client,
      {
        keys: [key(data, east, 'lake', { sharing_complete: false })],
        key_access: [letIn(stranger, 'other_account')],
      },
      `SELECT ${columns} FROM aws_encryption.own_keys_used_by_others`,
      unlisted,
    );
    expect(rows).toEqual([
      ['lake', 'account', stranger, null, 'unknown', 'may_use', null, null, ['key_policy']],
      ['lake', null, null, null, 'unknown', 'unknown', null, null, null],
    ]);
  });
});
