import { regionOf } from '../../build.ts';
import { formList } from '../../protocol/query.ts';
import { type Output, refuse } from '../../protocol/wire.ts';
import { ResourceKind } from '../../resource-kind.ts';
import type { Call, Operation } from '../../service.ts';
import { snapshots } from './block-storage.ts';

interface SimImage {
  id: string;
  /** Ids of the snapshots behind it, that of the root device first; none: it is a bundle in S3. */
  snapshotIds: string[];
  /** Account ids, ARNs of organizations and organizational units, or `all`. */
  sharedWith: string[];
}

export const images = new ResourceKind<SimImage>({
  arn: 'ec2:image/*',
  namedBy: ['ImageId'],
  complete: (given) => ({ sharedWith: [], snapshotIds: [], ...given }),
  missing: (id) => [400, 'InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`],
});

const listImages = images.list({
  entries: 'imagesSet.item',
  // Without MaxResults AWS does not page.
  paging: {
    size: 'MaxResults',
    answers: Number.POSITIVE_INFINITY,
    token: 'NextToken',
    next: 'nextToken',
    max: 1000,
  },
  entry: (image, call) => ({
    imageId: image.id,
    imageOwnerId: call.account.id,
    imageState: 'available',
    isPublic: image.sharedWith.includes('all'),
    rootDeviceType: image.snapshotIds.length === 0 ? 'instance-store' : 'ebs',
    rootDeviceName: '/dev/xvda',
    // The order is of no meaning, as with AWS.
    blockDeviceMapping: { item: image.snapshotIds.map((id, index) => volumeOf(id, index, call)).reverse() },
  }),
});

/** The key it does not tell (EbsBlockDevice of the SDK, read 2026-11-29). A snapshot that is not here, another owns. */
function volumeOf(snapshotId: string, index: number, { account, region }: Call) {
  const snapshot = snapshots.in(account, region).get(snapshotId);
  const letter = String.fromCharCode('a'.charCodeAt(0) + index);
  return {
    deviceName: `/dev/xvd${letter}`,
    ebs: {
      snapshotId,
      encrypted: snapshot === undefined || snapshot.kmsKeyId !== undefined,
      deleteOnTermination: true,
    },
  };
}

/** Only `OwnerId=self` is known: images that others share are not simulated. */
export const describeImages: Operation = {
  ...listImages,
  run(call) {
    if (formList(call.input, 'Owner').join() === 'self') return listImages.run(call);
    return refuse(400, 'InvalidParameterValue', 'only images of the owner self are simulated');
  },
};

export const describeImageAttribute = images.detail(({ id, sharedWith }) => ({
  imageId: id,
  launchPermission: { item: sharedWith.map(permissionOf) },
}));

function permissionOf(one: string) {
  if (one === 'all') return { group: one };
  if (!one.startsWith('arn:')) return { userId: one };
  return one.includes(':ou/') ? { organizationalUnitArn: one } : { organizationArn: one };
}

export function getImageBlockPublicAccessState(call: Call): Output {
  const { state, managedBy } = regionOf(call.account, call.region).imageBlock;
  return { imageBlockPublicAccessState: state, managedBy };
}
