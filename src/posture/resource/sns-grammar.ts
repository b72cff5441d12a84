import type { ActionRule, ServiceGrammar } from '../policy/grammar.ts';

const on = (access: ActionRule['access']): ActionRule => ({ access, acrossAccounts: true, on: 'resource' });

/** SNS in topic policies (Service Authorization Reference, read 2026-11-24). */
export const snsGrammar: ServiceGrammar = {
  service: 'sns',
  actions: {
    Publish: on('write'),
    Subscribe: on('read'),
    Receive: on('read'),
    GetTopicAttributes: on('read_metadata'),
    GetDataProtectionPolicy: on('read_metadata'),
    ListSubscriptionsByTopic: on('read_metadata'),
    ListTagsForResource: on('read_metadata'),
    AddPermission: on('administer'),
    DeleteTopic: on('administer'),
    PutDataProtectionPolicy: on('administer'),
    RemovePermission: on('administer'),
    SetTopicAttributes: on('administer'),
    TagResource: on('administer'),
    UntagResource: on('administer'),
  },
  accountKeys: [],
  viaServiceKeys: [],
  delegationKeys: { account: [], arn: [] },
  callerChoice: ['aws:securetransport'],
  requestKeys: {
    'sns:protocol': { carriedBy: ['Subscribe'], value: 'choice' },
    'sns:endpoint': { carriedBy: ['Subscribe'], value: 'choice' },
  },
  anonymous: true,
};
