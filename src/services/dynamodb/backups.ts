import type { Fields } from '../../aws/answer.ts';
import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { listedService } from '../listed-service.ts';
import { dynamoDbApi, sseIn } from './calls.ts';
import { dynamoDbBackupRules, tableEncryption } from './rules.ts';

export const dynamoDbBackups = listedService({
  rules: dynamoDbBackupRules,
  endpoint: dynamoDbApi.endpoint,
  protocol: dynamoDbApi.protocol,
  resourceType: 'table_backup',
  list: {
    operation: 'dynamodb:ListBackups',
    // Those that DynamoDB makes as well; most that AWS gives in one page (API reference, 2026-11-29).
    input: (ExclusiveStartBackupArn) => ({ BackupType: 'ALL', Limit: 100, ExclusiveStartBackupArn }),
    items: 'BackupSummaries',
    next: 'LastEvaluatedBackupArn',
    only: (backup) => backup.text('BackupStatus') !== 'DELETED',
    arn: (backup) => backup.requiredText('BackupArn'),
  },
  describe: {
    operation: 'dynamodb:DescribeBackup',
    input: (backup) => ({ BackupArn: backup.requiredText('BackupArn') }),
    item: 'BackupDescription',
  },
  encryption: backupEncryption,
});

/** As the table was when the backup was made. */
function backupEncryption(backup: Fields): ResourceEncryption {
  const table = backup.object('SourceTableFeatureDetails');
  return table === null ? { state: 'unknown', key: null } : tableEncryption({ encryption: sseIn(table) });
}
