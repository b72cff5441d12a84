import { regionOf } from '../build.ts';
import { pageSize, requiredText, text } from '../protocol/input.ts';
import { jsonWire } from '../protocol/json.ts';
import { ApiError, type Output } from '../protocol/wire.ts';
import type { Call, Service } from '../service.ts';

/** Amazon DynamoDB: what is known of tables, never their items. */
export const dynamoDb: Service = {
  name: 'dynamodb',
  wire: jsonWire({ target: 'DynamoDB_20120810', version: '1.0' }),
  operations: {
    ListTables: {
      paging: { size: 'Limit', token: 'ExclusiveStartTableName', next: 'LastEvaluatedTableName' },
      run: listTables,
    },
    DescribeTable: { run: describeTable },
    GetResourcePolicy: { run: getResourcePolicy },
  },
  /** The stream of a table goes by the name of its table. */
  resourceOf: (input) => text(input, 'TableName') ?? text(input, 'ResourceArn')?.split('/')[1],
};

/** The marker is the name of the last table of the page before. */
function listTables(call: Call): Output {
  const limit = pageSize(call.input, 'Limit', { max: 100, default: 100 });
  const after = text(call.input, 'ExclusiveStartTableName') ?? '';
  const left = [...regionOf(call.account, call.region).tables.keys()].sort().filter((name) => name > after);
  const TableNames = left.slice(0, limit);
  return left.length > limit ? { TableNames, LastEvaluatedTableName: TableNames.at(-1) } : { TableNames };
}

function describeTable(call: Call): Output {
  const { name, kmsKeyArn, stream } = tableNamed(call, requiredText(call.input, 'TableName'));
  return {
    Table: {
      TableName: name,
      TableArn: arnOf(call, name),
      TableStatus: 'ACTIVE',
      ...(stream && {
        LatestStreamLabel: stream.label,
        LatestStreamArn: `${arnOf(call, name)}/stream/${stream.label}`,
      }),
      ...(kmsKeyArn && {
        SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: kmsKeyArn },
      }),
    },
  };
}

function getResourcePolicy(call: Call): Output {
  const [, name = '', , label] = requiredText(call.input, 'ResourceArn').split('/');
  const table = tableNamed(call, name);
  const { policy = null } = (label === undefined ? table : table.stream) ?? {};
  if (policy === null) {
    throw new ApiError(
      400,
      'PolicyNotFoundException',
      'Resource-based policy not found for the provided ResourceArn',
    );
  }
  return { Policy: policy, RevisionId: '1' };
}

function tableNamed(call: Call, name: string) {
  const table = regionOf(call.account, call.region).tables.get(name);
  if (table !== undefined) return table;
  throw new ApiError(
    400,
    'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
    `Requested resource not found: Table: ${name} not found`,
  );
}

function arnOf({ world, account, region }: Call, name: string): string {
  return `arn:${world.organization.partition}:dynamodb:${region}:${account.id}:table/${name}`;
}
