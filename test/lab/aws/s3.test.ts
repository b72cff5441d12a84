import {
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketReplicationCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  paginateListBuckets,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import type { SimAccount } from '../../../lab/aws/model.ts';
import { addBucket, bucketPolicy } from '../../../lab/aws/organizations/buckets.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { clients } from './clients.ts';
import { signedFetch } from './signed-fetch.ts';

let simulator: Simulator;
let data: SimAccount;

beforeEach(async () => {
  const organization = newOrganization();
  data = addAccount(organization, { id: '222222222222' });
  simulator = await startSimulator(organization);
});
afterEach(() => simulator.close());

const s3 = (region = 'us-east-1') => clients(simulator, data.id, region).s3;

test('ListBuckets names regions only when it is asked with a parameter, and pages', async () => {
  for (const name of ['a', 'b', 'c']) addBucket(data, { name, region: 'eu-west-1' });
  expect((await s3().send(new ListBucketsCommand({}))).Buckets?.map((bucket) => bucket.BucketRegion)).toEqual(
    [undefined, undefined, undefined],
  );
  const pages: (string | undefined)[][] = [];
  for await (const page of paginateListBuckets({ client: s3() }, { MaxBuckets: 2 })) {
    pages.push((page.Buckets ?? []).map((bucket) => `${bucket.Name} ${bucket.BucketRegion}`));
  }
  expect(pages).toEqual([['a eu-west-1', 'b eu-west-1'], ['c eu-west-1']]);
});

test('a bucket answers its settings as its owner made them', async () => {
  addBucket(data, {
    name: 'lake',
    region: 'us-east-1',
    encryption: {
      algorithm: 'aws:kms',
      kmsMasterKeyId: 'alias/lake & co',
      bucketKeyEnabled: true,
      blockedEncryptionTypes: ['SSE-C'],
    },
    policy: bucketPolicy('lake', 'arn:aws:iam::333333333333:root'),
    policyIsPublic: true,
    aclGrants: [{ grantee: 'http://acs.amazonaws.com/groups/global/AllUsers', permission: 'READ' }],
  });
  const Bucket = { Bucket: 'lake' };
  const encryption = await s3().send(new GetBucketEncryptionCommand(Bucket));
  expect(encryption.ServerSideEncryptionConfiguration?.Rules).toEqual([
    {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/lake & co' },
      BucketKeyEnabled: true,
      BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
    },
  ]);
  const ownership = await s3().send(new GetBucketOwnershipControlsCommand(Bucket));
  expect(ownership.OwnershipControls?.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
  const block = await s3().send(new GetPublicAccessBlockCommand(Bucket));
  expect(block.PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  });
  const { Policy } = await s3().send(new GetBucketPolicyCommand(Bucket));
  expect(JSON.parse(Policy ?? '').Statement[0].Principal).toEqual({ AWS: 'arn:aws:iam::333333333333:root' });
  expect((await s3().send(new GetBucketPolicyStatusCommand(Bucket))).PolicyStatus).toEqual({
    IsPublic: true,
  });
  const acl = await s3().send(new GetBucketAclCommand(Bucket));
  expect(acl.Grants?.map(({ Grantee, Permission }) => [Grantee?.Type, Grantee?.URI, Permission])).toEqual([
    ['CanonicalUser', undefined, 'FULL_CONTROL'],
    ['Group', 'http://acs.amazonaws.com/groups/global/AllUsers', 'READ'],
  ]);
  expect((await s3().send(new GetBucketLocationCommand(Bucket))).LocationConstraint).toBeUndefined();
});

test('what was never set is an error, not a default', async () => {
  addBucket(data, {
    name: 'old',
    region: 'us-east-1',
    encryption: null,
    ownership: null,
    publicAccessBlock: null,
  });
  const Bucket = { Bucket: 'old' };
  const absent = (name: string) => ({ name, $metadata: { httpStatusCode: 404 } });
  await expect(s3().send(new GetBucketEncryptionCommand(Bucket))).rejects.toMatchObject(
    absent('ServerSideEncryptionConfigurationNotFoundError'),
  );
  await expect(s3().send(new GetBucketOwnershipControlsCommand(Bucket))).rejects.toMatchObject(
    absent('OwnershipControlsNotFoundError'),
  );
  await expect(s3().send(new GetPublicAccessBlockCommand(Bucket))).rejects.toMatchObject(
    absent('NoSuchPublicAccessBlockConfiguration'),
  );
  await expect(s3().send(new GetBucketPolicyCommand(Bucket))).rejects.toMatchObject(
    absent('NoSuchBucketPolicy'),
  );
  await expect(s3().send(new GetBucketPolicyStatusCommand(Bucket))).rejects.toMatchObject(
    absent('NoSuchBucketPolicy'),
  );
  await expect(s3().send(new GetBucketAclCommand({ Bucket: 'gone' }))).rejects.toMatchObject(
    absent('NoSuchBucket'),
  );
});

test('a bucket of another region redirects, and says which; its location is told everywhere', async () => {
  addBucket(data, { name: 'dublin', region: 'eu-west-1' });
  const asked = s3('us-east-1').send(new GetBucketEncryptionCommand({ Bucket: 'dublin' }));
  await expect(asked).rejects.toMatchObject({
    name: 'PermanentRedirect',
    $metadata: { httpStatusCode: 301 },
    $response: { headers: { 'x-amz-bucket-region': 'eu-west-1' } },
  });
  const { LocationConstraint } = await s3().send(new GetBucketLocationCommand({ Bucket: 'dublin' }));
  expect(LocationConstraint).toBe('eu-west-1');
  const head = await s3('eu-west-1').send(new HeadBucketCommand({ Bucket: 'dublin' }));
  expect(head.BucketRegion).toBe('eu-west-1');
});

test("another account's bucket is denied, but its region is told", async () => {
  addBucket(data, { name: 'lake', region: 'us-east-1' });
  const stranger = clients(simulator).s3;
  await expect(stranger.send(new GetBucketPolicyCommand({ Bucket: 'lake' }))).rejects.toMatchObject({
    name: 'AccessDenied',
    $metadata: { httpStatusCode: 403 },
  });
  await expect(stranger.send(new HeadBucketCommand({ Bucket: 'lake' }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 403 },
    $response: { headers: { 'x-amz-bucket-region': 'us-east-1' } },
  });
  await expect(
    s3().send(new GetBucketAclCommand({ Bucket: 'lake', ExpectedBucketOwner: '999999999999' })),
  ).rejects.toMatchObject({ name: 'AccessDenied' });
});

test("the account's own Block Public Access is S3 Control's", async () => {
  const ask = () =>
    signedFetch(simulator, data.id, '/v20180820/configuration/publicAccessBlock', {
      'x-amz-account-id': data.id,
    });
  const absent = await ask();
  expect(absent.status).toBe(404);
  expect(await absent.text()).toContain('<Code>NoSuchPublicAccessBlockConfiguration</Code>');
  data.publicAccessBlock = {
    BlockPublicAcls: false,
    IgnorePublicAcls: true,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: true,
  };
  expect(await (await ask()).text()).toContain(
    '<IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>false</BlockPublicPolicy>',
  );
});

test('a bucket tells where its objects and its access logs go, or that they go nowhere', async () => {
  const replicaKmsKeyId = 'arn:aws:kms:eu-west-1:333333333333:key/k';
  addBucket(data, {
    name: 'lake',
    region: 'us-east-1',
    loggingTarget: 'logs',
    replication: [
      {
        bucketArn: 'arn:aws:s3:::copies',
        account: '333333333333',
        replicaKmsKeyId,
        kmsObjects: 'Enabled',
        sourceMultiRegionKey: 'Disabled',
      },
      { bucketArn: 'arn:aws:s3:::plain', status: 'Disabled' },
    ],
  });
  addBucket(data, { name: 'alone', region: 'us-east-1' });
  const { ReplicationConfiguration } = await s3().send(new GetBucketReplicationCommand({ Bucket: 'lake' }));
  expect(ReplicationConfiguration?.Rules).toMatchObject([
    {
      Status: 'Enabled',
      SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
      Destination: {
        Bucket: 'arn:aws:s3:::copies',
        Account: '333333333333',
        EncryptionConfiguration: {
          ReplicaKmsKeyID: replicaKmsKeyId,
          UseSourceMultiRegionKey: { Status: 'Disabled' },
        },
      },
    },
    { Status: 'Disabled', Destination: { Bucket: 'arn:aws:s3:::plain' } },
  ]);
  await expect(s3().send(new GetBucketReplicationCommand({ Bucket: 'alone' }))).rejects.toMatchObject({
    name: 'ReplicationConfigurationNotFoundError',
  });
  const loggingOf = async (Bucket: string) =>
    (await s3().send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled?.TargetBucket;
  expect([await loggingOf('lake'), await loggingOf('alone')]).toEqual(['logs', undefined]);
});
