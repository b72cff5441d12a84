import { regionOf } from '../../build.ts';
import { pageOfArray } from '../../paging.ts';
import { pageSize, requiredText, text } from '../../protocol/input.ts';
import { formList } from '../../protocol/query.ts';
import { ApiError, type Output } from '../../protocol/wire.ts';
import type { SimVolume } from '../../resource-model.ts';
import type { Call } from '../../service.ts';

/** Only `OwnerId=self` is known: snapshots that others share are not simulated. */
export function describeSnapshots(call: Call): Output {
  if (formList(call.input, 'Owner').join() !== 'self') {
    throw new ApiError(400, 'InvalidParameterValue', 'only snapshots of the owner self are simulated');
  }
  const { snapshots } = regionOf(call.account, call.region);
  const page = pageOf(call, [...snapshots.values()], 1000);
  const item = page.items.map((snapshot) => ({
    snapshotId: snapshot.id,
    ownerId: call.account.id,
    status: 'completed',
    ...encryptionOf(snapshot),
    ...(snapshot.associatedKmsKeys && {
      associatedKmsKeySet: { item: snapshot.associatedKmsKeys.map((kmsKeyId) => ({ kmsKeyId })) },
    }),
  }));
  return { snapshotSet: { item }, nextToken: page.next };
}

export function describeVolumes(call: Call): Output {
  const page = pageOf(call, [...regionOf(call.account, call.region).volumes.values()], 500);
  const item = page.items.map((volume) => ({ volumeId: volume.id, ...encryptionOf(volume) }));
  return { volumeSet: { item }, nextToken: page.next };
}

export function describeSnapshotAttribute(call: Call): Output {
  const snapshotId = requiredText(call.input, 'SnapshotId');
  const snapshot = regionOf(call.account, call.region).snapshots.get(snapshotId);
  if (snapshot === undefined) {
    throw new ApiError(400, 'InvalidSnapshot.NotFound', `The snapshot '${snapshotId}' does not exist.`);
  }
  const item = snapshot.sharedWith.map((one) => (one === 'all' ? { group: one } : { userId: one }));
  return { snapshotId, createVolumePermission: { item } };
}

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

function encryptionOf({ kmsKeyId }: SimVolume) {
  return { encrypted: kmsKeyId !== undefined, kmsKeyId };
}

/** Without MaxResults AWS does not page. */
function pageOf<T>(call: Call, all: readonly T[], max: number) {
  return pageOfArray(all, {
    marker: text(call.input, 'NextToken'),
    limit: pageSize(call.input, 'MaxResults', { max, default: Math.max(1, all.length) }),
    invalid: () => new ApiError(400, 'InvalidParameterValue', 'The NextToken is invalid'),
  });
}
