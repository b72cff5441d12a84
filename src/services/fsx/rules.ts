import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * File systems and their backups, which FSx encrypts with a key by a grant: without a customer managed key by "AWS managed
 * key – This is the default KMS key" (FSx for Windows File Server user guide, "Encryption of data at rest", read
 * 2026-11-29). What becomes of them without it is not said there. A backup is copied within its account only; AWS Backup
 * keeps what it copies elsewhere in vaults.
 */
const fsx = {
  service: 'fsx',
  byDefault: true,
  sharedBy: 'nothing',
  coveredByRcps: false,
  whenKeyIsLost: 'not_known',
  viaService: 'fsx',
  defaultAlias: 'alias/aws/fsx',
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('fsx'),
  operations: [],
  encryptionContext: () => ({}),
} as const;

export const fsxFileSystemRules = {
  ...fsx,
  title: 'File systems of Amazon FSx',
  resourceTypes: { file_system: null },
  calls: { 'fsx:DescribeFileSystems': null },
  caveat: 'whom AWS RAM lets copy its volumes is not read, nor whom its own protocols let in',
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
