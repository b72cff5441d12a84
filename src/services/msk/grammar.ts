import {
  across,
  acrossInside,
  actionTable,
  noEffect,
  noOwnKeys,
  own,
  type ServiceGrammar,
} from '../../posture/policy/grammar.ts';
import { ANY_TEXT } from '../../posture/policy/pattern.ts';

/**
 * Amazon MSK in cluster policies: `kafka-cluster` of those who connect, `kafka` of those who manage. Other accounts may
 * be let in to data, to what they connect by, and to whatever a policy names of its cluster, since AWS excludes nothing
 * (MSK developer guide, "Attach a cluster policy to the MSK cluster", read 2026-11-29; names from the Service
 * Authorization Reference as of 2026-09-26). Topics have ARNs of their own, with the cluster's name and id. Consumer
 * groups and transactional ids, which have such, too, give nothing without a topic, and are not followed.
 */
export const mskGrammar: ServiceGrammar = {
  service: 'kafka',
  actions: actionTable(
    [acrossInside('read'), 'kafka-cluster:ReadData'],
    [acrossInside('write'), 'kafka-cluster:WriteData'],
    [
      acrossInside('administer'),
      `kafka-cluster:AlterTopic kafka-cluster:AlterTopicDynamicConfiguration kafka-cluster:CreateTopic
       kafka-cluster:DeleteTopic`,
    ],
    [
      acrossInside('read_metadata'),
      'kafka-cluster:DescribeTopic kafka-cluster:DescribeTopicDynamicConfiguration',
    ],
    // A part of every use.
    [across('read'), 'kafka-cluster:Connect'],
    [
      across('read_metadata'),
      `kafka-cluster:DescribeCluster kafka-cluster:DescribeClusterDynamicConfiguration DescribeChannel DescribeCluster
       DescribeClusterV2 CreateVpcConnection GetBootstrapBrokers GetClusterPolicy ListChannels ListClientVpcConnections
       ListClusterOperations ListClusterOperationsV2 ListNodes ListScramSecrets ListTagsForResource ListTopics`,
    ],
    [
      across('administer'),
      `kafka-cluster:AlterCluster kafka-cluster:AlterClusterDynamicConfiguration kafka-cluster:WriteDataIdempotently
       BatchAssociateScramSecret BatchDisassociateScramSecret CreateChannel DeleteChannel DeleteCluster
       DeleteClusterPolicy PutClusterPolicy RebootBroker RejectClientVpcConnection TagResource UntagResource
       UpdateBrokerCount UpdateBrokerStorage UpdateBrokerType UpdateChannel UpdateClusterConfiguration
       UpdateClusterKafkaVersion UpdateConnectivity UpdateMonitoring UpdateRebalancing UpdateSecurity UpdateStorage`,
    ],
    [own('administer'), 'CreateCluster CreateClusterV2'],
    [
      noEffect,
      `kafka-cluster:AlterGroup kafka-cluster:AlterTransactionalId kafka-cluster:DeleteGroup
       kafka-cluster:DescribeGroup kafka-cluster:DescribeTransactionalId CreateConfiguration CreateReplicator
       CreateTopic DeleteConfiguration DeleteReplicator DeleteTopic DeleteVpcConnection DescribeClusterOperation
       DescribeClusterOperationV2 DescribeConfiguration DescribeConfigurationRevision DescribeReplicator DescribeTopic
       DescribeTopicPartitions DescribeVpcConnection GetCompatibleKafkaVersions ListClusters ListClustersV2
       ListConfigurationRevisions ListConfigurations ListKafkaVersions ListReplicators ListVpcConnections
       UpdateConfiguration UpdateReplicationInfo UpdateTopic`,
    ],
  ),
  ...noOwnKeys,
  contents: (arn) => [`${arn.replace(':cluster/', ':topic/')}/${ANY_TEXT}`],
  anonymous: false,
};
