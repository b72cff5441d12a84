import {
  CreateBucketCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateTableBucketCommand, S3TablesClient } from '@aws-sdk/client-s3tables';
import {
  CreateVectorBucketCommand,
  PutVectorBucketPolicyCommand,
  S3VectorsClient,
} from '@aws-sdk/client-s3vectors';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Emulator, startMoto } from '../../lab/emulators.ts';
import { connectAws } from '../../src/aws/aws.ts';
import { collect } from '../../src/aws/paging.ts';
import type { ScopeAccess } from '../../src/aws/scope-access.ts';
import { defaultCredentials } from '../../src/aws/settings.ts';
import { bucketReads } from '../../src/services/s3/calls.ts';
import { s3Tables } from '../../src/services/s3-tables/resources.ts';
import { s3Vectors } from '../../src/services/s3-vectors/resources.ts';
import { quickSettings } from '../aws/simulated.ts';

const region = 'us-east-1';
const accountId = '123456789012';
const scope = { accountId, accountName: null, region, partition: 'aws' };
const keyArn = `arn:aws:kms:${region}:${accountId}:key/1e9ac700-0000-4000-8000-000000000001`;
const policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
const controller = new AbortController();
let moto: Emulator;
let access: ScopeAccess;

beforeAll(async () => {
  moto = await startMoto();
  vi.stubEnv('AWS_ACCESS_KEY_ID', moto.credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', moto.credentials.secretAccessKey);
  const customEndpoint = {
    url: moto.url,
    partitionId: null,
    signingRegion: null,
    hostnameImmutable: true,
  };
  const aws = connectAws({ ...quickSettings, customEndpoint }, { signal: controller.signal });
  access = aws.open(await aws.session(defaultCredentials), accountId, region);
});
afterAll(async () => {
  controller.abort();
  vi.unstubAllEnvs();
  await moto.close();
});

const options = () => ({ endpoint: moto.url, region, credentials: moto.credentials, maxAttempts: 1 });

test('vector buckets of moto are read with their encryption and policy', async () => {
  const client = new S3VectorsClient(options());
  const encryptionConfiguration = { sseType: 'aws:kms', kmsKeyArn: keyArn } as const;
  await client.send(new CreateVectorBucketCommand({ vectorBucketName: 'docs', encryptionConfiguration }));
  await client.send(new CreateVectorBucketCommand({ vectorBucketName: 'plain' }));
  await client.send(new PutVectorBucketPolicyCommand({ vectorBucketName: 'docs', policy }));
  const reads = await collect(s3Vectors.list(access, scope, 'all'));
  const found = await Promise.all(reads.map((read) => read()));
  expect(found).toMatchObject([
    {
      arn: `arn:aws:s3vectors:${region}:${accountId}:bucket/docs`,
      encryption: { state: 'known', value: { state: 'kms', key: keyArn } },
      sharing: { state: 'known', value: { by: 'policy', policy } },
    },
    {
      encryption: { state: 'known', value: { state: 'aws_owned', key: null } },
      sharing: { state: 'known', value: { by: 'policy', policy: null } },
    },
  ]);
});

test('table buckets of moto are listed; it knows neither their encryption nor their policies', async () => {
  const client = new S3TablesClient(options());
  for (const name of ['facts', 'more']) await client.send(new CreateTableBucketCommand({ name }));
  const reads = await collect(s3Tables.list(access, scope, 'policy'));
  expect(reads.length).toBe(2);
});

test('a bucket of moto tells where its objects and its access logs go, or that they go nowhere', async () => {
  const client = new S3Client({ ...options(), forcePathStyle: true });
  for (const Bucket of ['lake', 'copies', 'logs', 'alone'])
    await client.send(new CreateBucketCommand({ Bucket }));
  for (const Bucket of ['lake', 'copies'])
    await client.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    );
  await client.send(
    new PutBucketReplicationCommand({
      Bucket: 'lake',
      ReplicationConfiguration: {
        Role: `arn:aws:iam::${accountId}:role/replication`,
        Rules: [
          {
            ID: 'all',
            Status: 'Enabled',
            Priority: 1,
            Filter: { Prefix: '' },
            DeleteMarkerReplication: { Status: 'Disabled' },
            SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
            Destination: {
              Bucket: 'arn:aws:s3:::copies',
              EncryptionConfiguration: { ReplicaKmsKeyID: keyArn },
            },
          },
        ],
      },
    }),
  );
  const delivering = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Action: ['s3:PutObject'],
        Resource: 'arn:aws:s3:::logs/*',
      },
    ],
  };
  await client.send(new PutBucketPolicyCommand({ Bucket: 'logs', Policy: JSON.stringify(delivering) }));
  await client.send(
    new PutBucketLoggingCommand({
      Bucket: 'lake',
      BucketLoggingStatus: { LoggingEnabled: { TargetBucket: 'logs', TargetPrefix: '' } },
    }),
  );
  const lake = bucketReads(access, 'lake');
  expect(await lake.loggingTarget()).toBe('logs');
  expect(await lake.replication()).toEqual([
    {
      status: 'Enabled',
      bucketArn: 'arn:aws:s3:::copies',
      accountId: null,
      replicaKmsKeyId: keyArn,
      // moto 5.2.5 does not keep SourceSelectionCriteria.
      kmsObjects: null,
      sourceMultiRegionKey: null,
    },
  ]);
  const alone = bucketReads(access, 'alone');
  expect([await alone.loggingTarget(), await alone.replication()]).toEqual([null, null]);
});
