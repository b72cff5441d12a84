import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import {
  asymmetricKey,
  awsMaterialKey,
  futureKey,
  hmacKey,
  keyAgreementKey,
  multiRegionFamily,
} from '../../lab/aws/keys.ts';
import type { SimKey } from '../../lab/aws/model.ts';
import { addBucket } from '../../lab/aws/organizations/buckets.ts';
import { simulate } from '../aws/simulated.ts';
import fault from './07-bucket-default-that-s3-cannot-use.json' with { type: 'json' };
import { bucketRows, objectPolicy, root } from './bucket-rows.ts';
import { owner, sibling } from './key-sharing.ts';

const region = 'us-east-1';
const place = { partition: 'aws', accountId: owner, region };

/** The row of a bucket under the key, whose policies both let the sibling in. */
async function rowUnder(name: string, make: () => SimKey, bucketPolicy: string, keyPolicy: string) {
  const organization = newOrganization();
  const account = addAccount(organization, { id: owner });
  const key = addKey(account, make());
  key.policy = keyPolicy;
  const encryption = { algorithm: 'aws:kms', kmsMasterKeyId: key.metadata.Arn };
  addBucket(account, { name, region, encryption, policy: bucketPolicy });
  await using simulated = await simulate(organization);
  const { rows, said } = await bucketRows(simulated);
  expect(said).toEqual([]);
  return rows[0];
}

it.each(fault.cases)('$source', async ({ name, bucket, key, expected }) => {
  const make = () => asymmetricKey(place, name, key.spec);
  const row = await rowUnder(name, make, JSON.stringify(bucket.policy), JSON.stringify(key.policy));
  expect(row).toMatchObject({
    cross_account_read: expected.v,
    blocked_account_ids: [sibling],
    readable_account_ids: [],
    explanation: expect.stringContaining('only symmetric encryption keys serve'),
  });
});

describe('whatever else S3 cannot use, or is not known to', () => {
  const keyPolicy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: [root(owner), root(sibling)] }, Action: 'kms:*', Resource: '*' },
    ],
  });
  const elsewhere = { ...place, region: 'eu-west-1' };
  it.each<[what: string, make: () => SimKey, verdict: string]>([
    ['a symmetric key', () => awsMaterialKey(place, 'k'), 'possible'],
    ['a multi-Region key', () => multiRegionFamily(place, 'k', [region])[0] as SimKey, 'possible'],
    ['an HMAC key', () => hmacKey(place, 'k', 256), 'blocked_by_key_state'],
    ['a key for key agreement', () => keyAgreementKey(place, 'k', 'ECC_NIST_P256'), 'blocked_by_key_state'],
    ['an ML-DSA key', () => asymmetricKey(place, 'k', 'ML_DSA_65'), 'blocked_by_key_state'],
    ['a key of a spec, usage and state of later', () => futureKey(place, 'k'), 'unknown'],
    ['a key of another region', () => awsMaterialKey(elsewhere, 'k'), 'blocked_by_key_state'],
    [
      'a multi-Region key by its ARN in another region',
      () => multiRegionFamily(elsewhere, 'k', [elsewhere.region])[0] as SimKey,
      'blocked_by_key_state',
    ],
  ])('%s', async (_what, make, verdict) => {
    const both = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: root(sibling) },
          Action: ['s3:GetObject', 's3:PutObject'],
          Resource: 'arn:aws:s3:::lake/*',
        },
      ],
    });
    const row = await rowUnder('lake', make, both, keyPolicy);
    expect(row).toMatchObject({ cross_account_read: verdict, cross_account_write: verdict });
  });

  it('a bucket in the region of its key reads as before', async () => {
    const policy = objectPolicy('lake', 's3:GetObject', { AWS: root(sibling) });
    const row = await rowUnder('lake', () => awsMaterialKey(place, 'k'), policy, keyPolicy);
    expect(row).toMatchObject({ cross_account_read: 'possible', cross_account_write: 'not_shared' });
  });
});
