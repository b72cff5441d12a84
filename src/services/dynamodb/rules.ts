import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import {
  allOf,
  byCaller,
  oneOf,
  type ResourceRules,
  reading,
  writing,
} from '../../posture/resource/rules.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';
import type { DynamoDbTable } from './calls.ts';
import { dynamoDbGrammar } from './grammar.ts';
import { dynamoDbStreamGrammar } from './stream-grammar.ts';

const shared = {
  service: 'dynamodb',
  byDefault: true,
  coveredByRcps: true,
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
 * "Resource-based policy considerations", read 2026-11-24). A table whose key is "inaccessible for more than seven days" is
 * archived to a backup, by which it must be restored once the key is back (ArchivalSummary, DynamoDB API reference, read
 * 2026-11-30). DynamoDB uses the key by the caller's permission and by grants of its own; what becomes of a table without
 * these it does not say.
 */
export const dynamoDbRules = {
  ...shared,
  title: 'Amazon DynamoDB tables',
  resourceTypes: { table: null, stream: 'the latest of a table' },
  calls: { 'dynamodb:ListTables': null, 'dynamodb:DescribeTable': null, 'dynamodb:GetResourcePolicy': null },
  sharedBy: 'policy',
  whenKeyIsLost: {
    key_disabled: {
      breaks: 'within_hours',
      recoverableDays: 7,
      why: 'The table cannot be used; after seven days DynamoDB archives it to a backup, from which it must be restored once the key is back.',
    },
    key_deleted: 'within_hours',
  },
  grammar: dynamoDbGrammar,
  operations: [
    reading(
      'read',
      oneOf(
        'dynamodb',
        'GetItem BatchGetItem ConditionCheckItem Query Scan SearchVectors ReadDataForReplication',
      ),
      byCaller('kms:Decrypt'),
    ),
    writing(
      'write',
      oneOf(
        'dynamodb',
        'PutItem UpdateItem DeleteItem BatchWriteItem StartBulkPutItems WriteDataForReplication',
      ),
      byCaller('kms:Decrypt'),
    ),
  ],
} as const satisfies SortRules;

/**
 * The latest stream of a table, which has a policy of its own and stays readable for a day after it was turned off.
 * It is always under the table's key (DynamoDB developer guide, "Encryption at rest usage notes"), which another
 * account's reader needs, too ("Cross-account integration considerations with CMK"; both read 2026-11-28). Shards are
 * read by an iterator.
 */
export const dynamoDbStreamRules: ResourceRules = {
  ...shared,
  grammar: dynamoDbStreamGrammar,
  operations: [reading('read', allOf('dynamodb', 'GetShardIterator GetRecords'), byCaller('kms:Decrypt'))],
};

/**
 * Backups on demand, and those that DynamoDB makes of a deleted table; AWS Backup keeps its own in vaults. They "remain
 * encrypted with the customer managed key that was used when those backups were created. You will need that same key to
 * restore those backups" (DynamoDB developer guide, "DynamoDB encryption at rest usage notes"). The API reference gives
 * the rates of both calls (@aws-sdk/client-dynamodb 3.1169.0, both read 2026-11-29).
 */
export const dynamoDbBackupRules = {
  ...shared,
  title: 'Backups of Amazon DynamoDB tables',
  resourceTypes: { table_backup: null },
  calls: { 'dynamodb:ListBackups': 5, 'dynamodb:DescribeBackup': 10 },
  encryptionCalls: ['dynamodb:DescribeBackup'],
  sharedBy: 'nothing',
  whenKeyIsLost: 'at_once',
  grammar: noPolicyGrammar('dynamodb'),
  operations: [],
} as const satisfies SortRules;

export function tableEncryption({ encryption }: Pick<DynamoDbTable, 'encryption'>): ResourceEncryption {
  if (encryption === null) return { state: 'aws_owned', key: null };
  const { type, kmsKeyArn } = encryption;
  return type === 'KMS' && kmsKeyArn !== null
    ? { state: 'kms', key: kmsKeyArn }
    : { state: 'unknown', key: kmsKeyArn };
}
