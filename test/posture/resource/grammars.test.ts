import { expect, test } from 'vitest';
import { actionsOf } from '../../../src/posture/policy/action.ts';
import type { ServiceGrammar } from '../../../src/posture/policy/grammar.ts';
import { dynamoDbStreamGrammar } from '../../../src/services/dynamodb/stream-grammar.ts';
import { sqsGrammar } from '../../../src/services/sqs/grammar.ts';

/** What AWS's guides say that other accounts may be let in to; the grammars name their pages. */
test.each<[what: string, grammar: ServiceGrammar, across: string]>([
  ['a stream', dynamoDbStreamGrammar, 'DescribeStream GetRecords GetShardIterator'],
  [
    'a queue',
    sqsGrammar,
    'ChangeMessageVisibility DeleteMessage GetQueueAttributes GetQueueUrl ListDeadLetterSourceQueues PurgeQueue ReceiveMessage SendMessage',
  ],
])('the actions of %s that are honoured for other accounts', (_what, grammar, across) => {
  const catalog = actionsOf(grammar);
  const names = catalog.list(catalog.acrossAccounts).map((name) => name.replace(/^\w+:/, ''));
  expect(names.join(' ')).toBe(across);
});
