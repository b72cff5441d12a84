import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import { resourcesIn } from '../../lab/aws/organizations/resources.ts';
import { s3Encryption } from '../../src/services/s3-encryption.ts';
import { type Fault, readService } from './read-service.ts';

const data = '222222222222';
const reader = '333333333333';
const owner = '444444444444';
const region = 'eu-west-1';
const admitting = (action: string, principal: unknown = { AWS: reader }) =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: principal, Action: action, Resource: '*' }] });

/** Directory, table and vector buckets under every sort of key, shared in every way. */
function world() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: data });
  const own = addKey(account, awsMaterialKey({ partition: 'aws', region, accountId: data }, 'own'));
  const foreign = addKey(
    addAccount(organization, { id: owner }),
    awsMaterialKey({ partition: 'aws', region, accountId: owner }, 'foreign'),
  );
  const under = (algorithm: string, { metadata }: typeof own) => ({
    s3tables: { sseAlgorithm: algorithm, kmsKeyArn: metadata.Arn },
    s3vectors: { sseType: algorithm, kmsKeyArn: metadata.Arn },
  });
  const [byOwn, byForeign, byNew] = [
    under('aws:kms', own),
    under('aws:kms', foreign),
    under('brand:new', own),
  ];
  const add = resourcesIn(account, region);
  const inDirectory = (name: string, action: string | null, key?: typeof own, principal?: unknown) =>
    add.directoryBucket({
      name: `${name}--euw1-az1--x-s3`,
      policy: action && admitting(action, principal),
      ...(key && { encryption: { algorithm: 'aws:kms', kmsKey: key.metadata.Arn } }),
    });
  inDirectory('default', null);
  inDirectory('shared', 's3express:*');
  inDirectory('alone', null, own);
  inDirectory('own', 's3express:CreateSession', own);
  inDirectory('foreign', 's3express:CreateSession', foreign);
  inDirectory('public', 's3express:CreateSession', own, '*');
  // Identity policies alone give this, in the own account.
  inDirectory('void', 's3express:GetBucketPolicy', own);
  add.directoryBucket({
    name: 'to-read--euw1-az1--x-s3',
    policy: admitting('s3express:CreateSession').replace(
      '}]}',
      ',"Condition":{"StringEquals":{"s3express:SessionMode":"ReadOnly"}}}]}',
    ),
  });
  add.tableBucket({ name: 'default' });
  add.tableBucket({ name: 'said', encryption: { sseAlgorithm: 'AES256' }, policy: admitting('s3tables:*') });
  add.tableBucket({ name: 'alone', encryption: byOwn.s3tables });
  add.tableBucket({ name: 'own', encryption: byOwn.s3tables, policy: admitting('s3tables:GetTableData') });
  add.tableBucket({ name: 'foreign', encryption: byForeign.s3tables, policy: admitting('s3tables:Put*') });
  add.tableBucket({ name: 'public', encryption: byOwn.s3tables, policy: admitting('s3tables:Get*', '*') });
  add.tableBucket({ name: 'new', encryption: byNew.s3tables, policy: admitting('s3tables:GetTableData') });
  // AWS keeps this from other accounts, whatever a policy says.
  add.tableBucket({ name: 'void', encryption: byOwn.s3tables, policy: admitting('s3tables:GetTablePolicy') });
  add.vectorBucket({ name: 'default' });
  add.vectorBucket({ name: 'shared', policy: admitting('s3vectors:QueryVectors') });
  add.vectorBucket({ name: 'unsaid', encryption: {} });
  add.vectorBucket({ name: 'alone', encryption: byOwn.s3vectors });
  add.vectorBucket({ name: 'own', encryption: byOwn.s3vectors, policy: admitting('s3vectors:*') });
  add.vectorBucket({
    name: 'foreign',
    encryption: byForeign.s3vectors,
    policy: admitting('s3vectors:GetVectors'),
  });
  add.vectorBucket({
    name: 'public',
    encryption: byOwn.s3vectors,
    policy: admitting('s3vectors:PutVectors', '*'),
  });
  return organization;
}

function rowsOf(service: string, fault?: Fault) {
  return readService(world(), { accountId: data, region }, service, {
    faults: [fault],
  });
}

const seenOf = (rows: readonly Record<string, unknown>[]) =>
  rows
    .map((row) => [
      String(row.arn).split('/')[1],
      row.encryption_state,
      row.key_account_id,
      row.cross_account_read,
      row.cross_account_write,
      row.shared_with_anyone,
    ])
    .toSorted();

