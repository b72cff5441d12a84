import { restJsonWire } from '../protocol/rest-json.ts';
import { refuse } from '../protocol/wire.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/** Backup vaults; without `keyArn` their key is AWS's own. */
export const vaults = new ResourceKind<Shared & { name: string; keyArn?: string; type: string }>({
  arn: 'backup:backup-vault:*',
  namedBy: ['backupVaultName'],
  complete: (given) => ({ type: 'BACKUP_VAULT', policy: null, ...given }),
  missing: () => [403, 'AccessDeniedException', 'Insufficient privileges to perform this action.'],
});

/** AWS Backup: its vaults, not what is in them. */
export const backup: Service = {
  name: 'backup',
  wire: restJsonWire({
    ListBackupVaults: 'GET /backup-vaults',
    GetBackupVaultAccessPolicy: 'GET /backup-vaults/{backupVaultName}/access-policy',
  }),
  failures: { throttled: [400, 'ThrottlingException', 'Rate exceeded'] },
  operations: {
    ListBackupVaults: vaults.list({
      entries: 'BackupVaultList',
      paging: { size: 'maxResults', answers: 1000, token: 'nextToken', next: 'NextToken' },
      entry: ({ name, arn, type, keyArn }) => ({
        BackupVaultName: name,
        BackupVaultArn: arn,
        VaultType: type,
        EncryptionKeyArn: keyArn,
        EncryptionKeyType: keyArn === undefined ? 'AWS_OWNED_KMS_KEY' : 'CUSTOMER_MANAGED_KMS_KEY',
      }),
    }),
    GetBackupVaultAccessPolicy: vaults.detail(({ arn, policy }) => ({
      Policy:
        policy ?? refuse(400, 'ResourceNotFoundException', `Backup Vault ${arn} has no associated POLICY`),
    })),
  },
};
