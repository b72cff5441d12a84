import {
  type ActionRule,
  across,
  actionTable,
  noEffect,
  noOwnKeys,
  own,
  type ServiceGrammar,
} from '../../posture/policy/grammar.ts';
import { ANY_TEXT } from '../../posture/policy/pattern.ts';

/** On rules, which name the bus in their ARN. */
const ofRules = (access: ActionRule['access']): ActionRule => ({
  access,
  acrossAccounts: true,
  on: 'contents',
});

/** On the bus or on its rules. */
const ofEither = (access: ActionRule['access']): ActionRule => ({
  access,
  acrossAccounts: true,
  on: 'either',
});

/**
 * EventBridge in policies of event buses: "you can allow PutEvents, PutRule, and PutTargets API calls from another
 * account", and what else takes a bus by its ARN (EventBridge user guide, "Permissions for event buses" and its
 * example "Send events to the same account and restrict updates", whose statement on rules names their ARNs; names
 * from the Service Authorization Reference as of 2026-09-26; all read 2026-11-29). DeleteEventBus, UpdateEventBus and
 * the like take a bus of the own account by its name only (EventBridge API reference).
 */
export const eventBusGrammar: ServiceGrammar = {
  service: 'events',
  actions: actionTable(
    [across('write'), 'PutEvents'],
    [across('read_metadata'), 'DescribeEventBus'],
    [ofRules('administer'), 'DeleteRule DisableRule EnableRule PutRule PutTargets RemoveTargets'],
    [ofRules('read_metadata'), 'DescribeRule ListTargetsByRule'],
    [ofEither('read_metadata'), 'ListTagsForResource'],
    [ofEither('administer'), 'TagResource UntagResource'],
    [own('write'), 'StartReplay'],
    [
      own('administer'),
      'AllowVendedLogDeliveryForResource CreateArchive CreateEventBus DeleteEventBus UpdateEventBus',
    ],
    [
      noEffect,
      `ActivateEventSource CancelReplay CreateApiDestination CreateConnection CreateEndpoint CreateEventSource
       CreatePartnerEventSource CreateSubscriber DeactivateEventSource DeauthorizeConnection DeleteApiDestination
       DeleteArchive DeleteConnection DeleteEndpoint DeleteEventSource DeletePartnerEventSource DeleteResourcePolicy
       DeleteSubscriber DescribeApiDestination DescribeArchive DescribeConnection DescribeEndpoint DescribeEventSource
       DescribePartnerEventSource DescribeReplay DescribeSubscriber GetResourcePolicy InvokeApiDestination
       ListApiDestinations ListArchives ListConnections ListEndpoints ListEventBuses ListEventSources
       ListPartnerEventSourceAccounts ListPartnerEventSources ListReplays ListResourcePolicies ListRuleNamesByTarget
       ListRules ListSubscribers PutPartnerEvents PutPermission PutRawEvents PutResourcePolicy RemovePermission
       RetrieveConnectionCredentials RevokeResource TestEventPattern UpdateApiDestination UpdateArchive
       UpdateConnection UpdateEndpoint UpdateEventSource UpdateSubscriber`,
    ],
  ),
  ...noOwnKeys,
  // What an event says of itself, and what a rule asks for, is for who calls to choose.
  callerChoice: [
    'aws:securetransport',
    'events:detail-type',
    'events:eventbusinvocation',
    'events:source',
    'events:targetarn',
  ],
  contents: (arn) => {
    const [place = '', name = ''] = arn.split(':event-bus/');
    // `rule/[event-bus-name]/rule-name` (EventBridge user guide, "EventBridge resources", read 2026-11-29).
    return [`${place}:rule/${name === 'default' ? '' : `${name}/`}${ANY_TEXT}`];
  },
  anonymous: false,
};