describe('what is read of', () => {
  it('table buckets', async () => {
    const { rows, sink } = await rowsOf('s3tables');
    expect(seenOf(rows)).toEqual([
      ['alone', 'kms', data, 'not_shared', 'not_shared', false],
      ['default', 'aws_owned', null, 'not_shared', 'not_shared', false],
      ['foreign', 'kms', owner, 'not_shared', 'blocked_by_key_policy', false],
      ['new', 'unknown', null, 'unknown', 'not_shared', false],
      ['own', 'kms', data, 'blocked_by_key_policy', 'not_shared', false],
      ['public', 'kms', data, 'blocked_by_key_policy', 'not_shared', true],
      ['said', 'aws_owned', null, 'no_kms_barrier', 'no_kms_barrier', false],
      ['void', 'kms', data, 'not_shared', 'not_shared', false],
    ]);
    expect([...sink.said]).toEqual([]);
  });

  it('directory buckets', async () => {
    const { rows, sink } = await rowsOf('s3express');
    expect(seenOf(rows)).toEqual(
      (
        [
          ['alone', 'kms', data, 'not_shared', 'not_shared', false],
          ['default', 'aws_owned', null, 'not_shared', 'not_shared', false],
          ['foreign', 'kms', owner, 'blocked_by_key_policy', 'blocked_by_key_policy', false],
          ['own', 'kms', data, 'blocked_by_key_policy', 'blocked_by_key_policy', false],
          ['public', 'kms', data, 'blocked_by_key_policy', 'blocked_by_key_policy', true],
          ['shared', 'aws_owned', null, 'no_kms_barrier', 'no_kms_barrier', false],
          ['to-read', 'aws_owned', null, 'unknown', 'unknown', false],
          ['void', 'kms', data, 'not_shared', 'not_shared', false],
        ] as const
      ).map(([name, ...more]) => [`${name}--euw1-az1--x-s3`, ...more]),
    );
    const shared = rows.find(({ arn }) => String(arn).includes('/shared-'));
    expect(shared?.arn).toBe(`arn:aws:s3express:${region}:${data}:bucket/shared--euw1-az1--x-s3`);
    expect(shared?.shared_access).toEqual(['read', 'write']);
    expect([...sink.said]).toEqual([]);
  });

  it('vector buckets', async () => {
    const { rows, sink } = await rowsOf('s3vectors');
    expect(seenOf(rows)).toEqual([
      ['alone', 'kms', data, 'not_shared', 'not_shared', false],
      ['default', 'aws_owned', null, 'not_shared', 'not_shared', false],
      ['foreign', 'kms', owner, 'blocked_by_key_policy', 'not_shared', false],
      ['own', 'kms', data, 'blocked_by_key_policy', 'blocked_by_key_policy', false],
      ['public', 'kms', data, 'not_shared', 'blocked_by_key_policy', true],
      ['shared', 'aws_owned', null, 'no_kms_barrier', 'not_shared', false],
      ['unsaid', 'unknown', null, 'not_shared', 'not_shared', false],
    ]);
    expect([...sink.said]).toEqual([]);
  });
});

describe.each([
  ['s3express', 's3express:GetBucketEncryption', 'encryption_state'],
  ['s3express', 's3express:GetBucketPolicy', 'shared_account_ids'],
  ['s3tables', 's3tables:GetTableBucketEncryption', 'encryption_state'],
  ['s3tables', 's3tables:GetTableBucketPolicy', 'shared_account_ids'],
  ['s3vectors', 's3vectors:GetVectorBucket', 'encryption_state'],
  ['s3vectors', 's3vectors:GetVectorBucketPolicy', 'shared_account_ids'],
])('%s, where %s', (service, operation, column) => {
  it.each(['deny', 'malformed_body', 'empty_body'] as const)(
    'fails by %s: every resource has its row, which says so',
    async (kind) => {
      const { rows, sink } = await rowsOf(service, { operation, effect: { kind } });
      expect(rows.length).toBeGreaterThan(3);
      for (const row of rows) {
        expect(row[column as 'encryption_state']).toBeNull();
        expect(Object.keys(row.errors ?? {})).toEqual([operation]);
      }
      expect([...sink.said].some((line) => line.includes(operation))).toBe(true);
    },
  );
});

describe.each([
  ['s3express', 's3express:ListDirectoryBuckets'],
  ['s3tables', 's3tables:ListTableBuckets'],
  ['s3vectors', 's3vectors:ListVectorBuckets'],
])('the listing of %s', (service, operation) => {
  it('goes to its last page', async () => {
    const { rows: atOnce } = await rowsOf(service);
    const { rows, sink } = await rowsOf(service, { operation, effect: { kind: 'short_pages', entries: 2 } });
    expect(seenOf(rows)).toEqual(seenOf(atOnce));
    expect([...sink.said]).toEqual([]);
  });

  it.each(['repeated_marker', 'malformed_body', 'empty_body', 'deny'] as const)(
    'fails by %s',
    async (kind) => {
      const { sink } = await rowsOf(service, { operation, effect: { kind } });
      expect([...sink.said].some((said) => said.startsWith(`listing failed: resources ${operation}`))).toBe(
        true,
      );
    },
  );
});

describe('the encryption', () => {
  it.each([
    ['AES256', null, { state: 'aws_owned', key: null }],
    ['AES256', 'arn', { state: 'aws_owned', key: null }],
    ['aws:kms', 'arn', { state: 'kms', key: 'arn' }],
    // AWS has no default key here: without one nothing is known of it.
    ['aws:kms', null, { state: 'unknown', key: null }],
    ['aws:new', 'arn', { state: 'unknown', key: 'arn' }],
    [null, null, { state: 'unknown', key: null }],
  ])('of type %s under %s', (type, key, expected) => {
    expect(s3Encryption(type, key)).toEqual(expected);
  });
});
