import type { Client } from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { applyViews } from '../../src/views/apply.ts';
import { connect, databases } from './database.ts';
import { access, account, bucket, ids, insertClean, key, yesterday } from './rows.ts';
import { runVerb } from './run-verb.ts';
import { type Cells, createTables, insert } from './tables.ts';

/** The checks of whom policies and grants name: who is gone, and what outlives a policy. */
const { data, compute, legacy, suspended, auditor, organization } = ids;
const east = 'us-east-1';
const stranger = '999900001111';
const server = databases();
let template: string;

beforeAll(async () => {
  const { name, connectionString } = await server.create();
  const client = await connect(connectionString);
  await createTables(client);
  await applyViews(client);
  await insertClean(client);
  await insert(
    client,
    'aws_encryption_accounts',
    account('compute', { in_scope: false }),
    account('legacy', { state: 'CLOSED', in_scope: false }),
    account('suspended', { state: 'SUSPENDED', in_scope: false }),
  );
  await client.end();
  template = name;
});

/** What a check says of the clean database and what is added to it: status and message of each finding. */
async function found(check: string, change: (client: Client) => Promise<unknown>): Promise<unknown[][]> {
  const { connectionString } = await server.create(template);
  const client = await connect(connectionString);
  await change(client);
  await client.end();
  const { stdout, stderr } = await runVerb([
    'check',
    `--only=${check}`,
    '--format=json',
    '--connection',
    connectionString,
  ]);
  expect(stderr).toBe('');
  const { checks } = JSON.parse(stdout);
  expect(checks[0].gaps).toEqual([]);
  return checks[0].findings.map(({ status, message }: Finding) => [status, message]);
}

interface Finding {
  readonly status: string;
  readonly message: string;
}

/** Cases side by side, each with a key or bucket of its own: what the check says of the one of a case. */
async function foundOfEach<Case>(
  check: string,
  cases: readonly Case[],
  fill: (client: Client, one: Case, name: string) => Promise<unknown>,
): Promise<(one: Case) => unknown[][]> {
  const name = (index: number) => `case-${index}.`;
  const findings = await found(check, async (client) => {
    for (const [index, one] of cases.entries()) await fill(client, one, name(index));
  });
  return (one) =>
    findings
      .filter(([, message]) => String(message).includes(name(cases.indexOf(one))))
      .map(([status, message]) => [
        status,
        String(message)
          .replace(name(cases.indexOf(one)), 'NAME')
          .replace('alias/', ''),
      ]);
}

const role = (accountId: string, name = 'app') => `arn:aws:iam::${accountId}:role/${name}`;
const of = (accountId: string, trust: string, more: Cells = {}): Cells => ({
  source_id: '1',
  sid: 'Partner',
  principal_type: 'role',
  principal: role(accountId),
  principal_account_id: accountId,
  trust,
  access: ['use'],
  ...more,
});
const grantTo = (accountId: string, trust: string, more: Cells = {}): Cells =>
  of(accountId, trust, { source: 'grant', source_id: 'grant-1', sid: null, role: 'grantee', ...more });
const anyone = (trust: string, more: Cells): Cells => ({
  source_id: '1',
  sid: 'Partner',
  principal_type: 'anyone',
  principal: '*',
  principal_account_id: null,
  trust,
  access: ['use'],
  certainty: 'conditional',
  ...more,
});
const deleted = { principal_type: 'deleted', principal: 'AROAEXAMPLE1234567890', principal_account_id: null };

