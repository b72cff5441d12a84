import type { Fields } from '../../aws/answer.ts';
import { apiCalls } from '../../aws/api-calls.ts';
import { collect } from '../../aws/paging.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { ec2Api } from '../ec2/api.ts';

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
  /** Those of up to 200 ids that the account owns; what it does not own, or what is gone, is left out. */
  snapshotsById(ids: readonly string[]): Promise<readonly EbsSnapshot[]>;
  volumes(): AsyncIterable<readonly BlockStorage[]>;
  /** createVolumePermission of a snapshot. */
  snapshotSharing(snapshotId: string): Promise<SharedWithAccounts>;
  snapshotBlockPublicAccess(): Promise<SnapshotBlockPublicAccess>;
  encryptionDefault(): Promise<EncryptionDefault>;
}

/** Narrows a listing of EC2: as `--filters` of the command line does. */
interface Filter {
  readonly [name: string]: string | readonly string[];
  readonly Name: string;
  readonly Value: readonly string[];
}

/** Most that AWS gives in one page (EC2 API reference, 2026-10-01); without it AWS does not page at all. */
const pageSize = { snapshots: 1000, volumes: 500 };

export function ebsReads(access: ScopeAccess): EbsReads {
  const { call, list } = apiCalls(access, ec2Api);
  const ownSnapshots = (only: { readonly Filter?: readonly Filter[] }) =>
    list<EbsSnapshot>(
      'ec2:DescribeSnapshots',
      ({ id }) => id,
      (NextToken) => ({ Owner: ['self'], ...only, MaxResults: pageSize.snapshots, NextToken }),
      (answer) => ({
        items: answer.requiredObjects('snapshotSet').map((snapshot) => ({
          ...blockStorage(snapshot, 'snapshotId'),
          associatedKmsKeyIds: associatedKmsKeys(snapshot),
        })),
        next: answer.text('nextToken'),
      }),
    );
  return {
    snapshots: () => ownSnapshots({}),

    snapshotsById: (Value) => collect(ownSnapshots({ Filter: [{ Name: 'snapshot-id', Value }] })),

    volumes: () =>
      list<BlockStorage>(
        'ec2:DescribeVolumes',
        ({ id }) => id,
        (NextToken) => ({ MaxResults: pageSize.volumes, NextToken }),
        (answer) => ({
          items: answer.requiredObjects('volumeSet').map((volume) => blockStorage(volume, 'volumeId')),
          next: answer.text('nextToken'),
        }),
      ),

    snapshotSharing(SnapshotId) {
      const input = { SnapshotId, Attribute: 'createVolumePermission' };
      return call('ec2:DescribeSnapshotAttribute', input, (answer) => {
        const permissions = answer.requiredObjects('createVolumePermission');
        return {
          accountIds: permissions.flatMap((one) => one.text('userId') ?? []),
          everybody: permissions.some((one) => one.text('group') === 'all'),
        };
      });
    },

    snapshotBlockPublicAccess: () =>
      call('ec2:GetSnapshotBlockPublicAccessState', {}, (answer) => ({
        state: answer.requiredText('state'),
        managedBy: answer.text('managedBy'),
      })),

    async encryptionDefault() {
      const enabled = await call('ec2:GetEbsEncryptionByDefault', {}, (answer) =>
        answer.requiredBoolean('ebsEncryptionByDefault'),
      );
      if (!enabled) return { enabled, kmsKeyId: null };
      const kmsKeyId = await call('ec2:GetEbsDefaultKmsKeyId', {}, (answer) =>
        answer.requiredText('kmsKeyId'),
      );
      return { enabled, kmsKeyId };
    },
  };
}

function blockStorage(described: Fields, id: string): BlockStorage {
  return {
    id: described.requiredText(id),
    encrypted: described.requiredBoolean('encrypted'),
    kmsKeyId: described.text('kmsKeyId') || null,
  };
}

/** What AWS answers of a snapshot since botocore 1.44.8 (2026-11-20). */
const associatedKmsKeys = (snapshot: Fields): readonly string[] =>
  (snapshot.objects('associatedKmsKeySet') ?? []).flatMap((one) => one.text('kmsKeyId') || []);
