import type { ActionRule, ServiceGrammar } from '../policy/grammar.ts';

const across = (access: ActionRule['access']): ActionRule => ({
  access,
  acrossAccounts: true,
  on: 'resource',
});
const own = (access: ActionRule['access']): ActionRule => ({ access, acrossAccounts: false, on: 'resource' });

/**
 * SQS in queue policies, and which actions it honours for other accounts (SQS developer guide, "Cross-account
 * permissions don't apply to …", read 2026-11-24).
 */
export const sqsGrammar: ServiceGrammar = {
  service: 'sqs',
  actions: {
    SendMessage: across('write'),
    ReceiveMessage: across('read'),
    DeleteMessage: across('write'),
    ChangeMessageVisibility: across('write'),
    PurgeQueue: across('write'),
    GetQueueAttributes: across('read_metadata'),
    GetQueueUrl: across('read_metadata'),
    ListDeadLetterSourceQueues: across('read_metadata'),

    ListMessageMoveTasks: own('read_metadata'),
    ListQueueTags: own('read_metadata'),
    AddPermission: own('administer'),
    CancelMessageMoveTask: own('administer'),
    CreateQueue: own('administer'),
    DeleteQueue: own('administer'),
    RemovePermission: own('administer'),
    SetQueueAttributes: own('administer'),
    StartMessageMoveTask: own('administer'),
    TagQueue: own('administer'),
    UntagQueue: own('administer'),
  },
  accountKeys: [],
  viaServiceKeys: [],
  delegationKeys: { account: [], arn: [] },
  callerChoice: ['aws:securetransport'],
  anonymous: true,
};