describe('whom a policy or grant names: gone, closed, unknown, deleted', () => {
  const named = (who: string, why: string) => `statement Partner of NAME names ${who}, ${why}`;
  const closed = ['violation', named(role(legacy), 'whose account is closed')];
  const gone = ['violation', named(role(compute), 'whose account has left the organization')];
  const neither = 'whose account is neither in the organization nor in known_accounts';
  const notKnown = 'and it is not known whether that account is in the organization or in known_accounts';
  const byCondition = (id: string) => `account ${id}, in its conditions`;

  type Case = readonly [what: string, row: Cells, finding: readonly string[] | null];
  const cases: readonly Case[] = [
    ['a member', of(compute, 'organization'), null],
    ['a closed member', of(legacy, 'organization'), closed],
    [
      'a suspended member',
      of(suspended, 'organization'),
      ['violation', named(role(suspended), 'whose account is suspended')],
    ],
    ['a member that has left', of(compute, 'external'), gone],
    ['a stranger', of(stranger, 'external'), ['violation', named(role(stranger), neither)]],
    ['one of known_accounts', of(auditor, 'external', { known_account_name: 'auditor' }), null],
    ['a closed one of known_accounts', of(legacy, 'organization', { known_account_name: 'old' }), closed],
    ['membership not known', of(stranger, 'other_account'), ['unknown', named(role(stranger), notKnown)]],
    [
      'membership not known, of known_accounts',
      of(auditor, 'other_account', { known_account_name: 'auditor' }),
      null,
    ],
    [
      'an account by its canonical id',
      of(stranger, 'other_account', {
        principal_type: 'canonical',
        principal: '79a5',
        principal_account_id: null,
      }),
      ['unknown', named('79a5', notKnown)],
    ],
    [
      'a deleted principal',
      { ...of(stranger, 'external'), ...deleted, trust: null, access: [], certainty: 'denied' },
      ['violation', named('AROAEXAMPLE1234567890', 'a principal that is deleted')],
    ],
    ['a stranger that a Deny keeps out', of(stranger, 'external', { certainty: 'denied' }), null],
    ['a Deny for a stranger', of(stranger, 'external', { effect: 'Deny', certainty: 'denied' }), null],
    ['the own account', of(data, 'same_account'), null],
    ['a service', anyone('service', { principal_type: 'service', principal: 'logs.amazonaws.com' }), null],
    ['everybody', anyone('anyone', { limited_to_account_ids: null }), null],
    ['everybody of members', anyone('organization', { limited_to_account_ids: [data, compute] }), null],
    [
      'a condition that names a closed member',
      anyone('organization', { limited_to_account_ids: [compute, legacy] }),
      ['violation', named(byCondition(legacy), 'whose account is closed')],
    ],
    [
      'a condition that names a member, and a stranger who may be in known_accounts',
      anyone('external', { limited_to_account_ids: [compute, stranger] }),
      ['unknown', named(byCondition(stranger), notKnown)],
    ],
  ];

  let ofKey: (one: Case) => unknown[][];
  let ofBucket: (one: Case) => unknown[][];
  beforeAll(async () => {
    ofKey = await foundOfEach('gone-principal-on-key', cases, async (client, [, row], name) => {
      await insert(client, 'aws_encryption_keys', key(data, east, name));
      await insert(client, 'aws_encryption_key_access', access(data, east, name, row));
    });
    ofBucket = await foundOfEach('gone-principal-on-bucket', cases, async (client, [, row], name) => {
      await insert(client, 'aws_encryption_s3_buckets', bucket(data, name));
      await insert(client, 'aws_encryption_s3_bucket_access', bucketAccess(row, name));
    });
  });

  test.each(cases.map((one) => ({ what: one[0], one })))('a key or a bucket: $what', ({ one }) => {
    const expected = one[2] === null ? [] : [one[2]];
    expect(ofKey(one)).toEqual(expected);
    expect(ofBucket(one)).toEqual(expected);
  });

  function bucketAccess(row: Cells, name: string): Cells {
    const { key_id: _, ...cells } = access(data, east, 'orders', row);
    return { ...cells, name, source: 'bucket_policy' };
  }

  test('a grant, and its retiring principal', async () => {
    const findings = await found('gone-principal-on-key', (client) =>
      insert(
        client,
        'aws_encryption_key_access',
        access(data, east, 'orders', grantTo(legacy, 'organization')),
        access(data, east, 'orders', grantTo(stranger, 'external', { role: 'retiring' })),
      ),
    );
    expect(findings).toEqual([
      ['violation', `grant grant-1 of alias/orders names ${role(legacy)}, whose account is closed`],
      ['violation', `grant grant-1 of alias/orders names ${role(stranger)}, ${neither}`],
    ]);
  });

  test('the policy of a share', async () => {
    const findings = await found('gone-principal-on-key', (client) =>
      insert(
        client,
        'aws_encryption_key_access',
        access(data, east, 'orders', of(legacy, 'organization', { source: 'ram' })),
      ),
    );
    expect(findings).toEqual([
      [
        'violation',
        `statement Partner of the AWS RAM policy of alias/orders names ${role(legacy)}, whose account is closed`,
      ],
    ]);
  });

  test('a unique id in a grant may be a role that lives', async () => {
    const findings = await found('gone-principal-on-key', (client) =>
      insert(
        client,
        'aws_encryption_key_access',
        access(data, east, 'orders', { ...grantTo(stranger, 'external'), ...deleted, trust: null }),
      ),
    );
    expect(findings).toEqual([
      [
        'unknown',
        'grant grant-1 of alias/orders names AROAEXAMPLE1234567890, a unique id: it is not known whether its principal is deleted',
      ],
    ]);
  });

  test('a condition names a stranger whom a principal shows to be in known_accounts', async () => {
    const findings = await found('gone-principal-on-key', (client) =>
      insert(
        client,
        'aws_encryption_key_access',
        access(data, east, 'orders', anyone('external', { limited_to_account_ids: [auditor] })),
        access(
          data,
          east,
          'orders',
          of(auditor, 'external', { source_id: '2', known_account_name: 'auditor' }),
        ),
      ),
    );
    expect(findings).toEqual([]);
  });

  test('an account of another organization that is synced is no stranger', async () => {
    const findings = await found('gone-principal-on-key', async (client) => {
      await client.query(
        `UPDATE aws_encryption_accounts SET organization_id = 'o-2' WHERE account_id = '${compute}'`,
      );
      await insert(
        client,
        'aws_encryption_key_access',
        access(data, east, 'orders', of(compute, 'external')),
      );
    });
    expect(findings).toEqual([]);
  });

  test('statements of a policy that was read again since are over', async () => {
    const old = of(stranger, 'external', yesterday);
    expect(
      await found('gone-principal-on-key', (client) =>
        insert(client, 'aws_encryption_key_access', access(data, east, 'orders', old)),
      ),
    ).toEqual([]);
    expect(
      await found('gone-principal-on-bucket', (client) =>
        insert(client, 'aws_encryption_s3_bucket_access', bucketAccess(old, 'orders')),
      ),
    ).toEqual([]);
  });

  test('a bucket policy that was not read, or not understood, may name more; what is known from before is kept', async () => {
    const errors = { 's3:GetBucketPolicy': { code: 'AccessDenied', message: 'no' } };
    expect(
      await found('gone-principal-on-bucket', async (client) => {
        await insert(
          client,
          'aws_encryption_s3_buckets',
          bucket(data, 'dark', { errors, sharing_complete: false }),
        );
        await insert(
          client,
          'aws_encryption_s3_bucket_access',
          bucketAccess(of(stranger, 'external', yesterday), 'dark'),
        );
        await client.query(
          `UPDATE aws_encryption_s3_buckets SET sharing_complete = NULL WHERE name = 'orders'`,
        );
      }),
    ).toEqual([
      ['violation', named(role(stranger), neither).replace('NAME', 'dark')],
      ['unknown', 'the policy of dark was not read or not understood: it may name more'],
      ['unknown', 'the policy of orders was not read or not understood: it may name more'],
    ]);
  });

  test('so may the policy and grants of a key, unless AWS manages it', async () => {
    expect(
      await found('gone-principal-on-key', (client) =>
        insert(
          client,
          'aws_encryption_keys',
          key(data, east, 'dark', { sharing_complete: false }),
          key(data, east, 'aws-s3', { key_type: 'aws_managed', sharing_complete: false }),
        ),
      ),
    ).toEqual([
      [
        'unknown',
        'policy or grants of alias/dark were not read completely or not understood: they may name more',
      ],
    ]);
  });
});

