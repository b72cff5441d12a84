import {
  GetAccessPointCommand,
  GetAccessPointPolicyCommand,
  GetAccessPointPolicyStatusCommand,
  GetMultiRegionAccessPointPolicyCommand,
  GetMultiRegionAccessPointPolicyStatusCommand,
  ListMultiRegionAccessPointsCommand,
  paginateListAccessPoints,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import type { SimAccount } from '../../../lab/aws/model.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { accessPoints, multiRegionAccessPoints } from '../../../lab/aws/services/s3/access-points.ts';

const region = 'eu-west-1';
const AccountId = '222222222222';
const policy = '{"Version":"2012-10-17","Statement":[]}';
let simulator: Simulator;
let data: SimAccount;

beforeEach(async () => {
  const organization = newOrganization();
  data = addAccount(organization, { id: AccountId });
  simulator = await startSimulator(organization);
});
afterEach(() => simulator.close());

/** AWS's own client; it would put the account's id before the host, which 127.0.0.1 cannot bear. */
function control(place = region): S3ControlClient {
  const client = new S3ControlClient({
    region: place,
    credentials: baseCredentials(AccountId),
    maxAttempts: 1,
  });
  client.config.endpointProvider = () => ({ url: new URL(simulator.url) });
  return client;
}

test("access points are listed page by page, those of other accounts' buckets among them", async () => {
  accessPoints.add(data, region, { name: 'a', bucket: 'lake' });
  accessPoints.add(data, region, {
    name: 'b',
    bucket: 'far',
    bucketAccountId: '333333333333',
    vpcId: 'vpc-1',
  });
  accessPoints.add(data, region, { name: 'c', bucket: 'lake' });
  accessPoints.add(data, 'us-east-1', { name: 'elsewhere', bucket: 'lake' });
  const found: unknown[] = [];
  for await (const page of paginateListAccessPoints({ client: control(), pageSize: 2 }, { AccountId }))
    found.push(
      page.AccessPointList?.map((one) => [
        one.AccessPointArn,
        one.Bucket,
        one.BucketAccountId,
        one.NetworkOrigin,
        one.VpcConfiguration?.VpcId,
      ]),
    );
  const arn = (name: string) => `arn:aws:s3:${region}:${AccountId}:accesspoint/${name}`;
  expect(found).toEqual([
    [
      [arn('a'), 'lake', AccountId, 'Internet', undefined],
      [arn('b'), 'far', '333333333333', 'VPC', 'vpc-1'],
    ],
    [[arn('c'), 'lake', AccountId, 'Internet', undefined]],
  ]);
});

test('an access point tells its block and its policy, and that it has none', async () => {
  const block = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: false,
  };
  accessPoints.add(data, region, { name: 'open', bucket: 'lake', policy, policyIsPublic: true, block });
  accessPoints.add(data, region, { name: 'bare', bucket: 'lake' });
  const open = { AccountId, Name: 'open' };
  expect(await control().send(new GetAccessPointCommand(open))).toMatchObject({
    Name: 'open',
    Bucket: 'lake',
    PublicAccessBlockConfiguration: block,
  });
  expect((await control().send(new GetAccessPointPolicyCommand(open))).Policy).toBe(policy);
  expect((await control().send(new GetAccessPointPolicyStatusCommand(open))).PolicyStatus).toEqual({
    IsPublic: true,
  });
  const bare = control().send(new GetAccessPointPolicyCommand({ AccountId, Name: 'bare' }));
  await expect(bare).rejects.toMatchObject({
    name: 'NoSuchAccessPointPolicy',
    $metadata: { httpStatusCode: 404 },
  });
  const gone = control().send(new GetAccessPointCommand({ AccountId, Name: 'gone' }));
  await expect(gone).rejects.toMatchObject({ name: 'NoSuchAccessPoint' });
});

test('multi-Region access points are told in us-west-2 only', async () => {
  const regions = [
    { Bucket: 'lake', Region: region },
    { Bucket: 'far', Region: 'us-east-1', BucketAccountId: '333333333333' },
  ];
  multiRegionAccessPoints.add(data, 'us-west-2', { name: 'everywhere', alias: 'm1.mrap', regions, policy });
  const { AccessPoints } = await control('us-west-2').send(
    new ListMultiRegionAccessPointsCommand({ AccountId }),
  );
  expect(AccessPoints).toMatchObject([
    {
      Name: 'everywhere',
      Alias: 'm1.mrap',
      Status: 'READY',
      Regions: [{ Bucket: 'lake', BucketAccountId: AccountId }, regions[1]],
    },
  ]);
  const named = { AccountId, Name: 'everywhere' };
  const told = await control('us-west-2').send(new GetMultiRegionAccessPointPolicyCommand(named));
  expect(told.Policy?.Established?.Policy).toBe(policy);
  const status = await control('us-west-2').send(new GetMultiRegionAccessPointPolicyStatusCommand(named));
  expect(status.Established).toEqual({ IsPublic: false });
  const elsewhere = control('eu-west-1').send(new ListMultiRegionAccessPointsCommand({ AccountId }));
  await expect(elsewhere).rejects.toMatchObject({ name: 'PermanentRedirect' });
});

test("an account's access points are its own affair", async () => {
  const ask = control().send(new GetAccessPointCommand({ AccountId: '333333333333', Name: 'a' }));
  await expect(ask).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
});
