import {
  type ActionRule,
  across,
  actionTable,
  noEffect,
  noOwnKeys,
  type ServiceGrammar,
} from '../../posture/policy/grammar.ts';

/** Requests to the search engine, which name a path below the domain: `domain/logs/…`. */
const below = (access: ActionRule['access']): ActionRule => ({
  access,
  acrossAccounts: true,
  on: 'contents',
});

/**
 * OpenSearch Service in the access policies of domains (Service Authorization Reference as of 2026-09-26). Which actions
 * of its configuration API other accounts may be let in to, no page lists: counted as if all that name a domain were.
 */
export const openSearchGrammar: ServiceGrammar = {
  service: 'es',
  actions: actionTable(
    [below('read'), 'ESHttpGet'],
    // A search is sent by POST as well.
    [below('write'), 'ESHttpDelete ESHttpPatch ESHttpPost ESHttpPut'],
    [below('read_metadata'), 'ESHttpHead'],
    [across('read'), 'ESCrossClusterGet'],
    [
      across('read_metadata'),
      `DescribeDomain DescribeDomainAutoTunes DescribeDomainChangeProgress DescribeDomainConfig DescribeDomainHealth
       DescribeDomainNodes DescribeDomains DescribeDryRunProgress DescribeElasticsearchDomain
       DescribeElasticsearchDomainConfig DescribeElasticsearchDomains DescribeInsightDetails
       GetCompatibleElasticsearchVersions GetCompatibleVersions GetDataSource GetDomainMaintenanceStatus
       GetIndex GetUpgradeHistory GetUpgradeStatus ListDataSources ListDomainMaintenances ListInsights
       ListPackagesForDomain ListScheduledActions ListTags`,
    ],
    [
      across('administer'),
      `AddDataSource AddTags AssociatePackage AssociatePackages CancelDomainConfigChange
       CancelElasticsearchServiceSoftwareUpdate CancelServiceSoftwareUpdate CreateDomain
       CreateElasticsearchDomain CreateIndex CreateOutboundConnection CreateOutboundCrossClusterSearchConnection
       DeleteDataSource DeleteDomain DeleteElasticsearchDomain DeleteIndex DissociatePackage DissociatePackages
       InsightFeedback RemoveTags RollbackElasticsearchServiceSoftwareUpdate RollbackServiceSoftwareUpdate
       StartDomainMaintenance StartElasticsearchServiceSoftwareUpdate StartServiceSoftwareUpdate
       UpdateDataSource UpdateDomainConfig UpdateElasticsearchDomainConfig UpdateIndex UpdateScheduledAction
       UpgradeDomain UpgradeElasticsearchDomain`,
    ],
    // Of the account, or of applications, data sources, packages and connections.
    [
      noEffect,
      `AcceptInboundConnection AcceptInboundCrossClusterSearchConnection AddDirectQueryDataSource AttachDataSource
       AuthorizeVpcEndpointAccess CreateApplication CreateElasticsearchServiceRole CreatePackage
       CreateServiceRole CreateVpcEndpoint DeleteApplication DeleteDirectQueryDataSource
       DeleteElasticsearchServiceRole DeleteInboundConnection DeleteInboundCrossClusterSearchConnection
       DeleteOutboundConnection DeleteOutboundCrossClusterSearchConnection DeletePackage DeleteVpcEndpoint
       DeregisterCapability DescribeDataSourceAttachment DescribeElasticsearchInstanceTypeLimits
       DescribeInboundConnections DescribeInboundCrossClusterSearchConnections DescribeInstanceTypeLimits
       DescribeOutboundConnections DescribeOutboundCrossClusterSearchConnections DescribePackages
       DescribeReservedElasticsearchInstanceOfferings DescribeReservedElasticsearchInstances
       DescribeReservedInstanceOfferings DescribeReservedInstances DescribeVpcEndpoints DetachDataSource
       GetApplication GetCapability GetDefaultApplicationSetting GetDirectQueryDataSource GetMigration
       GetPackageVersionHistory ListApplications ListDataSourceAttachments ListDirectQueryDataSources
       ListDomainNames ListDomainsForPackage ListElasticsearchInstanceTypeDetails ListElasticsearchInstanceTypes
       ListElasticsearchVersions ListInstanceTypeDetails ListMigrations ListVersions ListVpcEndpointAccess
       ListVpcEndpoints ListVpcEndpointsForDomain PurchaseReservedElasticsearchInstanceOffering
       PurchaseReservedInstanceOffering PutDefaultApplicationSetting RegisterCapability RejectInboundConnection
       RejectInboundCrossClusterSearchConnection RevokeVpcEndpointAccess StartMigration UpdateApplication
       UpdateDirectQueryDataSource UpdatePackage UpdatePackageScope UpdateVpcEndpoint`,
    ],
  ),
  ...noOwnKeys,
  callerChoice: ['aws:securetransport'],
  anonymous: true,
};
