import { regionOf } from '../../build.ts';
import { formList } from '../../protocol/query.ts';
import { type Output, refuse } from '../../protocol/wire.ts';
import { ResourceKind } from '../../resource-kind.ts';
import type { Call, Operation } from '../../service.ts';

interface SimVolume {
  id: string;
  /** ARN of the key; undefined: not encrypted. */
  kmsKeyId?: string;
}

interface SimSnapshot extends SimVolume {
  /** Account ids, or `all`. */
  sharedWith: string[];
  /** ARNs of keys that open it as well. */
  associatedKmsKeys?: string[];
}

export const volumes = new ResourceKind<SimVolume>({
  arn: 'ec2:volume/*',
  namedBy: ['VolumeId'],
  complete: (given) => given,
  missing: (id) => [400, 'InvalidVolume.NotFound', `The volume '${id}' does not exist.`],
});

export const snapshots = new ResourceKind<SimSnapshot>({
  arn: 'ec2:snapshot/*',
  namedBy: ['SnapshotId'],
  complete: (given) => ({ sharedWith: [], ...given }),
  missing: (id) => [400, 'InvalidSnapshot.NotFound', `The snapshot '${id}' does not exist.`],
});

/** Without MaxResults AWS does not page. */
const paging = {
  size: 'MaxResults',
  answers: Number.POSITIVE_INFINITY,
  token: 'NextToken',
  next: 'nextToken',
};

export const describeVolumes = volumes.list({
  entries: 'volumeSet.item',
  paging: { ...paging, max: 500 },
  entry: ({ id, kmsKeyId }) => ({ volumeId: id, encrypted: kmsKeyId !== undefined, kmsKeyId }),
});

const listSnapshots = snapshots.list({
  entries: 'snapshotSet.item',
  paging: { ...paging, max: 1000 },
  entry: ({ id, kmsKeyId, associatedKmsKeys }, { account }) => ({
    snapshotId: id,
    ownerId: account.id,
    status: 'completed',
    encrypted: kmsKeyId !== undefined,
    kmsKeyId,
    ...(associatedKmsKeys && {
      associatedKmsKeySet: { item: associatedKmsKeys.map((each) => ({ kmsKeyId: each })) },
    }),
  }),
});

/** Only `OwnerId=self` is known: snapshots that others share are not simulated. */
export const describeSnapshots: Operation = {
  ...listSnapshots,
  run(call) {
    if (formList(call.input, 'Owner').join() === 'self') return listSnapshots.run(call);
    return refuse(400, 'InvalidParameterValue', 'only snapshots of the owner self are simulated');
  },
};

export const describeSnapshotAttribute = snapshots.detail(({ id, sharedWith }) => ({
  snapshotId: id,
  createVolumePermission: {
    item: sharedWith.map((one) => (one === 'all' ? { group: one } : { userId: one })),
  },
}));

export function getEbsEncryptionByDefault(call: Call): Output {
  const { enabled } = regionOf(call.account, call.region).ebsDefault;
  return { ebsEncryptionByDefault: enabled };
}

export function getEbsDefaultKmsKeyId(call: Call): Output {
  return { kmsKeyId: regionOf(call.account, call.region).ebsDefault.kmsKeyId };
}

export function getSnapshotBlockPublicAccessState(call: Call): Output {
  return { ...regionOf(call.account, call.region).snapshotBlock };
}
