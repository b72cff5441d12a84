import {
  across,
  actionTable,
  noEffect,
  noOwnKeys,
  own,
  type ServiceGrammar,
  tlsOnly,
} from '../../posture/policy/grammar.ts';

/**
 * CloudWatch Logs in access policies of destinations: they authorize "claims to register a subscription filter against
 * a given destination" (PutDestinationPolicy, @aws-sdk/client-cloudwatch-logs), of a log group or of all of an account
 * (CloudWatch Logs user guide, "Cross-account cross-Region account-level subscriptions"; names from the Service
 * Authorization Reference as of 2026-09-26; all read 2026-11-29).
 */
export const logsDestinationGrammar: ServiceGrammar = {
  service: 'logs',
  actions: actionTable(
    [across('write'), 'PutAccountPolicy PutSubscriptionFilter'],
    [own('read_metadata'), 'ListTagsForResource'],
    [own('administer'), 'DeleteDestination PutDestination PutDestinationPolicy TagResource UntagResource'],
    [
      noEffect,
      `AssociateSourceToS3TableIntegration DisassociateSourceFromS3TableIntegration IntegrateWithS3Table
       ListSourcesForS3TableIntegration AssociateKmsKey CallWithBearerToken CancelExportTask CancelImportTask CreateDelivery CreateExportTask
       CreateImportTask CreateLogAnomalyDetector CreateLogDelivery CreateLogGroup CreateLogStream
       CreateLookupTable CreateScheduledQuery DeleteAccountPolicy DeleteDataProtectionPolicy DeleteDelivery
       DeleteDeliveryDestination DeleteDeliveryDestinationPolicy DeleteDeliverySource DeleteIndexPolicy
       DeleteIntegration DeleteLogAnomalyDetector DeleteLogDelivery DeleteLogGroup DeleteLogStream
       DeleteLookupTable DeleteMetricFilter DeletePipelineRule DeleteQueryDefinition DeleteResourcePolicy
       DeleteRetentionPolicy DeleteScheduledQuery DeleteSubscriptionFilter DeleteSyslogConfiguration
       DeleteTransformer DescribeAccountPolicies DescribeConfigurationTemplates DescribeDeliveries
       DescribeDeliveryDestinations DescribeDeliverySources DescribeDestinations DescribeExportTasks
       DescribeFieldIndexes DescribeImportTaskBatches DescribeImportTasks DescribeIndexPolicies
       DescribeLogGroups DescribeLogStreams DescribeLookupTables DescribeMetricFilters DescribeQueries
       DescribeQueryDefinitions DescribeResourcePolicies DescribeSubscriptionFilters DisassociateKmsKey
       FilterLogEvents GetDataProtectionPolicy GetDelivery GetDeliveryDestination GetDeliveryDestinationPolicy
       GetDeliverySource GetIntegration GetLogAnomalyDetector GetLogDelivery GetLogEvents GetLogFields
       GetLogGroupFields GetLogRecord GetLookupTable GetQueryResults GetScheduledQuery GetScheduledQueryHistory
       GetStorageTierPolicy GetTransformer IntegrateWithDataset Link ListAggregateLogGroupSummaries
       ListAnomalies ListEntitiesForLogGroup ListIntegrations ListLogAnomalyDetectors ListLogDeliveries
       ListLogGroups ListLogGroupsForEntity ListLogGroupsForQuery ListScheduledQueries ListSyslogConfigurations
       ListTagsLogGroup ProcessWithPipeline PutBearerTokenAuthentication PutDataProtectionPolicy
       PutDeliveryDestination PutDeliveryDestinationPolicy PutDeliverySource PutIndexPolicy PutIntegration
       PutLogEvents PutLogGroupDeletionProtection PutMetricFilter PutPipelineRule PutQueryDefinition
       PutResourcePolicy PutRetentionPolicy PutStorageTierPolicy PutSyslogConfiguration PutTransformer
       StartLiveTail StartQuery StopLiveTail StopQuery TagLogGroup TestMetricFilter TestTransformer Unmask
       UntagLogGroup UpdateAnomaly UpdateDeliveryConfiguration UpdateLogAnomalyDetector UpdateLogDelivery
       UpdateLookupTable UpdateScheduledQuery`,
    ],
  ),
  ...noOwnKeys,
  requestKeys: tlsOnly,
  anonymous: false,
};
