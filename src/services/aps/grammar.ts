import {
  across,
  actionTable,
  noEffect,
  noOwnKeys,
  type ServiceGrammar,
  tlsOnly,
} from '../../posture/policy/grammar.ts';

/**
 * Managed Service for Prometheus in policies of workspaces: "Only Prometheus-compatible APIs can be used for workspace
 * sharing. You can add non-Prometheus-compatible APIs to the policy, but they will be ignored" (API reference,
 * "PutResourcePolicy"; which these are: user guide, "Prometheus-compatible APIs"; both read 2026-11-30; names from the
 * Service Authorization Reference as of 2026-09-26).
 */
export const prometheusGrammar: ServiceGrammar = {
  service: 'aps',
  actions: actionTable(
    [across('read'), 'GetLabels GetSeries QueryMetrics'],
    [across('write'), 'RemoteWrite'],
    [
      across('read_metadata'),
      `GetAlertManagerSilence GetAlertManagerStatus GetMetricMetadata ListAlertManagerAlertGroups
       ListAlertManagerAlerts ListAlertManagerReceivers ListAlertManagerSilences ListAlerts ListRules`,
    ],
    [across('administer'), 'CreateAlertManagerAlerts DeleteAlertManagerSilence PutAlertManagerSilences'],
    [
      noEffect,
      `CreateAlertManagerDefinition CreateAnomalyDetector CreateLoggingConfiguration CreateQueryLoggingConfiguration
       CreateRuleGroupsNamespace CreateScraper CreateWorkspace DeleteAlertManagerDefinition DeleteAnomalyDetector
       DeleteLoggingConfiguration DeleteQueryLoggingConfiguration DeleteResourcePolicy DeleteRuleGroupsNamespace
       DeleteScraper DeleteScraperLoggingConfiguration DeleteWorkspace DescribeAlertManagerDefinition
       DescribeAnomalyDetector DescribeLoggingConfiguration DescribeQueryLoggingConfiguration DescribeResourcePolicy
       DescribeRuleGroupsNamespace DescribeScraper DescribeScraperLoggingConfiguration DescribeWorkspace
       DescribeWorkspaceConfiguration GetDefaultScraperConfiguration ListAnomalyDetectors ListRuleGroupsNamespaces
       ListScrapers ListTagsForResource ListWorkspaces PreviewAnomalyDetector PutAlertManagerDefinition
       PutAnomalyDetector PutResourcePolicy PutRuleGroupsNamespace TagResource UntagResource
       UpdateLoggingConfiguration UpdateQueryLoggingConfiguration UpdateScraper UpdateScraperLoggingConfiguration
       UpdateWorkspaceAlias UpdateWorkspaceConfiguration`,
    ],
  ),
  ...noOwnKeys,
  requestKeys: tlsOnly,
  anonymous: false,
};
