import {
  DescribeImageAttributeCommand,
  DescribeSnapshotsCommand,
  GetImageBlockPublicAccessStateCommand,
  paginateDescribeImages,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { regionOf } from '../../../lab/aws/build.ts';
import { resourcesIn } from '../../../lab/aws/organizations/resources.ts';
import { clients } from './clients.ts';
import { oneAccount } from './one-account.ts';

const region = 'us-east-1';
const key = `arn:aws:kms:${region}:222222222222:key/k`;
const account = oneAccount(region);

const ec2 = () => clients(account.simulator, account.data.id, region).ec2;

test('a listing of images goes on where the page before ended, and tells the snapshots without their keys', async () => {
  const here = resourcesIn(account.data, region);
  here.snapshot({ id: 'snap-1', kmsKeyId: key });
  here.snapshot({ id: 'snap-2' });
  for (const id of ['ami-1', 'ami-2', 'ami-3']) here.image({ id, snapshotIds: ['snap-1', 'snap-2'] });
  const pages: unknown[] = [];
  const asked = { Owners: ['self'], MaxResults: 2 };
  for await (const page of paginateDescribeImages({ client: ec2() }, asked)) {
    pages.push(page.Images?.map(({ ImageId }) => ImageId));
    for (const { BlockDeviceMappings = [], RootDeviceName } of page.Images ?? []) {
      const root = BlockDeviceMappings.find(({ DeviceName }) => DeviceName === RootDeviceName);
      expect(root?.Ebs).toMatchObject({ SnapshotId: 'snap-1', Encrypted: true });
      expect(BlockDeviceMappings.map(({ Ebs }) => Ebs?.KmsKeyId)).toEqual([undefined, undefined]);
    }
  }
  expect(pages).toEqual([['ami-1', 'ami-2'], ['ami-3']]);
});

test('launch permissions name accounts, organizations, units and everybody', async () => {
  const organization = 'arn:aws:organizations::111111111111:organization/o-example000';
  const unit = 'arn:aws:organizations::111111111111:ou/o-example000/ou-exam-12345678';
  const sharedWith = ['333333333333', organization, unit, 'all'];
  resourcesIn(account.data, region).image({ id: 'ami-1', sharedWith });
  const permissions = (ImageId: string) =>
    ec2().send(new DescribeImageAttributeCommand({ ImageId, Attribute: 'launchPermission' }));
  expect((await permissions('ami-1')).LaunchPermissions).toEqual([
    { UserId: '333333333333' },
    { OrganizationArn: organization },
    { OrganizationalUnitArn: unit },
    { Group: 'all' },
  ]);
  await expect(permissions('ami-2')).rejects.toMatchObject({ name: 'InvalidAMIID.NotFound' });
});

test('snapshots are told by their ids, without those that are not there', async () => {
  const here = resourcesIn(account.data, region);
  for (const id of ['snap-1', 'snap-2', 'snap-3']) here.snapshot({ id, kmsKeyId: key });
  const byIds = (Values: string[], Name = 'snapshot-id') =>
    ec2().send(new DescribeSnapshotsCommand({ OwnerIds: ['self'], Filters: [{ Name, Values }] }));
  const { Snapshots } = await byIds(['snap-1', 'snap-3', 'snap-9']);
  expect(Snapshots?.map(({ SnapshotId }) => SnapshotId)).toEqual(['snap-1', 'snap-3']);
  await expect(byIds(['x'], 'status')).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  const tooMany = Array.from({ length: 201 }, (_, index) => `snap-${index}`);
  await expect(byIds(tooMany)).rejects.toMatchObject({ name: 'FilterLimitExceeded' });
});

test('the block of public images is the account’s in the region', async () => {
  regionOf(account.data, region).imageBlock = { state: 'block-new-sharing', managedBy: 'account' };
  expect(await ec2().send(new GetImageBlockPublicAccessStateCommand({}))).toMatchObject({
    ImageBlockPublicAccessState: 'block-new-sharing',
    ManagedBy: 'account',
  });
});
