import {
  across,
  actionTable,
  noEffect,
  noOwnKeys,
  type ServiceGrammar,
} from '../../posture/policy/grammar.ts';

/**
 * SNS in topic policies (SNS developer guide, "Valid Amazon SNS policy actions", read 2026-11-28; names from the
 * Service Authorization Reference as of 2026-09-26). Receive is in the default policy of older topics only.
 */
export const snsGrammar: ServiceGrammar = {
  service: 'sns',
  actions: actionTable(
    [across('write'), 'Publish'],
    [across('read'), 'Receive Subscribe'],
    [
      across('read_metadata'),
      'GetDataProtectionPolicy GetTopicAttributes ListSubscriptionsByTopic ListTagsForResource',
    ],
    [
      across('administer'),
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
  ...noOwnKeys,
  callerChoice: ['aws:securetransport'],
  requestKeys: {
    'sns:protocol': { carriedBy: ['Subscribe'], value: 'choice' },
    'sns:endpoint': { carriedBy: ['Subscribe'], value: 'choice' },
  },
  anonymous: true,
};
