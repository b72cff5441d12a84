import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import type { SimBucket } from '../../lab/aws/model.ts';
import { addBucket } from '../../lab/aws/organizations/buckets.ts';
import { simulate } from '../aws/simulated.ts';
import { bucketRows, objectPolicy, root } from './bucket-rows.ts';
import { owner, sibling, stranger } from './key-sharing.ts';

const region = 'us-east-1';
const block = null;
const objects = 'arn:aws:s3:::lake/*';
const document = (...statements: object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const fromNetwork = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };

interface Given {
  readonly bucketPolicy: string;
  /** Beside the owner's own; without it the bucket is under SSE-S3. */
  readonly keyStatements?: readonly object[];
  readonly bucket?: Partial<SimBucket>;
}

async function rowOf({ bucketPolicy, keyStatements, bucket }: Given) {
  const organization = newOrganization();
  const account = addAccount(organization, { id: owner });
  const key = addKey(account, awsMaterialKey({ partition: 'aws', accountId: owner, region }, 'lake'));
  const own = { Effect: 'Allow', Principal: { AWS: root(owner) }, Action: 'kms:*', Resource: '*' };
  key.policy = document(own, ...(keyStatements ?? []));
  const encryption = { algorithm: 'aws:kms', kmsMasterKeyId: key.metadata.Arn };
  addBucket(account, {
    name: 'lake',
    region,
    publicAccessBlock: block,
    policy: bucketPolicy,
    ...(keyStatements && { encryption }),
    ...bucket,
  });
  await using simulated = await simulate(organization);
  const { rows } = await bucketRows(simulated);
  return rows[0];
}

const allow = (action: string, principal: unknown, changes: object = {}) => ({
  Effect: 'Allow',
  Principal: principal,
  Action: action,
  Resource: action.startsWith('s3:') ? objects : '*',
  ...changes,
});
const members = { AWS: root(sibling) };

describe('E. doubts are not dropped where no key is asked', () => {
  it('an Allow and a Deny that cannot be decided, SSE-S3', async () => {
    const deny = {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: objects,
      Condition: fromNetwork,
    };
    const row = await rowOf({ bucketPolicy: document(allow('s3:GetObject', members), deny) });
    expect(row).toMatchObject({
      cross_account_read: 'unknown',
      readable_account_ids: [],
      unknown_account_ids: [sibling],
    });
  });
});

describe('K. access points of other accounts', () => {
  it.each([sibling, stranger])('of %s: the account is named and not known', async (account) => {
    const bucketPolicy = objectPolicy(
      'lake',
      's3:*',
      { AWS: '*' },
      {
        StringEquals: { 's3:DataAccessPointAccount': account },
      },
    );
    const row = await rowOf({ bucketPolicy, keyStatements: [allow('kms:*', { AWS: root(account) })] });
    expect(row).toMatchObject({
      shared_account_ids: [account],
      write_account_ids: [account],
      shared_with_anyone: false,
      cross_account_read: 'unknown',
      readable_account_ids: [],
      unknown_account_ids: [account],
      cross_account_write: 'unknown',
      write_unknown_account_ids: [account],
      explanation: expect.stringContaining(`whom access points of account ${account} admit`),
    });
  });

  it('of the own account, which has none: nobody is let in', async () => {
    const bucketPolicy = objectPolicy(
      'lake',
      's3:*',
      { AWS: '*' },
      {
        StringEquals: { 's3:DataAccessPointAccount': owner },
      },
    );
    const row = await rowOf({ bucketPolicy, keyStatements: [] });
    expect(row).toMatchObject({
      shared_account_ids: [],
      unknown_account_ids: [],
      cross_account_read: 'not_shared',
    });
  });
});

describe('L. two prefixes in the bucket policy, one in the key', () => {
  const twoPrefixes = document(
    allow('s3:GetObject', members, { Resource: ['arn:aws:s3:::lake/a/*', 'arn:aws:s3:::lake/b/*'] }),
  );
  it.each([
    ['a', 'possible'],
    ['b', 'possible'],
    ['c', 'blocked_by_key_policy'],
  ])('%s', async (prefix, verdict) => {
    const Condition = { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::lake/${prefix}/*` } };
    const keyStatements = [allow('kms:Decrypt', members, { Condition })];
    expect(await rowOf({ bucketPolicy: twoPrefixes, keyStatements })).toMatchObject({
      cross_account_read: verdict,
    });
  });
});

describe('M. a row does not read as locked for all while one is unknown', () => {
  it('one account unknown, another locked out', async () => {
    const row = await rowOf({
      bucketPolicy: document(allow('s3:GetObject', { AWS: [root(sibling), root(stranger)] })),
      keyStatements: [allow('kms:Decrypt', members, { Condition: fromNetwork })],
    });
    expect(row).toMatchObject({
      cross_account_read: 'partly_blocked',
      unknown_account_ids: [sibling],
      blocked_account_ids: [stranger],
    });
  });
});

describe('writing', () => {
  it('log delivery that the key keeps out, and an account that can write but not in parts', async () => {
    const delivery = { Service: 'delivery.logs.amazonaws.com' };
    const row = await rowOf({
      bucketPolicy: document(allow('s3:PutObject', members), allow('s3:PutObject', delivery)),
      keyStatements: [allow('kms:GenerateDataKey', members)],
    });
    expect(row).toMatchObject({
      cross_account_write: 'possible',
      writable_account_ids: [sibling],
      write_blocked_account_ids: [],
      write_blocked_services: ['delivery.logs.amazonaws.com'],
      write_explanation: expect.stringContaining('but not in parts'),
      cross_account_read: 'not_shared',
    });
  });
});

it('under ObjectWriter the bucket policy does not govern what other accounts own', async () => {
  const bucketPolicy = document(allow('s3:GetObject', members));
  const said = 'does not govern objects that other accounts wrote';
  const row = await rowOf({ bucketPolicy, bucket: { ownership: 'ObjectWriter' } });
  expect(row?.explanation).toContain(said);
  expect((await rowOf({ bucketPolicy }))?.explanation).not.toContain(said);
});
