import {
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  paginateListDirectoryBuckets,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { directoryBuckets } from '../../../lab/aws/services/s3-express.ts';
import { oneAccount } from './one-account.ts';

const region = 'eu-west-1';
const named = (name: string) => `${name}--euw1-az1--x-s3`;
const account = oneAccount(region, { verifySignatures: true });

const s3 = () =>
  new S3Client({
    ...account.options,
    forcePathStyle: true,
    // With an endpoint of its own the client would ask for a session first, as it does for objects.
    disableS3ExpressSessionAuth: true,
  });

test('a listing of directory buckets goes on where the page before ended', async () => {
  for (const name of ['a', 'b', 'c']) directoryBuckets.add(account.data, region, { name: named(name) });
  const pages: unknown[] = [];
  for await (const page of paginateListDirectoryBuckets({ client: s3() }, { MaxDirectoryBuckets: 2 }))
    pages.push(page.Buckets?.map((bucket) => bucket.Name));
  expect(pages).toEqual([[named('a'), named('b')], [named('c')]]);
  expect(account.simulator.requests.byOperation()).toEqual({ 's3express:ListDirectoryBuckets': 2 });
});

test('a directory bucket tells its encryption, and its policy or that it has none', async () => {
  const kmsKey = `arn:aws:kms:${region}:222222222222:key/k`;
  const policy = '{"Version":"2012-10-17","Statement":[]}';
  directoryBuckets.add(account.data, region, {
    name: named('lake'),
    encryption: { algorithm: 'aws:kms', kmsKey },
    policy,
  });
  directoryBuckets.add(account.data, region, { name: named('plain') });
  const encryptionOf = async (name: string) =>
    (await s3().send(new GetBucketEncryptionCommand({ Bucket: named(name) })))
      .ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
  const policyOf = async (name: string) =>
    (await s3().send(new GetBucketPolicyCommand({ Bucket: named(name) }))).Policy;
  expect(await encryptionOf('lake')).toEqual({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: kmsKey });
  expect(await encryptionOf('plain')).toEqual({ SSEAlgorithm: 'AES256' });
  expect(await policyOf('lake')).toBe(policy);
  await expect(policyOf('plain')).rejects.toMatchObject({ name: 'NoSuchBucketPolicy' });
  for (const read of [encryptionOf, policyOf])
    await expect(read('gone')).rejects.toMatchObject({ name: 'NoSuchBucket' });
});
