import {
  GetTableBucketEncryptionCommand,
  GetTableBucketPolicyCommand,
  paginateListTableBuckets,
  S3TablesClient,
} from '@aws-sdk/client-s3tables';
import { expect, test } from 'vitest';
import { tableBuckets } from '../../../lab/aws/services/s3-tables.ts';
import { oneAccount } from './one-account.ts';

const region = 'eu-west-1';
const arn = (name: string) => `arn:aws:s3tables:${region}:222222222222:bucket/${name}`;
const account = oneAccount(region, { verifySignatures: true });

const tables = () => new S3TablesClient(account.options);

test('a listing of table buckets goes on where the page before ended', async () => {
  for (const name of ['a', 'b', 'c']) tableBuckets.add(account.data, region, { name });
  const pages: unknown[] = [];
  for await (const page of paginateListTableBuckets({ client: tables() }, { maxBuckets: 2 }))
    pages.push(page.tableBuckets?.map((bucket) => [bucket.arn, bucket.name, bucket.type]));
  expect(pages).toEqual([
    [
      [arn('a'), 'a', 'customer'],
      [arn('b'), 'b', 'customer'],
    ],
    [[arn('c'), 'c', 'customer']],
  ]);
});

test('a table bucket tells its encryption and policy; those without say that there is none', async () => {
  const encryption = { sseAlgorithm: 'aws:kms', kmsKeyArn: `arn:aws:kms:${region}:222222222222:key/k` };
  const policy = '{"Version":"2012-10-17","Statement":[]}';
  tableBuckets.add(account.data, region, { name: 'lake', encryption, policy });
  tableBuckets.add(account.data, region, { name: 'plain' });
  const encryptionOf = async (name: string) =>
    (await tables().send(new GetTableBucketEncryptionCommand({ tableBucketARN: arn(name) })))
      .encryptionConfiguration;
  const policyOf = async (name: string) =>
    (await tables().send(new GetTableBucketPolicyCommand({ tableBucketARN: arn(name) }))).resourcePolicy;
  expect(await encryptionOf('lake')).toEqual(encryption);
  expect(await policyOf('lake')).toBe(policy);
  for (const name of ['plain', 'gone'])
    for (const read of [encryptionOf, policyOf])
      await expect(read(name)).rejects.toMatchObject({ name: 'NotFoundException' });
});
