import { type Fact, known, readFact, valueOrNull } from '../../aws/fact.ts';
import type { ResourceEncryption, SnapshotPublicAccess } from '../../posture/resource/resource-facts.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { ResourceService } from '../service.ts';
import { notShareable, readSharing } from '../sharing.ts';
import { type BlockStorage, type EbsSnapshot, ebsReads } from './calls.ts';

const ebs = {
  service: 'ebs',
  viaService: 'ec2',
  defaultAlias: 'alias/aws/ebs',
  grammar: noPolicyGrammar('ec2'),
  // The id of the volume or of the snapshot, by the request (KMS developer guide, "Amazon EBS encryption context").
  encryptionContext: () => ({ 'aws:ebs:id': '*' }),
} as const;

/**
 * Snapshots that the account owns. Whoever copies a shared one, or makes a volume of it, needs the key: these are
 * the actions of "Share the KMS key used to encrypt a shared Amazon EBS snapshot" (EBS user guide, read 2026-11-24).
 * A key that was associated with it is "a second, independent way to access the snapshot's data" (AssociateKmsKeyId,
 * botocore 1.44.8, read 2026-11-28).
 */
export const ebsSnapshots: ResourceService = {
  ...ebs,
  calls: ['ec2:DescribeSnapshots', 'ec2:DescribeSnapshotAttribute', 'ec2:GetSnapshotBlockPublicAccessState'],
  checkedAgainst: 'caller',
  operations: [
    {
      name: 'copy',
      access: 'read',
      actions: null,
      checkedAgainst: 'caller',
      keyActions: [
        'kms:DescribeKey',
        'kms:CreateGrant',
        'kms:GenerateDataKey',
        'kms:GenerateDataKeyWithoutPlaintext',
        'kms:ReEncryptFrom',
        'kms:Decrypt',
      ],
    },
  ],

  async *list(access, scope) {
    const reads = ebsReads(access);
    const prefix = `arn:${scope.partition}:ec2:${scope.region}:${scope.accountId}:snapshot/`;
    let asking: Promise<Fact<SnapshotPublicAccess>> | null = null;
    // One answer for all of the region: asked for with the first snapshot that says that it is public.
    const publicAccess = () => {
      asking ??= readFact(reads.snapshotBlockPublicAccess());
      return asking;
    };
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

/** EC2 uses a volume's key by a grant that it made when the volume was attached. */
export const ebsVolumes: ResourceService = {
  ...ebs,
  calls: ['ec2:DescribeVolumes'],
  checkedAgainst: 'service',
  operations: [],

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

/** The account's default for new volumes and copies: one row in each region, under an ARN that AWS does not use. */
export const ebsDefault: ResourceService = {
  ...ebs,
  calls: ['ec2:GetEbsEncryptionByDefault', 'ec2:GetEbsDefaultKmsKeyId'],
  checkedAgainst: 'caller',
  operations: [],

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

function snapshotEncryption(snapshot: EbsSnapshot): ResourceEncryption {
  const encryption = blockEncryption(snapshot);
  const { associatedKmsKeyIds: associatedKeys } = snapshot;
  return encryption.state === 'kms' ? { ...encryption, associatedKeys } : encryption;
}

/** A snapshot, volume or default that is encrypted always names its key. */
export function blockEncryption({
  encrypted,
  kmsKeyId,
}: Pick<BlockStorage, 'encrypted' | 'kmsKeyId'>): ResourceEncryption {
  if (!encrypted) return { state: 'none', key: null };
  return kmsKeyId === null ? { state: 'unknown', key: null } : { state: 'kms', key: kmsKeyId };
}
