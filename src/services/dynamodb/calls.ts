import type { Fields } from '../../aws/answer.ts';
import { apiCalls } from '../../aws/api-calls.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

export interface DynamoDbTable {
  readonly arn: string;
  /** SSEDescription; null: AWS gives none, the table is under a key that AWS owns (API reference, "SSEType"). */
  readonly encryption: { readonly type: string | null; readonly kmsKeyArn: string | null } | null;
  /** Null: it never had a stream. */
  readonly latestStreamArn: string | null;
}

/** DynamoDB as seen from one scope; never a table's items. Rejects with AwsError only. */
export interface DynamoDbReads {
  /** Table names. */
  tableNames(): AsyncIterable<readonly string[]>;
  table(name: string): Promise<DynamoDbTable>;
  /** The JSON text of the resource policy of a table or stream; null: it has none. */
  policy(arn: string): Promise<string | null>;
}

/** Asked at the region's address, never at that of an account. */
export const dynamoDbApi = {
  signingName: 'dynamodb',
  endpoint: { prefix: 'dynamodb', serviceId: 'DynamoDB', fipsAnyway: ['aws-us-gov'] },
  protocol: awsJson('1.0', 'DynamoDB_20120810'),
};

/** Most that AWS gives in one page (DynamoDB API reference, 2026-10-01). */
const Limit = 100;

export function dynamoDbReads(access: ScopeAccess): DynamoDbReads {
  const { call, find, list } = apiCalls(access, dynamoDbApi);
  return {
    tableNames: () =>
      list(
        'dynamodb:ListTables',
        (name) => name,
        (ExclusiveStartTableName) => ({ Limit, ExclusiveStartTableName }),
        (answer) => ({
          items: answer.requiredTexts('TableNames'),
          next: answer.text('LastEvaluatedTableName'),
        }),
      ),

    table: (TableName) =>
      call('dynamodb:DescribeTable', { TableName }, (answer) => {
        const table = answer.requiredObject('Table');
        return {
          arn: table.requiredText('TableArn'),
          encryption: sseIn(table),
          latestStreamArn: table.text('LatestStreamArn') || null,
        };
      }),

    policy: (ResourceArn) =>
      find('dynamodb:GetResourcePolicy', 'PolicyNotFoundException', { ResourceArn }, (answer) =>
        answer.requiredText('Policy'),
      ),
  };
}

/** The SSEDescription of a table, or of one as it was when a backup of it was made. */
export function sseIn(described: Fields): DynamoDbTable['encryption'] {
  const sse = described.object('SSEDescription');
  return sse && { type: sse.text('SSEType'), kmsKeyArn: sse.text('KMSMasterKeyArn') || null };
}
