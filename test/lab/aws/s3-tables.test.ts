import {
  GetTableBucketEncryptionCommand,
  GetTableBucketPolicyCommand,
  paginateListTableBuckets,
  S3TablesClient,
} from '@aws-sdk/client-s3tables';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import type { SimAccount } from '../../../lab/aws/model.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { tableBuckets } from '../../../lab/aws/services/s3-tables.ts';

const region = 'eu-west-1';
const arn = (name: string) => `arn:aws:s3tables:${region}:222222222222:bucket/${name}`;
let simulator: Simulator;
let data: SimAccount;

beforeEach(async () => {
  const organization = newOrganization();
  data = addAccount(organization, { id: '222222222222' });
  simulator = await startSimulator(organization, { verifySignatures: true });
});
afterEach(() => simulator.close());

const tables = () =>
  new S3TablesClient({
    endpoint: simulator.url,
    region,
    credentials: baseCredentials(data.id),
    maxAttempts: 1,
  });

test('a listing of table buckets goes on where the page before ended', async () => {
  for (const name of ['a', 'b', 'c']) tableBuckets.add(data, region, { name });
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
  tableBuckets.add(data, region, { name: 'lake', encryption, policy });
  tableBuckets.add(data, region, { name: 'plain' });
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
