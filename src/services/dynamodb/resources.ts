import { known, readFact } from '../../aws/fact.ts';
import type { ResourceService } from '../service.ts';
import { byPolicy, readSharing } from '../sharing.ts';
import { dynamoDbReads } from './calls.ts';
import { dynamoDbRules, dynamoDbStreamRules, tableEncryption } from './rules.ts';

export const dynamoDb: ResourceService = {
  rules: dynamoDbRules,

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
          { rules: dynamoDbRules, facts: found },
          { rules: dynamoDbStreamRules, facts: stream },
        ];
      });
    }
  },
};
