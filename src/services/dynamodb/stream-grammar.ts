import {
  across,
  actionTable,
  noEffect,
  noOwnKeys,
  own,
  type ServiceGrammar,
} from '../../posture/policy/grammar.ts';
import { dynamoDbGrammar } from './grammar.ts';

const ofStreams = actionTable(
  [across('read'), 'GetRecords GetShardIterator'],
  [across('read_metadata'), 'DescribeStream'],
  [own('read_metadata'), 'GetResourcePolicy'],
  [own('administer'), 'DeleteResourcePolicy PutResourcePolicy'],
);

const ofTables = Object.keys(dynamoDbGrammar.actions).map((name) => [name, noEffect] as const);

/**
 * DynamoDB in policies of streams, and which actions it honours for other accounts (DynamoDB developer guide,
 * "DynamoDB API operations supported by resource-based policies", read 2026-11-28).
 */
export const dynamoDbStreamGrammar: ServiceGrammar = {
  service: 'dynamodb',
  actions: { ...Object.fromEntries(ofTables), ...ofStreams },
  ...noOwnKeys,
  callerChoice: ['aws:securetransport'],
  anonymous: false,
};
