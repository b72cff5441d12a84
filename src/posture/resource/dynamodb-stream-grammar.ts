import type { ActionRule, ServiceGrammar } from '../policy/grammar.ts';
import { dynamoDbGrammar } from './dynamodb-grammar.ts';

const on = (access: ActionRule['access']): ActionRule => ({ access, acrossAccounts: true, on: 'resource' });

/** What a policy of a stream says of these has no effect. */
const ofTables: Readonly<Record<string, ActionRule>> = Object.fromEntries(
  Object.keys(dynamoDbGrammar.actions).map((name) => [
    name,
    { access: null, acrossAccounts: false, on: 'resource' },
  ]),
);

/** DynamoDB in policies of streams (Service Authorization Reference, read 2026-11-28). */
export const dynamoDbStreamGrammar: ServiceGrammar = {
  service: 'dynamodb',
  actions: {
    ...ofTables,
    GetRecords: on('read'),
    GetShardIterator: on('read'),
    DescribeStream: on('read_metadata'),
    GetResourcePolicy: on('read_metadata'),
    DeleteResourcePolicy: on('administer'),
    PutResourcePolicy: on('administer'),
  },
  accountKeys: [],
  viaServiceKeys: [],
  delegationKeys: { account: [], arn: [] },
  callerChoice: ['aws:securetransport'],
  anonymous: false,
};
