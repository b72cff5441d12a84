import { restJson } from '../../aws/json-protocols.ts';
import { listedService } from '../listed-service.ts';
import { backupRules, vaultEncryption } from './rules.ts';

export const backupEndpoint = { prefix: 'backup', serviceId: 'Backup' };

export const backup = listedService({
  rules: backupRules,
  endpoint: backupEndpoint,
  protocol: restJson,
  resourceType: 'backup_vault',
  list: {
    operation: 'backup:ListBackupVaults',
    // Most that AWS gives in one page (API reference, 2026-11-29).
    input: (nextToken) => ({ path: ['backup-vaults', ''], query: { maxResults: '1000', nextToken } }),
    items: 'BackupVaultList',
    next: 'NextToken',
    arn: (vault) => vault.requiredText('BackupVaultArn'),
  },
  encryption: (vault) => vaultEncryption(vault.text('EncryptionKeyType'), vault.text('EncryptionKeyArn')),
  byRam: (vault) => vault.text('VaultType') !== 'BACKUP_VAULT',
  policy: {
    operation: 'backup:GetBackupVaultAccessPolicy',
    input: (vault) => ({ path: ['backup-vaults', vault.requiredText('BackupVaultName'), 'access-policy'] }),
    text: 'Policy',
    none: 'ResourceNotFoundException',
  },
});
