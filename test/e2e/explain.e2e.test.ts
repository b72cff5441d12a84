import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pluginPath } from '../../lab/organization-sync.ts';
import { verb } from '../../lab/verb.ts';
import { compute, data, readerOrganization, role, sandbox } from './reader-organization.ts';
import { type Ended, runProgram } from './run-program.ts';
import { startWorld, type World } from './world.ts';

const spec = { org: { member_role_name: 'OrganizationAccountAccessRole' }, include_iam: true };

let world: World;

beforeAll(async () => {
  world = await startWorld(readerOrganization());
  await world.sync({ spec });
  await verb('views', '--connection', world.connectionString);
});
afterAll(() => world.close());

/** The executable, as a user calls it. */
const run = (...argv: readonly string[]): Promise<Ended> =>
  runProgram(process.execPath, [pluginPath, 'explain', '--connection', world.connectionString, ...argv]);

interface Link {
  readonly link: string;
  readonly action: string | null;
  readonly verdict: string;
  readonly policy: string | null;
  readonly attached_to: string | null;
  readonly statement: { readonly index: number; readonly sid: string | null } | null;
  readonly why: string;
}

interface Document {
  readonly answer: string;
  readonly chain_of: string;
  readonly decided_by: Link | null;
  readonly chain: readonly Link[];
  readonly principals?: readonly { readonly arn: string; readonly answer: string }[];
  readonly let_in?: readonly { readonly who: string; readonly answer: string }[];
}

async function explained(...argv: readonly string[]): Promise<Document> {
  const { stdout, stderr, code } = await run(...argv, '--format', 'json');
  expect(stderr).toBe('');
  const document: Document = JSON.parse(stdout);
  expect(code).toBe({ yes: 0, no: 1, unknown: 2 }[document.answer]);
  return document;
}

const ask = (principal: string, resource = 'lake'): Promise<Document> =>
  explained('--resource', resource, '--principal', principal);

const analytics = role('team/analytics');

describe('the role’s policies, one piece at a time', () => {
  test('with all in place: yes, and every link allows', async () => {
    const { answer, decided_by, chain } = await ask(analytics);
    expect({ answer, decided_by }).toEqual({ answer: 'yes', decided_by: null });
    expect(chain.map(({ link, action, verdict }) => [link, action, verdict])).toEqual([
      ['iam', 's3:GetObject', 'allowed'],
      ['boundary', 's3:GetObject', 'allowed'],
      ['scp', 's3:GetObject', 'allowed'],
      ['resource_policy', 's3:GetObject', 'allowed'],
      ['rcp', 's3:GetObject', 'allowed'],
      ['public_access_block', null, 'allowed'],
      ['iam', 'kms:Decrypt', 'allowed'],
      ['boundary', 'kms:Decrypt', 'allowed'],
      ['scp', 'kms:Decrypt', 'allowed'],
      ['key_policy', 'kms:Decrypt', 'allowed'],
      ['rcp', 'kms:Decrypt', 'allowed'],
      ['key_state', null, 'allowed'],
    ]);
    expect(chain[0]).toMatchObject({
      policy: 'inline policy own',
      attached_to: analytics,
      statement: { sid: 'Get' },
    });
    expect(chain[2]).toMatchObject({ policy: 'FullAWSAccess (p-FullAWSAccess)' });
    expect(chain[3]).toMatchObject({
      attached_to: 'arn:aws:s3:::lake',
      statement: { index: 0, sid: 'Readers' },
    });
    expect(chain[9]).toMatchObject({ policy: 'key policy', statement: { index: 1, sid: 'Use' } });
  });

  const own = 'resource_policy';
  const missing: readonly (readonly [string, string, Partial<Link>])[] = [
    [role('without-s3'), 'lake', { link: 'iam', action: 's3:GetObject', statement: null }],
    [role('without-kms'), 'lake', { link: 'iam', action: 'kms:Decrypt', statement: null }],
    [
      role('guarded'),
      'lake',
      {
        link: 'iam',
        action: 'kms:Decrypt',
        policy: `arn:aws:iam::${compute}:policy/guard`,
        attached_to: role('guarded'),
        statement: { index: 1, sid: 'NoKeys' },
      },
    ],
    [
      role('bounded'),
      'lake',
      { link: 'boundary', action: 'kms:Decrypt', policy: `arn:aws:iam::${compute}:policy/only-s3` },
    ],
    [
      role('analytics', sandbox),
      'lake',
      {
        link: 'scp',
        action: 'kms:Decrypt',
        policy: 'no-decrypt (p-nodecrypt)',
        attached_to: 'unit sandbox (ou-read-sandboxx)',
        statement: { index: 0, sid: 'Closed' },
      },
    ],
    [analytics, 'lake-private', { link: own, action: 's3:GetObject', attached_to: null }],
    [
      analytics,
      'lake-vault',
      {
        link: 'rcp',
        action: 's3:GetObject',
        policy: 'vault-only (p-vault)',
        statement: { index: 0, sid: 'Vault' },
      },
    ],
    [analytics, 'lake-key-closed', { link: 'key_policy', action: 'kms:Decrypt' }],
    [analytics, 'lake-aws-managed', { link: 'key_policy', action: 'kms:Decrypt' }],
    [analytics, 'lake-key-disabled', { link: 'key_state', why: 'the key is in state Disabled' }],
    [role('nobody'), 'lake', { link: 'iam', why: `account ${compute} has no such role, by the last sync` }],
  ];
  test.each(missing)('%s, %s: no', async (principal, bucket, decided) => {
    const document = await ask(principal, bucket);
    expect(document).toMatchObject({ answer: 'no', decided_by: { ...decided, verdict: 'denied' } });
    const denied = document.chain.filter(({ verdict }) => verdict === 'denied').map(({ link }) => link);
    expect(new Set(denied)).toEqual(new Set([decided.link]));
  });

  test.each([
    [role('in-office'), 'it depends on aws:SourceIp'],
    [role('of-a-prefix'), 'it depends on which part of the resource is meant'],
  ])('%s: unknown, and why', async (principal, why) => {
    expect(await ask(principal)).toMatchObject({
      answer: 'unknown',
      decided_by: { link: 'iam', why: expect.stringContaining(why) },
    });
  });

  test('a grant takes the place of the key policy', async () => {
    const { answer, chain } = await ask(analytics, 'lake-granted');
    expect(answer).toBe('yes');
    expect(chain.find(({ link }) => link === 'grant')).toMatchObject({
      verdict: 'allowed',
      action: 'kms:Decrypt',
    });
  });

  test('without a KMS key there is no barrier', async () => {
    const { answer, chain } = await ask(role('without-kms'), 'lake-plain');
    expect(answer).toBe('yes');
    expect(chain.at(-1)).toMatchObject({
      link: 'key',
      why: "no KMS barrier: the bucket's default is AES256",
    });
  });
});

