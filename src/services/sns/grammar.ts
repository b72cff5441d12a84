import { type ActionRule, actionTable, noEffect, type ServiceGrammar } from '../../posture/policy/grammar.ts';

const on = (access: ActionRule['access']): ActionRule => ({ access, acrossAccounts: true, on: 'resource' });

/**
 * SNS in topic policies (SNS developer guide, "Valid Amazon SNS policy actions", read 2026-11-28; names from the
 * Service Authorization Reference as of 2026-09-26). Receive is in the default policy of older topics only.
 */
export const snsGrammar: ServiceGrammar = {
  service: 'sns',
  actions: actionTable(
    [on('write'), 'Publish'],
    [on('read'), 'Receive Subscribe'],
    [
      on('read_metadata'),
      'GetDataProtectionPolicy GetTopicAttributes ListSubscriptionsByTopic ListTagsForResource',
    ],
    [
      on('administer'),
      `AddPermission DeleteTopic PutDataProtectionPolicy RemovePermission SetTopicAttributes TagResource
       UntagResource`,
    ],
    [
      noEffect,
      `CheckIfPhoneNumberIsOptedOut ConfirmSubscription CreatePlatformApplication CreatePlatformEndpoint
       CreateSMSSandboxPhoneNumber CreateTopic DeleteEndpoint DeletePlatformApplication
       DeleteSMSSandboxPhoneNumber GetEndpointAttributes GetPlatformApplicationAttributes GetSMSAttributes
       GetSMSSandboxAccountStatus GetSubscriptionAttributes ListEndpointsByPlatformApplication
       ListOriginationNumbers ListPhoneNumbersOptedOut ListPlatformApplications ListSMSSandboxPhoneNumbers
       ListSubscriptions ListTopics OptInPhoneNumber SetEndpointAttributes SetPlatformApplicationAttributes
       SetSMSAttributes SetSubscriptionAttributes Unsubscribe VerifySMSSandboxPhoneNumber`,
    ],
  ),
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
