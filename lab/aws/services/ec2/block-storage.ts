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

const idsAsked = ({ input }: Call): readonly string[] => formList(input, 'Filter.1.Value');

const listSnapshots = snapshots.list({
  entries: 'snapshotSet.item',
  paging: { ...paging, max: 1000 },
  only: ({ id }, call) => call.input['Filter.1.Name'] === undefined || idsAsked(call).includes(id),
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

/** Only `OwnerId=self` is known: snapshots that others share are not simulated. Of filters `snapshot-id` is. */
export const describeSnapshots: Operation = {
  ...listSnapshots,
  run(call) {
    const { input } = call;
    if (formList(input, 'Owner').join() !== 'self')
      return refuse(400, 'InvalidParameterValue', 'only snapshots of the owner self are simulated');
    const filters = Object.keys(input).filter((name) => /^Filter\.\d+\.Name$/.test(name));
    const isKnown = filters.every((name) => name === 'Filter.1.Name' && input[name] === 'snapshot-id');
    if (!isKnown) return refuse(400, 'InvalidParameterValue', 'only the filter snapshot-id is simulated');
    if (idsAsked(call).length > 200)
      return refuse(400, 'FilterLimitExceeded', 'The maximum number of filter values is 200');
    return listSnapshots.run(call);
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
