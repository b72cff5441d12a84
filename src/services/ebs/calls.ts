import { required } from '../../aws/answer.ts';
import { slim } from '../../aws/client.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { serviceCalls } from '../../aws/service-calls.ts';
import { associatedKmsKeys, readAssociatedKmsKeys } from './associated-kms-keys.ts';

/** A snapshot or a volume, of what matters here. */
export interface BlockStorage {
  readonly id: string;
  readonly encrypted: boolean;
  /** ARN of the key; null: none named. */
  readonly kmsKeyId: string | null;
}

export interface EbsSnapshot extends BlockStorage {
  /** ARNs of the keys that open it beside the one that it is encrypted with. */
  readonly associatedKmsKeyIds: readonly string[];
}

/** Whether the account lets snapshots of the region be public. */
export interface SnapshotBlockPublicAccess {
  /** `block-all-sharing`, `block-new-sharing`, `unblocked`. */
  readonly state: string;
  /** `account`, `declarative-policy`; null when not answered. */
  readonly managedBy: string | null;
}

/** Whom a snapshot is shared with. */
export interface SharedWithAccounts {
  readonly accountIds: readonly string[];
  readonly everybody: boolean;
}

/** What becomes of new volumes of the account in this region. */
export interface EncryptionDefault {
  readonly enabled: boolean;
  /** Alias or ARN of the key of volumes that name none; null when not asked, since encryption is not the default. */
  readonly kmsKeyId: string | null;
}

/** EBS, by the API of EC2, as seen from one scope. Rejects with AwsError only. */
export interface EbsReads {
  /** Snapshots that the account owns. */
  snapshots(): AsyncIterable<readonly EbsSnapshot[]>;
  volumes(): AsyncIterable<readonly BlockStorage[]>;
  /** createVolumePermission of a snapshot. */
  snapshotSharing(snapshotId: string): Promise<SharedWithAccounts>;
  snapshotBlockPublicAccess(): Promise<SnapshotBlockPublicAccess>;
  encryptionDefault(): Promise<EncryptionDefault>;
}

/** Most that AWS gives in one page (EC2 API reference, 2026-10-01); without it AWS does not page at all. */
const pageSize = { snapshots: 1000, volumes: 500 };

export function ebsReads(access: ScopeAccess): EbsReads {
  const { call, list } = serviceCalls(access, async (config) => {
    const sdk = await import('@aws-sdk/client-ec2');
    return { sdk, client: slim(new sdk.EC2Client(config)) };
  });
  return {
    snapshots: () =>
      list<EbsSnapshot>(
        'ec2:DescribeSnapshots',
        ({ id }) => id,
        (NextToken) =>
          async ({ sdk, client }, options, site) => {
            const input = { OwnerIds: ['self'], MaxResults: pageSize.snapshots, NextToken };
            const command = new sdk.DescribeSnapshotsCommand(input);
            readAssociatedKmsKeys(command, sdk);
            const output = await client.send(command, options);
            const items = required(output.Snapshots, 'Snapshots', site).map((snapshot) => ({
              id: required(snapshot.SnapshotId, 'SnapshotId', site),
              encrypted: required(snapshot.Encrypted, 'Encrypted', site),
              kmsKeyId: snapshot.KmsKeyId || null,
              associatedKmsKeyIds: associatedKmsKeys(snapshot),
            }));
            return { items, next: output.NextToken };
          },
      ),

    volumes: () =>
      list<BlockStorage>(
        'ec2:DescribeVolumes',
        ({ id }) => id,
        (NextToken) =>
          async ({ sdk, client }, options, site) => {
            const input = { MaxResults: pageSize.volumes, NextToken };
            const output = await client.send(new sdk.DescribeVolumesCommand(input), options);
            const items = required(output.Volumes, 'Volumes', site).map((volume) => ({
              id: required(volume.VolumeId, 'VolumeId', site),
              encrypted: required(volume.Encrypted, 'Encrypted', site),
              kmsKeyId: volume.KmsKeyId || null,
            }));
            return { items, next: output.NextToken };
          },
      ),

    snapshotSharing: (SnapshotId) =>
      call('ec2:DescribeSnapshotAttribute', async ({ sdk, client }, options, site) => {
        const input = { SnapshotId, Attribute: 'createVolumePermission' as const };
        const output = await client.send(new sdk.DescribeSnapshotAttributeCommand(input), options);
        const permissions = required(output.CreateVolumePermissions, 'CreateVolumePermissions', site);
        return {
          accountIds: permissions.flatMap(({ UserId }) => UserId ?? []),
          everybody: permissions.some(({ Group }) => Group === 'all'),
        };
      }),

    snapshotBlockPublicAccess: () =>
      call('ec2:GetSnapshotBlockPublicAccessState', async ({ sdk, client }, options, site) => {
        const output = await client.send(new sdk.GetSnapshotBlockPublicAccessStateCommand({}), options);
        return { state: required(output.State, 'State', site), managedBy: output.ManagedBy ?? null };
      }),

    async encryptionDefault() {
      const enabled = await call('ec2:GetEbsEncryptionByDefault', async ({ sdk, client }, options, site) => {
        const output = await client.send(new sdk.GetEbsEncryptionByDefaultCommand({}), options);
        return required(output.EbsEncryptionByDefault, 'EbsEncryptionByDefault', site);
      });
      if (!enabled) return { enabled, kmsKeyId: null };
      const kmsKeyId = await call('ec2:GetEbsDefaultKmsKeyId', async ({ sdk, client }, options, site) => {
        const output = await client.send(new sdk.GetEbsDefaultKmsKeyIdCommand({}), options);
        return required(output.KmsKeyId, 'KmsKeyId', site);
      });
      return { enabled, kmsKeyId };
    },
  };
}
