import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { byService, oneOf, reading, writing } from '../../posture/resource/rules.ts';
import { readerCalls } from '../reader-calls.ts';
import type { SortRules } from '../sort-rules.ts';
import { backupGrammar } from './grammar.ts';

/**
 * Vaults. What another account copies into one is encrypted again with the vault's key by AWS Backup itself, in the
 * account of the vault (AWS Backup developer guide, "Encryption for a backup copy to a different account or AWS
 * Region", read 2026-11-29). A vault names its key, `aws/backup` included. Logically air-gapped ones are shared by AWS
 * RAM as well, to be restored from ("Logically air-gapped vault", read 2026-11-29); whose permission on a customer's key
 * counts then is not said there, so that the key is not taken to keep anybody out.
 */
export const backupRules = {
  service: 'backup',
  byDefault: true,
  title: 'Vaults of AWS Backup',
  resourceTypes: { backup_vault: null },
  calls: { 'backup:ListBackupVaults': null, 'backup:GetBackupVaultAccessPolicy': null },
  sharedBy: 'policy',
  coveredByRcps: false,
  whenKeyIsLost: 'at_once',
  viaService: 'backup',
  defaultAlias: 'alias/aws/backup',
  checkedAgainst: 'service',
  grammar: backupGrammar,
  alsoSharedByRam: true,
  operations: [
    {
      ...reading('restore from', null, byService),
      readerCalls: readerCalls('backup', 'StartRestoreJob StartCopyJob'),
    },
    writing('copy into', oneOf('backup', 'CopyIntoBackupVault'), byService),
  ],
  // No caller's permission is checked, so that no policy can ask for it.
  encryptionContext: () => ({}),
  caveat: 'keys of backups that keep their own are not read, nor who may restore by multi-party approval',
} as const satisfies SortRules;

/** @param type `AWS_OWNED_KMS_KEY`, `CUSTOMER_MANAGED_KMS_KEY`; null where AWS does not answer it, as for most vaults */
export function vaultEncryption(type: string | null, keyArn: string | null): ResourceEncryption {
  if (type === 'AWS_OWNED_KMS_KEY') return { state: 'aws_owned', key: null };
  return { state: keyArn === null ? 'unknown' : 'kms', key: keyArn };
}
