import { known, readFact } from '../../aws/fact.ts';
import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { allOf, oneOf, type ResourceRules } from '../../posture/resource/rules.ts';
import type { ResourceService } from '../service.ts';
import { byPolicy, readSharing } from '../sharing.ts';
import { type DynamoDbTable, dynamoDbReads } from './calls.ts';
import { dynamoDbGrammar } from './grammar.ts';
import { dynamoDbStreamGrammar } from './stream-grammar.ts';

const byCaller = { checkedAgainst: 'caller', keyActions: ['kms:Decrypt'] } as const;

const shared = {
  service: 'dynamodb',
  viaService: 'dynamodb',
  defaultAlias: 'alias/aws/dynamodb',
  checkedAgainst: 'caller',
  // DynamoDB developer guide, "DynamoDB encryption context", read 2026-11-24.
  encryptionContext: (arn: string) => ({
    'aws:dynamodb:tableName': arn.split('/')[1] ?? '*',
    'aws:dynamodb:subscriberId': arn.split(':')[4] ?? '*',
  }),
} as const;

/**
 * Tables with their indexes. DynamoDB decrypts the table's key with the permission of whoever reads or writes; other
 * accounts cannot use a table under `aws/dynamodb` (DynamoDB developer guide, "Encryption at rest: how it works" and
 * "Resource-based policy considerations", read 2026-11-24).
 */
export const dynamoDb: ResourceService = {
  ...shared,
  calls: ['dynamodb:ListTables', 'dynamodb:DescribeTable', 'dynamodb:GetResourcePolicy'],
  grammar: dynamoDbGrammar,
  operations: [
    {
      name: 'read',
      access: 'read',
      actions: oneOf(
        'dynamodb',
        'GetItem BatchGetItem ConditionCheckItem Query Scan SearchVectors ReadDataForReplication',
      ),
      ...byCaller,
    },
    {
      name: 'write',
      access: 'write',
      actions: oneOf(
        'dynamodb',
        'PutItem UpdateItem DeleteItem BatchWriteItem StartBulkPutItems WriteDataForReplication',
      ),
      ...byCaller,
    },
  ],

  async *list(access, scope) {
    const reads = dynamoDbReads(access);
    const prefix = `arn:${scope.partition}:dynamodb:${scope.region}:${scope.accountId}:table/`;
    for await (const names of reads.tableNames()) {
      yield names.map((name) => async () => {
        const table = await readFact(reads.table(name));
        if (table.state === 'unread' && table.error.reason === 'not_found') return null;
        const arn = table.state === 'known' ? table.value.arn : prefix + name;
        const encryption = table.state === 'known' ? known(tableEncryption(table.value)) : table;
        const sharing = await readSharing(reads.policy(arn), byPolicy);
        if (sharing === null) return null;
        const found = { scope, resourceType: 'table', arn, encryption, sharing, parts: table };
        const streamArn = table.state === 'known' ? table.value.latestStreamArn : null;
        if (streamArn === null) return found;
        const ofStream = await readSharing(reads.policy(streamArn), byPolicy);
        if (ofStream === null) return found;
        const stream = { scope, resourceType: 'stream', arn: streamArn, encryption, sharing: ofStream };
        return [
          { rules: dynamoDb, facts: found },
          { rules: dynamoDbStream, facts: stream },
        ];
      });
    }
  },
};

/**
 * The latest stream of a table, which has a policy of its own and stays readable for a day after it was turned off.
 * It is always under the table's key (DynamoDB developer guide, "Encryption at rest usage notes"), which another
 * account's reader needs, too ("Cross-account integration considerations with CMK"; both read 2026-11-28). Shards are
 * read by an iterator.
 */
const dynamoDbStream: ResourceRules = {
  ...shared,
  grammar: dynamoDbStreamGrammar,
  operations: [
    {
      name: 'read',
      access: 'read',
      actions: allOf('dynamodb', 'GetShardIterator GetRecords'),
      ...byCaller,
    },
  ],
};

export function tableEncryption({ encryption }: Pick<DynamoDbTable, 'encryption'>): ResourceEncryption {
  if (encryption === null) return { state: 'aws_owned', key: null };
  const { type, kmsKeyArn } = encryption;
  return type === 'KMS' && kmsKeyArn !== null
    ? { state: 'kms', key: kmsKeyArn }
    : { state: 'unknown', key: kmsKeyArn };
}
