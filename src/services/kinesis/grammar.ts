import {
  across,
  actionTable,
  noEffect,
  noOwnKeys,
  type ServiceGrammar,
  tlsOnly,
} from '../../posture/policy/grammar.ts';

/**
 * Kinesis in the policies of streams (Service Authorization Reference as of 2026-09-26). Other accounts may be let in
 * to data and what describes it; "sharing … control plane operations" is not offered, and such an action in a policy
 * is judged as one that works. SubscribeToShard is of a registered consumer, whose policy is another one.
 */
export const kinesisGrammar: ServiceGrammar = {
  service: 'kinesis',
  actions: actionTable(
    [across('read'), 'GetRecords GetShardIterator SubscribeToShard'],
    [across('write'), 'PutRecord PutRecords'],
    [
      across('read_metadata'),
      `DescribeStream DescribeStreamConsumer DescribeStreamSummary GetResourcePolicy ListShards ListStreamConsumers
       ListTagsForResource ListTagsForStream`,
    ],
    [
      across('administer'),
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
  ...noOwnKeys,
  requestKeys: tlsOnly,
  anonymous: false,
};