describe('a grant that keeps open what the key policy no longer says', () => {
  const toRole = `grant grant-1 on NAME is for ${role(compute)} of account compute`;
  const unnamed = ['violation', `${toRole}, whose account the key policy does not name`];
  const others = ['violation', `${toRole}, while the key policy names others of that account only`];
  const root = (accountId: string, trust: string, more: Cells = {}) =>
    of(accountId, trust, { principal_type: 'account', principal: `arn:aws:iam::${accountId}:root`, ...more });

  type Case = readonly [what: string, statement: Cells | null, finding: readonly string[] | null];
  const cases: readonly Case[] = [
    ['nothing of its account', null, unnamed],
    ['its account', root(compute, 'organization'), null],
    ['the grantee', of(compute, 'organization'), null],
    ['another role of its account', of(compute, 'organization', { principal: role(compute, 'etl') }), others],
    [
      'another role of its account, which may make grants',
      of(compute, 'organization', { principal: role(compute, 'etl'), access: ['use', 'grant'] }),
      null,
    ],
    [
      'a session of its account',
      of(compute, 'organization', {
        principal_type: 'assumed_role',
        principal: `arn:aws:sts::${compute}:assumed-role/app/session`,
      }),
      [
        'unknown',
        `${toRole}, and it is not known whether the key policy, which names a session or role of that account, means the same`,
      ],
    ],
    ['metadata only', root(compute, 'organization', { access: ['read_metadata'] }), unnamed],
    [
      'its account, and a Deny takes that away',
      root(compute, 'organization', { certainty: 'denied' }),
      unnamed,
    ],
    ['another account', root(legacy, 'organization'), unnamed],
    ['everybody of its account', anyone('organization', { limited_to_account_ids: [compute] }), null],
    ['everybody of another account', anyone('organization', { limited_to_account_ids: [legacy] }), unnamed],
    [
      'everybody of its organization',
      anyone('organization', { limited_to_organization_ids: [organization] }),
      null,
    ],
    [
      'everybody of another organization',
      anyone('external', { limited_to_organization_ids: ['o-2'] }),
      unnamed,
    ],
    ['anyone', anyone('anyone', {}), null],
    ['its account, by a share', root(compute, 'organization', { source: 'ram' }), null],
    ['what it said yesterday', root(compute, 'organization', yesterday), unnamed],
  ];

  let ofGrant: (one: Case) => unknown[][];
  beforeAll(async () => {
    ofGrant = await foundOfEach('grant-beyond-policy', cases, async (client, [, statement], name) => {
      await insert(client, 'aws_encryption_keys', key(data, east, name));
      const rows = [grantTo(compute, 'organization'), ...(statement === null ? [] : [statement])];
      for (const row of rows)
        await insert(client, 'aws_encryption_key_access', access(data, east, name, row));
    });
  });

  test.each(cases.map((one) => ({ what: one[0], one })))('the policy lets in: $what', ({ one }) => {
    expect(ofGrant(one)).toEqual(one[2] === null ? [] : [one[2]]);
  });

  test('nothing is kept open by other grants', async () => {
    const grants = [
      grantTo(data, 'same_account'),
      grantTo(data, 'service', {
        principal_type: 'service',
        principal_account_id: null,
        source_id: 'grant-2',
      }),
      grantTo(stranger, 'external', { access: ['read_metadata'], source_id: 'grant-3' }),
      grantTo(stranger, 'external', { role: 'retiring', source_id: 'grant-4' }),
      grantTo(stranger, 'external', { certainty: 'denied', source_id: 'grant-5' }),
      // Revoked: the grants were read again since.
      grantTo(stranger, 'external', { ...yesterday, source_id: 'grant-6' }),
    ];
    const findings = await found('grant-beyond-policy', (client) =>
      insert(
        client,
        'aws_encryption_key_access',
        ...grants.map((grant) => access(data, east, 'orders', grant)),
      ),
    );
    expect(findings).toEqual([]);
  });

  test('where not all of the policy is known, the grant may be what it says', async () => {
    const findings = await found('grant-beyond-policy', async (client) => {
      await client.query('UPDATE aws_encryption_keys SET sharing_complete = false');
      await insert(
        client,
        'aws_encryption_key_access',
        access(data, east, 'orders', grantTo(stranger, 'external')),
      );
    });
    expect(findings).toEqual([
      [
        'unknown',
        `grant grant-1 on alias/orders is for ${role(stranger)}, and it is not known whether the key policy says so, since not all of it is read and understood`,
      ],
      [
        'unknown',
        'policy or grants of alias/orders were not read completely or not understood: there may be more such grants',
      ],
    ]);
  });
});
