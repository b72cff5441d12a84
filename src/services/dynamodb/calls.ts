import { required } from '../../aws/answer.ts';
import { slim } from '../../aws/client.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { nullFor, serviceCalls } from '../../aws/service-calls.ts';

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

/** Most that AWS gives in one page (DynamoDB API reference, 2026-10-01). */
const Limit = 100;

export function dynamoDbReads(access: ScopeAccess): DynamoDbReads {
  const { call, list } = serviceCalls(access, async (config) => {
    const sdk = await import('@aws-sdk/client-dynamodb');
    return { sdk, client: slim(new sdk.DynamoDBClient(config)) };
  });
  return {
    tableNames: () =>
      list<string>(
        'dynamodb:ListTables',
        (name) => name,
        (ExclusiveStartTableName) =>
          async ({ sdk, client }, options, site) => {
            const input = { Limit, ExclusiveStartTableName };
            const output = await client.send(new sdk.ListTablesCommand(input), options);
            return {
              items: required(output.TableNames, 'TableNames', site),
              next: output.LastEvaluatedTableName,
            };
          },
      ),

    table: (TableName) =>
      call('dynamodb:DescribeTable', async ({ sdk, client }, options, site) => {
        const output = await client.send(new sdk.DescribeTableCommand({ TableName }), options);
        const { TableArn, SSEDescription, LatestStreamArn } = required(output.Table, 'Table', site);
        return {
          arn: required(TableArn, 'TableArn', site),
          encryption:
            SSEDescription === undefined
              ? null
              : { type: SSEDescription.SSEType ?? null, kmsKeyArn: SSEDescription.KMSMasterKeyArn || null },
          latestStreamArn: LatestStreamArn || null,
        };
      }),

    policy: (ResourceArn) =>
      call('dynamodb:GetResourcePolicy', async ({ sdk, client }, options, site) => {
        const sending = client.send(new sdk.GetResourcePolicyCommand({ ResourceArn }), options);
        const output = await nullFor('PolicyNotFoundException', sending);
        return output && required(output.Policy, 'Policy', site);
      }),
  };
}
