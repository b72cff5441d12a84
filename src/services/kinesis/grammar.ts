import {
  type ActionRule,
  actionTable,
  noEffect,
  type ServiceGrammar,
  tlsOnly,
} from '../../posture/policy/grammar.ts';

const on = (access: ActionRule['access'], acrossAccounts = true): ActionRule => ({
  access,
  acrossAccounts,
  on: 'resource',
});

/**
 * Kinesis in the policies of streams (Service Authorization Reference as of 2026-09-26). Other accounts may be let in
 * to data and what describes it; "sharing … control plane operations" is not offered, and such an action in a policy
 * is judged as one that works. SubscribeToShard is of a registered consumer, whose policy is another one.
 */
export const kinesisGrammar: ServiceGrammar = {
  service: 'kinesis',
  actions: actionTable(
    [on('read'), 'GetRecords GetShardIterator SubscribeToShard'],
    [on('write'), 'PutRecord PutRecords'],
    [
      on('read_metadata'),
      `DescribeStream DescribeStreamConsumer DescribeStreamSummary GetResourcePolicy ListShards ListStreamConsumers
       ListTagsForResource ListTagsForStream`,
    ],
    [
      on('administer'),
      `AddTagsToStream AssociateStreamsWithChannel DecreaseStreamRetentionPeriod DeleteResourcePolicy DeleteStream
       DeregisterStreamConsumer DisableEnhancedMonitoring EnableEnhancedMonitoring IncreaseStreamRetentionPeriod
       InjectApiError MergeShards PutResourcePolicy RegisterStreamConsumer RemoveTagsFromStream SplitShard
       StartStreamEncryption StopStreamEncryption TagResource UntagResource UpdateMaxRecordSize UpdateShardCount
       UpdateStreamMode UpdateStreamRecordDistributionStrategy UpdateStreamWarmThroughput`,
    ],
    [
      noEffect,
      `CreateChannel CreateStream DeleteChannel DescribeAccountSettings DescribeChannel DescribeLimits ListChannels
       ListStreams UpdateAccountSettings UpdateChannel`,
    ],
  ),
  accountKeys: [],
  viaServiceKeys: [],
  delegationKeys: { account: [], arn: [] },
  callerChoice: [],
  requestKeys: tlsOnly,
  anonymous: false,
};