test('the own account needs no bucket policy, and its root user no IAM policy', async () => {
  expect(await ask(role('etl', data), 'lake-private')).toMatchObject({ answer: 'yes' });
  expect(await ask(`arn:aws:iam::${data}:root`, 'lake-private')).toMatchObject({ answer: 'yes' });
});

test('a session counts as its role, whatever its path', async () => {
  const session = `arn:aws:sts::${compute}:assumed-role/analytics/notebook`;
  expect(await ask(session)).toMatchObject({ answer: 'yes', chain_of: analytics });
});

test('an account: whoever of it can, and the chain of the nearest', async () => {
  const { answer, principals } = await ask(compute);
  expect(answer).toBe('yes');
  expect(principals?.map(({ arn, answer }) => `${answer} ${arn}`).sort()).toEqual([
    `unknown ${role('in-office')}`,
    `unknown ${role('of-a-prefix')}`,
    `yes ${role('OrganizationAccountAccessRole')}`,
    `yes ${analytics}`,
    `yes arn:aws:iam::${compute}:root`,
    `yes arn:aws:iam::${compute}:user/ann`,
    `yes arn:aws:iam::${compute}:user/lab`,
  ]);
  const nobody = await ask(sandbox);
  expect(nobody).toMatchObject({ answer: 'no', decided_by: { link: 'scp' }, principals: [] });
});

test('another key, a queue, and a key itself', async () => {
  const [{ arn: closed } = {}] = await world.rows('aws_encryption_keys', `aliases[1] = 'alias/closed'`);
  const [{ arn: key } = {}] = await world.rows(
    'aws_encryption_keys',
    `aliases[1] = 'alias/lake' and account_id = '${data}'`,
  );
  const other = await explained('--resource', 'lake', '--principal', analytics, '--key', String(closed));
  expect(other).toMatchObject({ answer: 'no', decided_by: { link: 'key_policy', attached_to: closed } });
  const queue = `arn:aws:sqs:us-east-1:${data}:orders`;
  expect(await ask(role('etl', data), queue)).toMatchObject({ answer: 'yes' });
  expect(await ask(analytics, queue)).toMatchObject({
    answer: 'no',
    decided_by: { link: 'iam', action: 'sqs:ReceiveMessage' },
  });
  expect(await ask(analytics, String(key))).toMatchObject({ answer: 'yes' });
  expect(await ask(role('guarded'), String(key))).toMatchObject({ answer: 'no' });
});

test('without a principal: who is let in, as the row says', async () => {
  const { answer, let_in } = await explained('--resource', 'lake-key-closed');
  expect({ answer, let_in }).toMatchObject({ answer: 'no', let_in: [{ who: compute, answer: 'no' }] });
  expect(await explained('--resource', 'lake-private')).toMatchObject({ answer: 'no', let_in: [] });
});

