import { type DynamoDbTable, dynamoDbReads } from '../../aws/dynamodb.ts';
import { known, readFact } from '../../aws/fact.ts';
import { dynamoDbGrammar } from '../../posture/resource/dynamodb-grammar.ts';
import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import type { ResourceService } from './service.ts';
import { byPolicy, readSharing } from './sharing.ts';

/**
 * Tables. DynamoDB decrypts the table's key with the permission of whoever reads or writes; other accounts cannot
 * use a table under `aws/dynamodb` (DynamoDB developer guide, "Encryption at rest: how it works" and
 * "Resource-based policy considerations", read 2026-11-24).
 */
export const dynamoDb: ResourceService = {
  service: 'dynamodb',
  calls: ['dynamodb:ListTables', 'dynamodb:DescribeTable', 'dynamodb:GetResourcePolicy'],
  viaService: 'dynamodb',
  defaultAlias: 'alias/aws/dynamodb',
  checkedAgainst: 'caller',
  grammar: dynamoDbGrammar,
  operations: [
    {
      name: 'read',
      actions: named('GetItem BatchGetItem Query Scan PartiQLSelect'),
      keyActions: ['kms:Decrypt'],
    },
    {
      name: 'write',
      actions: named(
        'PutItem UpdateItem DeleteItem BatchWriteItem PartiQLInsert PartiQLUpdate PartiQLDelete',
      ),
      keyActions: ['kms:Decrypt'],
    },
  ],
  encryptionContext: (arn) => ({
    'aws:dynamodb:tableName': arn.slice(arn.lastIndexOf('/') + 1),
    'aws:dynamodb:subscriberId': arn.split(':')[4] ?? '*',
  }),

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
        return sharing && { scope, resourceType: 'table', arn, encryption, sharing };
      });
    }
  },
};

function named(names: string): readonly string[] {
  return names.split(' ').map((name) => `dynamodb:${name}`);
}

export function tableEncryption({ encryption }: Pick<DynamoDbTable, 'encryption'>): ResourceEncryption {
  if (encryption === null) return { state: 'aws_owned', key: null };
  const { type, kmsKeyArn } = encryption;
  return type === 'KMS' && kmsKeyArn !== null
    ? { state: 'kms', key: kmsKeyArn }
    : { state: 'unknown', key: kmsKeyArn };
}
