import {
  across,
  actionTable,
  noEffect,
  noOwnKeys,
  type ServiceGrammar,
  tlsOnly,
} from '../../posture/policy/grammar.ts';

/**
 * CloudTrail in the policies of event data stores (Service Authorization Reference as of 2026-09-26). Which of its
 * actions other accounts may be let in to, no page lists: counted as if all that are about a store were.
 */
export const cloudTrailGrammar: ServiceGrammar = {
  service: 'cloudtrail',
  actions: actionTable(
    [across('read'), 'GenerateQueryResultsSummary GetEventDataStoreData GetQueryResults StartQuery'],
    [
      across('read_metadata'),
      `DescribeQuery GetEventConfiguration GetEventDataStore GetInsightSelectors GetResourcePolicy ListQueries
       ListTags`,
    ],
    [
      across('administer'),
      `AddTags CancelQuery CreateChannel DeleteEventDataStore DeleteResourcePolicy DisableFederation
       EnableFederation GenerateQuery PutEventConfiguration PutInsightSelectors PutResourcePolicy RemoveTags
       RestoreEventDataStore StartEventDataStoreIngestion StopEventDataStoreIngestion UpdateEventDataStore`,
    ],
    // Of the account, or of trails, channels and dashboards.
    [
      noEffect,
      `CreateDashboard CreateEventDataStore CreateServiceLinkedChannel CreateTrail DeleteChannel DeleteDashboard
       DeleteServiceLinkedChannel DeleteTrail DeregisterOrganizationDelegatedAdmin DescribeTrails GetChannel
       GetDashboard GetEventSelectors GetImport GetServiceLinkedChannel GetTrail GetTrailStatus ListChannels
       ListDashboards ListEventDataStores ListImportFailures ListImports ListInsightsData ListPublicKeys
       ListServiceLinkedChannels ListTrails LookupEvents PutEventSelectors RegisterOrganizationDelegatedAdmin
       SearchSampleQueries StartDashboardRefresh StartImport StartLogging StopImport StopLogging UpdateChannel
       UpdateDashboard UpdateServiceLinkedChannel UpdateTrail`,
    ],
  ),
  ...noOwnKeys,
  requestKeys: tlsOnly,
  anonymous: false,
};
