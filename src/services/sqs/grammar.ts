import {
  across,
  actionTable,
  noEffect,
  noOwnKeys,
  own,
  type ServiceGrammar,
} from '../../posture/policy/grammar.ts';

/**
 * SQS in queue policies, and which actions it honours for other accounts (SQS developer guide, "Cross-account
 * permissions don't apply to …", read 2026-11-24; names from the Service Authorization Reference as of 2026-09-26).
 */
export const sqsGrammar: ServiceGrammar = {
  service: 'sqs',
  actions: actionTable(
    [across('read'), 'ReceiveMessage'],
    [across('write'), 'ChangeMessageVisibility DeleteMessage PurgeQueue SendMessage'],
    [across('read_metadata'), 'GetQueueAttributes GetQueueUrl ListDeadLetterSourceQueues'],
    [own('read_metadata'), 'ListMessageMoveTasks ListQueueTags'],
    [
      own('administer'),
      `AddPermission CancelMessageMoveTask CreateQueue DeleteQueue RemovePermission SetQueueAttributes
       StartMessageMoveTask TagQueue UntagQueue`,
    ],
    [noEffect, 'ListQueues'],
  ),
  ...noOwnKeys,
  callerChoice: ['aws:securetransport'],
  anonymous: true,
};
