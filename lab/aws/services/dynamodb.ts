import { pageSize, requiredText, text } from '../protocol/input.ts';
import { jsonWire } from '../protocol/json.ts';
import { type Output, refuse } from '../protocol/wire.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Call, Service } from '../service.ts';

interface SimTable extends Shared {
  name: string;
  /** ARN of the key, an AWS managed one included; undefined: a key that AWS owns. */
  kmsKeyArn?: string;
  /** Its latest stream; undefined: it never had one. */
  stream?: SimStream;
}

interface SimStream extends Shared {
  /** `2026-11-28T00:00:00.000`. */
  label: string;
}

export const tables = new ResourceKind<SimTable>({
  arn: 'dynamodb:table/*',
  namedBy: ['TableName', 'ResourceArn'],
  complete: (given) => ({ policy: null, ...given }),
  missing: (name) => [
    400,
    'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
    `Requested resource not found: Table: ${name} not found`,
  ],
});

interface SimBackup {
  /** Its table, of which there is one backup. */
  name: string;
  /** ARN of the key of the table when it was made; undefined: a key that AWS owns. */
  kmsKeyArn?: string;
  /** `ACTIVE`, `DELETED`, … */
  status: string;
  /** False: AWS tells nothing of the table's features. */
  features: boolean;
}

export const tableBackups = new ResourceKind<SimBackup>({
  arn: 'dynamodb:table/*/backup/01489602797149-73d8d5bc',
  namedBy: ['BackupArn'],
  complete: (given) => ({ status: 'ACTIVE', features: true, ...given }),
  missing: (name) => [
    400,
    'com.amazonaws.dynamodb.v20120810#BackupNotFoundException',
    `Backup not found: ${name}`,
  ],
});

/** Amazon DynamoDB: what is known of tables and their backups, never their items. */
export const dynamoDb: Service = {
  name: 'dynamodb',
  wire: jsonWire({ target: 'DynamoDB_20120810', version: '1.0' }),
  operations: {
    ListTables: {
      paging: { size: 'Limit', token: 'ExclusiveStartTableName', next: 'LastEvaluatedTableName' },
      run: listTables,
    },
    DescribeTable: tables.detail(({ name, arn, kmsKeyArn, stream }) => ({
      Table: {
        TableName: name,
        TableArn: arn,
        TableStatus: 'ACTIVE',
        ...(stream && { LatestStreamLabel: stream.label, LatestStreamArn: `${arn}/stream/${stream.label}` }),
        ...(kmsKeyArn && {
          SSEDescription: sseOf(kmsKeyArn),
        }),
      },
    })),
    GetResourcePolicy: { run: getResourcePolicy },
    ListBackups: tableBackups.list({
      entries: 'BackupSummaries',
      paging: {
        size: 'Limit',
        answers: 100,
        token: 'ExclusiveStartBackupArn',
        next: 'LastEvaluatedBackupArn',
      },
      entry: ({ name, arn, status }) => ({
        TableName: name,
        BackupArn: arn,
        BackupStatus: status,
        BackupType: 'USER',
      }),
    }),
    DescribeBackup: tableBackups.detail(({ arn, status, kmsKeyArn, features }) => ({
      BackupDescription: {
        BackupDetails: { BackupArn: arn, BackupStatus: status, BackupType: 'USER' },
        ...(features && {
          SourceTableFeatureDetails: kmsKeyArn === undefined ? {} : { SSEDescription: sseOf(kmsKeyArn) },
        }),
      },
    })),
  },
  /** The stream of a table goes by the name of its table. */
  resourceOf: (input) => tables.nameIn(input)?.split('/')[0],
};

const sseOf = (KMSMasterKeyArn: string) => ({ Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn });

/** The marker is the name of the last table of the page before. */
function listTables({ account, region, input }: Call): Output {
  const limit = pageSize(input, 'Limit', { max: 100, default: 100 });
  const after = text(input, 'ExclusiveStartTableName') ?? '';
  const left = [...tables.in(account, region).keys()].sort().filter((name) => name > after);
  const TableNames = left.slice(0, limit);
  return left.length > limit ? { TableNames, LastEvaluatedTableName: TableNames.at(-1) } : { TableNames };
}

function getResourcePolicy(call: Call): Output {
  const [, name = '', , label] = requiredText(call.input, 'ResourceArn').split('/');
  const table = tables.named(call, name);
  const { policy = null } = (label === undefined ? table : table.stream) ?? {};
  const none = 'Resource-based policy not found for the provided ResourceArn';
  return { Policy: policy ?? refuse(400, 'PolicyNotFoundException', none), RevisionId: '1' };
}
