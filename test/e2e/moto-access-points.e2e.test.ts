import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateAccessPointCommand,
  CreateMultiRegionAccessPointCommand,
  PutAccessPointPolicyCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Emulator, startMoto } from '../../lab/emulators.ts';
import { connectAws } from '../../src/aws/aws.ts';
import { collect } from '../../src/aws/paging.ts';
import { defaultCredentials } from '../../src/aws/settings.ts';
import { accessPointReads, multiRegionHome } from '../../src/services/s3/access-points.ts';
import { quickSettings } from '../aws/simulated.ts';

const region = 'us-east-1';
const accountId = '123456789012';
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::999988887777:root' },
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:${region}:${accountId}:accesspoint/shared/object/*`,
    },
  ],
});
const controller = new AbortController();
let moto: Emulator;

beforeAll(async () => {
  moto = await startMoto();
  vi.stubEnv('AWS_ACCESS_KEY_ID', moto.credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', moto.credentials.secretAccessKey);
  const options = { endpoint: moto.url, region, credentials: moto.credentials, maxAttempts: 1 };
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  const control = new S3ControlClient(options);
  // It would put the account's id before the host, which 127.0.0.1 cannot bear.
  control.config.endpointProvider = () => ({ url: new URL(moto.url) });
  await s3.send(new CreateBucketCommand({ Bucket: 'lake' }));
  const AccountId = accountId;
  for (const Name of ['alone', 'shared'])
    await control.send(new CreateAccessPointCommand({ AccountId, Name, Bucket: 'lake' }));
  await control.send(new PutAccessPointPolicyCommand({ AccountId, Name: 'shared', Policy: policy }));
  await control.send(
    new CreateMultiRegionAccessPointCommand({
      AccountId,
      ClientToken: 'once',
      Details: { Name: 'everywhere', Regions: [{ Bucket: 'lake' }] },
    }),
  );
});
afterAll(async () => {
  controller.abort();
  vi.unstubAllEnvs();
  await moto.close();
});

async function readsIn(place: string) {
  const customEndpoint = { url: moto.url, partitionId: null, signingRegion: null, hostnameImmutable: true };
  const aws = connectAws({ ...quickSettings, customEndpoint }, { signal: controller.signal });
  return accessPointReads(aws.open(await aws.session(defaultCredentials), accountId, place), accountId);
}

test('access points are listed with their buckets, and read with policy, standing and block', async () => {
  const reads = await readsIn(region);
  const listed = await collect(reads.list());
  expect(listed.map(({ name, bucket, networkOrigin }) => [name, bucket, networkOrigin]).toSorted()).toEqual([
    ['alone', 'lake', 'Internet'],
    ['shared', 'lake', 'Internet'],
  ]);
  expect(JSON.parse((await reads.policy('shared')) ?? '')).toEqual(JSON.parse(policy));
  expect(await reads.policy('alone')).toBeNull();
  expect(await reads.policyIsPublic('shared')).toBe(true);
  expect(await reads.publicAccessBlock('shared')).toMatchObject({ restrictPublicBuckets: true });
  await expect(reads.policy('gone')).rejects.toMatchObject({ reason: 'not_found' });
});

test('multi-Region access points are listed with their buckets', async () => {
  const listed = await collect((await readsIn(multiRegionHome)).listMultiRegion());
  expect(listed).toMatchObject([{ name: 'everywhere', buckets: [{ bucket: 'lake' }] }]);
});