test('the table says the word first, then the chain', async () => {
  const { stdout, code } = await run('--resource', 'lake', '--principal', role('guarded'));
  const lines = stdout.split('\n');
  expect(code).toBe(1);
  expect(lines[0]).toBe('no');
  expect(lines[2]).toBe(
    `Can ${role('guarded')} read objects of the bucket lake? IAM for kms:Decrypt: denies it.`,
  );
  expect(stdout).toMatch(
    /^IAM +kms:Decrypt +denied +arn:\S+guard at arn:\S+guarded +1 \(NoKeys\) +denies it$/m,
  );
});

test.each([
  [['--resource', 'no-such-bucket'], 2, 'No bucket no-such-bucket'],
  [['--resource', 'lake', '--principal', 'analytics'], 64, '--principal analytics is no account id'],
  [[], 64, 'Say what is to be read'],
  [['--resource', 'lake', '--key', 'alias/x'], 64, '--key alias/x is no ARN'],
])('%j: exit code %d', async (argv, code, message) => {
  const ended = await run(...argv);
  expect(ended.code).toBe(code);
  expect(ended.stderr).toContain(message);
});

describe('what was not read is not known, never none', () => {
  /** Hides a table while the verb is asked. */
  async function without(table: string, work: () => Promise<void>): Promise<void> {
    await world.query(`alter table ${table} rename to hidden`);
    try {
      await work();
    } finally {
      await world.query(`alter table hidden rename to ${table}`);
    }
  }

  test.each([
    ['aws_encryption_iam_principals', 'lake', 'iam'],
    ['aws_encryption_iam_policies', 'lake', 'iam'],
    ['aws_encryption_organization_policies', 'lake', 'scp'],
    ['aws_encryption_resource_policies', 'lake', 'resource_policy'],
    ['aws_encryption_keys', 'lake', 'key'],
    ['aws_encryption_key_policies', 'lake', 'key_policy'],
    ['aws_encryption_key_grants', 'lake-key-closed', 'grant'],
  ])('without %s', async (table, bucket, link) => {
    await without(table, async () => {
      expect(await ask(analytics, bucket)).toMatchObject({ answer: 'unknown', decided_by: { link } });
      // What is known decides all the same.
      const isRcpKnown = table !== 'aws_encryption_organization_policies';
      expect(await ask(analytics, 'lake-vault')).toMatchObject({ answer: isRcpKnown ? 'no' : 'unknown' });
    });
  });

  test('a table that was not listed whole has no "none"', async () => {
    await world.query(
      `update aws_encryption_coverage set status = 'partial', message = 'denied' where table_name = 'aws_encryption_iam_principals' and account_id = $1`,
      [compute],
    );
    expect(await ask(role('nobody'))).toMatchObject({ answer: 'unknown', decided_by: { link: 'iam' } });
    expect(await ask(analytics)).toMatchObject({ answer: 'yes' });
  });

  test('what an older sync saw is not known to hold', async () => {
    await world.query(
      `update aws_encryption_coverage
       set status = 'failed', last_complete_at = null, last_complete_generation = null, _cq_sync_time = _cq_sync_time + interval '1 hour'
       where table_name = 'aws_encryption_iam_principals' and account_id = $1`,
      [compute],
    );
    const why = expect.stringContaining('could not be read again since');
    expect(await ask(analytics)).toMatchObject({ answer: 'unknown', decided_by: { link: 'iam', why } });
  });

  test('four shards tell the same as one sync', async () => {
    await world.reset();
    for (const shard of ['1/4', '2/4', '3/4', '4/4']) await world.sync({ spec, args: ['--shard', shard] });
    await verb('views', '--connection', world.connectionString);
    expect(await ask(analytics)).toMatchObject({ answer: 'yes' });
    expect(await ask(role('analytics', sandbox))).toMatchObject({
      answer: 'no',
      decided_by: { link: 'scp' },
    });
    expect(await ask(role('nobody'))).toMatchObject({ answer: 'no', decided_by: { link: 'iam' } });
  });

  test('IAM that is not read is said, with what to do', async () => {
    await world.reset();
    await world.sync({ spec: { ...spec, include_iam: false } });
    await verb('views', '--connection', world.connectionString);
    const isOff = expect.stringContaining('`include_iam` is false');
    expect(await ask(analytics)).toMatchObject({
      answer: 'unknown',
      decided_by: { link: 'iam', why: isOff },
    });
    expect(await ask(role('nobody'))).toMatchObject({
      answer: 'unknown',
      decided_by: { link: 'iam', why: isOff },
    });
    expect(await ask(compute)).toMatchObject({
      answer: 'yes',
      principals: [{ arn: `arn:aws:iam::${compute}:root` }],
    });
    expect(await ask(analytics, 'lake-key-disabled')).toMatchObject({ answer: 'no' });
  });
});
