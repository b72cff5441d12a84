import { askedOnce } from '../../aws/asked-once.ts';
import { known, readFact, valueOrNull } from '../../aws/fact.ts';
import type { ResourceService } from '../service.ts';
import { notShareable, readSharing } from '../sharing.ts';
import { ebsReads } from './calls.ts';
import {
  blockEncryption,
  ebsDefaultRules,
  ebsSnapshotRules,
  ebsVolumeRules,
  snapshotEncryption,
} from './rules.ts';

export const ebsSnapshots: ResourceService = {
  rules: ebsSnapshotRules,

  async *list(access, scope) {
    const reads = ebsReads(access);
    const prefix = `arn:${scope.partition}:ec2:${scope.region}:${scope.accountId}:snapshot/`;
    // One answer for all of the region: asked for with the first snapshot that says that it is public.
    const publicAccess = askedOnce(() => readFact(reads.snapshotBlockPublicAccess()));
    for await (const snapshots of reads.snapshots()) {
      yield snapshots.map((snapshot) => async () => {
        const sharing = await readSharing(reads.snapshotSharing(snapshot.id), (shared) => ({
          by: 'accounts',
          ...shared,
        }));
        if (sharing === null) return null;
        const encryption = known(snapshotEncryption(snapshot));
        const found = { scope, resourceType: 'snapshot', arn: prefix + snapshot.id, encryption, sharing };
        const shared = valueOrNull(sharing);
        const isPublic = shared?.by === 'accounts' && shared.everybody;
        return isPublic ? { ...found, publicAccess: await publicAccess() } : found;
      });
    }
  },
};

export const ebsVolumes: ResourceService = {
  rules: ebsVolumeRules,

  async *list(access, scope) {
    const prefix = `arn:${scope.partition}:ec2:${scope.region}:${scope.accountId}:volume/`;
    for await (const volumes of ebsReads(access).volumes()) {
      yield volumes.map((volume) => async () => ({
        scope,
        resourceType: 'volume',
        arn: prefix + volume.id,
        encryption: known(blockEncryption(volume)),
        sharing: notShareable,
      }));
    }
  },
};

export const ebsDefault: ResourceService = {
  rules: ebsDefaultRules,

  async *list(access, scope) {
    const arn = `arn:${scope.partition}:ec2:${scope.region}:${scope.accountId}:ebs-encryption-by-default`;
    yield [
      async () => {
        const byDefault = await readFact(ebsReads(access).encryptionDefault());
        const encryption =
          byDefault.state === 'known'
            ? known(
                blockEncryption({ encrypted: byDefault.value.enabled, kmsKeyId: byDefault.value.kmsKeyId }),
              )
            : byDefault;
        return { scope, resourceType: 'encryption_by_default', arn, encryption, sharing: notShareable };
      },
    ];
  },
};
