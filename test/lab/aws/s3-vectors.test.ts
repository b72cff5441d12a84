import {
  GetVectorBucketCommand,
  GetVectorBucketPolicyCommand,
  paginateListVectorBuckets,
  S3VectorsClient,
} from '@aws-sdk/client-s3vectors';
import { expect, test } from 'vitest';
import { vectorBuckets } from '../../../lab/aws/services/s3-vectors.ts';
import { oneAccount } from './one-account.ts';

const region = 'eu-west-1';
const arn = (name: string) => `arn:aws:s3vectors:${region}:222222222222:bucket/${name}`;
const account = oneAccount(region, { verifySignatures: true });

const vectors = () => new S3VectorsClient(account.options);

test('a listing of vector buckets goes on where the page before ended', async () => {
  for (const name of ['a', 'b', 'c']) vectorBuckets.add(account.data, region, { name });
  const pages: unknown[] = [];
  for await (const page of paginateListVectorBuckets({ client: vectors() }, { maxResults: 2 }))
    pages.push(page.vectorBuckets?.map((bucket) => bucket.vectorBucketArn));
  expect(pages).toEqual([[arn('a'), arn('b')], [arn('c')]]);
});

test('a vector bucket tells its encryption, by name and by ARN, and its policy or that it has none', async () => {
  const encryption = { sseType: 'aws:kms', kmsKeyArn: `arn:aws:kms:${region}:222222222222:key/k` };
  const policy = '{"Version":"2012-10-17","Statement":[]}';
  vectorBuckets.add(account.data, region, { name: 'docs', encryption, policy });
  vectorBuckets.add(account.data, region, { name: 'plain' });
  for (const by of [{ vectorBucketName: 'docs' }, { vectorBucketArn: arn('docs') }]) {
    const { vectorBucket } = await vectors().send(new GetVectorBucketCommand(by));
    expect(vectorBucket).toMatchObject({ vectorBucketArn: arn('docs'), encryptionConfiguration: encryption });
  }
  const policyOf = async (name: string) =>
    (await vectors().send(new GetVectorBucketPolicyCommand({ vectorBucketArn: arn(name) }))).policy;
  expect(await policyOf('docs')).toBe(policy);
  for (const name of ['plain', 'gone'])
    await expect(policyOf(name)).rejects.toMatchObject({ name: 'NotFoundException' });
});
