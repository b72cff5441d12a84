import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { byNobody, reading } from '../../posture/resource/rules.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import { readerCalls } from '../reader-calls.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * File systems and their backups, which FSx encrypts with a key by a grant: without a customer managed key by "AWS managed
 * key – This is the default KMS key" (FSx for Windows File Server user guide, "Encryption of data at rest", read
 * 2026-11-29). "If the KMS key has been deleted, the file system and any of its backups using the deleted KMS key are
 * unrecoverable", and while it is disabled, storage cannot be increased ("Storage or throughput capacity updates fail", the
 * same guide, read 2026-11-30); what else becomes of them is not said there. A backup is copied within its account only; AWS Backup
 * keeps what it copies elsewhere in vaults.
 */
const fsx = {
  service: 'fsx',
  byDefault: true,
  sharedBy: 'nothing',
  coveredByRcps: false,
  whenKeyIsLost: {
    key_disabled: {
      breaks: 'not_known',
      recoverableDays: null,
      why: 'Storage capacity cannot be increased until the key is back; of the rest AWS does not say.',
    },
    key_deleted: 'not_known',
  },
  viaService: 'fsx',
  defaultAlias: 'alias/aws/fsx',
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('fsx'),
  operations: [],
  encryptionContext: () => ({}),
} as const;

/**
 * Volumes of OpenZFS are shared by AWS RAM: "all snapshots associated with the source volume" can then be copied to
 * another account, by CreateVolume and CopySnapshotAndUpdateVolume (FSx for OpenZFS user guide, "Protecting your data
 * with on-demand replication"), under the key of the file system there. No permission on the key of this one is named,
 * so that it is not taken to keep anybody out. ARNs of volumes: AWS::FSx::Volume of the CloudFormation user guide (both
 * read 2026-11-29).
 */
export const fsxFileSystemRules = {
  ...fsx,
  title: 'File systems of Amazon FSx',
  resourceTypes: { file_system: null },
  calls: { 'fsx:DescribeFileSystems': null },
  alsoSharedByRam: true,
  ramSharesParts: (arn) => `${arn.replace(':file-system/', ':volume/')}/`,
  operations: [
    {
      ...reading('replicate its volumes', null, byNobody),
      readerCalls: readerCalls('fsx', 'CreateVolume CopySnapshotAndUpdateVolume'),
    },
  ],
  caveat: 'whom its own protocols let in is not read',
} as const satisfies SortRules;

export const fsxBackupRules = {
  ...fsx,
  title: 'Backups of Amazon FSx',
  resourceTypes: { file_system_backup: null },
  calls: { 'fsx:DescribeBackups': null },
} as const satisfies SortRules;

/**
 * Scratch file systems of Lustre name no key: they "are encrypted using the Amazon FSx service KMS key for your account"
 * (FileSystem.KmsKeyId, @aws-sdk/client-fsx 3.1098.0), by "keys managed by Amazon FSx" (FSx for Lustre user guide,
 * "Encrypting data at rest", both read 2026-11-29). Whatever else is there names its key.
 * @param lustreDeployment `SCRATCH_1`, `SCRATCH_2`, `PERSISTENT_1`, …; null for what is not of Lustre
 */
export function fileSystemEncryption(
  key: string | null,
  lustreDeployment: string | null,
): ResourceEncryption {
  if (key !== null) return { state: 'kms', key };
  const isScratch = lustreDeployment === 'SCRATCH_1' || lustreDeployment === 'SCRATCH_2';
  return { state: isScratch ? 'aws_owned_or_managed' : 'unknown', key: null };
}

/** Of OpenZFS alone, as its user guide has it (see above). @param type `LUSTRE`, …; null: not answered */
export const mayShareVolumes = (type: string | null): boolean =>
  type !== 'LUSTRE' && type !== 'WINDOWS' && type !== 'ONTAP';
