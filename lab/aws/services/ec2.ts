import { text } from '../protocol/input.ts';
import { ec2Wire, formList } from '../protocol/query.ts';
import { ApiError, type Output } from '../protocol/wire.ts';
import type { Call, Service } from '../service.ts';
import {
  describeSnapshotAttribute,
  describeSnapshots,
  describeVolumes,
  getEbsDefaultKmsKeyId,
  getEbsEncryptionByDefault,
  getSnapshotBlockPublicAccessState,
} from './ec2/block-storage.ts';
import { describeImageAttribute, describeImages, getImageBlockPublicAccessState } from './ec2/images.ts';

/** Amazon EC2: what tells an account's regions, EBS, and machine images. */
export const ec2: Service = {
  name: 'ec2',
  wire: ec2Wire('http://ec2.amazonaws.com/doc/2016-11-15/'),
  operations: {
    DescribeImages: describeImages,
    DescribeImageAttribute: describeImageAttribute,
    DescribeRegions: { run: describeRegions },
    DescribeSnapshots: describeSnapshots,
    DescribeSnapshotAttribute: describeSnapshotAttribute,
    DescribeVolumes: describeVolumes,
    GetEbsDefaultKmsKeyId: { run: getEbsDefaultKmsKeyId },
    GetEbsEncryptionByDefault: { run: getEbsEncryptionByDefault },
    GetImageBlockPublicAccessState: { run: getImageBlockPublicAccessState },
    GetSnapshotBlockPublicAccessState: { run: getSnapshotBlockPublicAccessState },
  },
};

/** By default only regions that are enabled for the account; AllRegions adds the others. */
function describeRegions(call: Call): Output {
  const { account, input, world } = call;
  const all = text(input, 'AllRegions') === 'true';
  const names = formList(input, 'RegionName');
  const { regions } = world.organization;
  for (const name of names) {
    if (!regions.some((region) => region.name === name)) {
      throw new ApiError(400, 'InvalidParameterValue', `Invalid region name: ${name}`);
    }
  }
  const item = regions
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .filter(({ name }) => all || account.enabledRegions.has(name))
    .map(({ name, optIn }) => ({
      regionName: name,
      regionEndpoint: `ec2.${name}.amazonaws.com`,
      optInStatus: optInStatus(optIn, account.enabledRegions.has(name)),
    }));
  return { regionInfo: { item } };
}

function optInStatus(optIn: boolean, enabled: boolean): string {
  if (!optIn) return 'opt-in-not-required';
  return enabled ? 'opted-in' : 'not-opted-in';
}
