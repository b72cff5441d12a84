import {
  across,
  actionTable,
  noEffect,
  noOwnKeys,
  type ServiceGrammar,
  tlsOnly,
} from '../../posture/policy/grammar.ts';

const inOneLine = (names: string): string => names.replaceAll(/\s+/g, ' ');

/** What gives the metadata of databases, tables and functions. */
export const readingCatalog = inOneLine(
  `BatchGetPartition GetCatalog GetCatalogs GetColumnStatisticsForPartition GetColumnStatisticsForTable
   GetDatabase GetDatabases GetEntityRecords GetPartition GetPartitionIndexes GetPartitions GetTable
   GetTableVersion GetTableVersions GetTables GetUserDefinedFunction GetUserDefinedFunctions SearchTables`,
);

/** What writes it. */
export const writingCatalog = inOneLine(
  `BatchCreatePartition BatchUpdatePartition CreateCatalog CreateConnection CreateDatabase CreatePartition
   CreatePartitionIndex CreateTable CreateUserDefinedFunction RenameTable UpdateCatalog
   UpdateColumnStatisticsForPartition UpdateColumnStatisticsForTable UpdateConnection UpdateDatabase
   UpdatePartition UpdateTable UpdateUserDefinedFunction`,
);

/** What deletes it. */
export const deletingFromCatalog = inOneLine(
  `BatchDeleteConnection BatchDeletePartition BatchDeleteTable BatchDeleteTableVersion DeleteCatalog
   DeleteColumnStatisticsForPartition DeleteColumnStatisticsForTable DeleteConnection DeleteDatabase
   DeletePartition DeletePartitionIndex DeleteTable DeleteTableVersion DeleteUserDefinedFunction`,
);

/** What gives connections with their passwords. */
export const readingConnections = 'GetConnection GetConnections';

/**
 * Glue in the policies of the Data Catalog (Service Authorization Reference as of 2026-09-26), which "can grant access
 * only to Data Catalog resources" (Glue developer guide, "Granting cross-account access", read 2026-11-29). Whatever is
 * inside, its examples name the catalog as well; a policy that leaves it out is not judged.
 */
export const glueGrammar: ServiceGrammar = {
  service: 'glue',
  actions: actionTable(
    [across('read'), readingCatalog],
    [across('read'), readingConnections],
    [across('write'), writingCatalog],
    [across('write'), deletingFromCatalog],
    [
      across('read_metadata'),
      `BatchGetTableOptimizer DescribeEntity GetCatalogImportStatus GetDataCatalogEncryptionSettings
       GetIntegrationResourceProperty GetIntegrationTableProperties GetResourcePolicies GetResourcePolicy
       GetTableOptimizer GetTags ListEntities ListIntegrationResourceProperties ListTableOptimizerRuns`,
    ],
    [
      across('administer'),
      `CreateColumnStatisticsTaskSettings CreateIntegration CreateIntegrationResourceProperty
       CreateIntegrationTableProperties CreateTableOptimizer DeleteColumnStatisticsTaskSettings
       DeleteIntegrationResourceProperty DeleteIntegrationTableProperties DeleteResourcePolicy
       DeleteTableOptimizer FederateAuthorization ImportCatalogToGlue PassConnection
       PutDataCatalogEncryptionSettings PutResourcePolicy RefreshOAuth2Tokens StartColumnStatisticsTaskRun
       StartColumnStatisticsTaskRunSchedule StopColumnStatisticsTaskRun StopColumnStatisticsTaskRunSchedule
       TagResource TestConnection UntagResource UpdateColumnStatisticsTaskSettings
       UpdateIntegrationResourceProperty UpdateIntegrationTableProperties UpdateTableOptimizer`,
    ],
    // Of the account, or of jobs, crawlers, registries and the like.
    [
      noEffect,
      `AccessDataQualityRuntimeConfiguration AuthorizeInboundIntegration BatchGetBlueprints BatchGetCrawlers
       BatchGetCustomEntityTypes BatchGetDevEndpoints BatchGetJobs BatchGetStageFiles BatchGetTriggers
       BatchGetWorkflows BatchStopJobRun CancelDataQualityRuleRecommendationRun
       CancelDataQualityRulesetEvaluationRun CancelMLTaskRun CancelStatement CheckSchemaVersionValidity
       CreateBlueprint CreateClassifier CreateCrawler CreateCustomEntityType CreateDataQualityRuleset
       CreateDevEndpoint CreateGlueIdentityCenterConfiguration CreateInboundIntegration CreateJob
       CreateMLTransform CreateRegistry CreateSchema CreateScript CreateSecurityConfiguration CreateSession
       CreateTrigger CreateUsageProfile CreateWorkflow DeleteBlueprint DeleteClassifier DeleteConnectionType
       DeleteCrawler DeleteCustomEntityType DeleteDataQualityRuleset DeleteDevEndpoint
       DeleteGlueIdentityCenterConfiguration DeleteIntegration DeleteJob DeleteMLTransform DeleteRegistry
       DeleteSchema DeleteSchemaVersions DeleteSecurityConfiguration DeleteSession DeleteTrigger
       DeleteUsageProfile DeleteWorkflow DeregisterDataPreview DescribeConnectionType
       DescribeInboundIntegrations DescribeIntegrations GetBlueprint GetBlueprintRun GetBlueprintRuns
       GetClassifier GetClassifiers GetColumnStatisticsTaskRun GetColumnStatisticsTaskRuns
       GetColumnStatisticsTaskSettings GetCompletion GetCrawler GetCrawlerMetrics GetCrawlers
       GetCustomEntityType GetDashboardUrl GetDataPreviewStatement GetDataQualityModel GetDataQualityModelResult
       GetDataQualityResult GetDataQualityRuleRecommendationRun GetDataQualityRuleset
       GetDataQualityRulesetEvaluationRun GetDataflowGraph GetDevEndpoint GetDevEndpoints GetEnvironment
       GetExecutors GetExecutorsThreads GetGeneratedCode GetGlueIdentityCenterConfiguration GetJob
       GetJobBookmark GetJobRun GetJobRuns GetJobUpgradeAnalysis GetJobs GetLogParsingStatus GetMLTaskRun
       GetMLTaskRuns GetMLTransform GetMLTransforms GetMapping GetNotebookInstanceStatus GetPlan GetQueries
       GetQuery GetRecipeAction GetRegistry GetSchema GetSchemaByDefinition GetSchemaVersion
       GetSchemaVersionsDiff GetSecurityConfiguration GetSecurityConfigurations GetSession GetSessionEndpoint
       GetStage GetStageAttempt GetStageAttemptTaskList GetStageAttemptTaskSummary GetStageFiles GetStages
       GetStatement GetStorage GetStorageUnit GetTrigger GetTriggers GetUsageProfile GetWorkflow GetWorkflowRun
       GetWorkflowRunProperties GetWorkflowRuns GlueNotebookAuthorize GlueNotebookRefreshCredentials
       ListBlueprints ListColumnStatisticsTaskRuns ListConnectionTypes ListCrawlers ListCrawls
       ListCustomEntityTypes ListDataQualityResults ListDataQualityRuleRecommendationRuns
       ListDataQualityRulesetEvaluationRuns ListDataQualityRulesets ListDevEndpoints ListJobUpgradeAnalyses
       ListJobs ListMLTransforms ListRegistries ListSchemaVersions ListSchemas ListSessions ListStatements
       ListTriggers ListUsageProfiles ListWorkflows ManagedConnector ModifyIntegration NotifyEvent
       PublishDataQuality PutDataQualityProfileAnnotation PutDataQualityStatisticAnnotation
       PutSchemaVersionMetadata PutWorkflowRunProperties QuerySchemaVersionMetadata RegisterConnectionType
       RegisterSchemaVersion RemoveSchemaVersionMetadata RequestLogParsing ResetJobBookmark ResumeWorkflowRun
       RunDataPreviewStatement RunStatement SendFeedback SendRecipeAction StartBlueprintRun StartCompletion
       StartCrawler StartCrawlerSchedule StartDataQualityRuleRecommendationRun
       StartDataQualityRulesetEvaluationRun StartExportLabelsTaskRun StartImportLabelsTaskRun StartJobRun
       StartJobUpgradeAnalysis StartMLEvaluationTaskRun StartMLLabelingSetGenerationTaskRun StartNotebook
       StartTrigger StartWorkflowRun StopCrawler StopCrawlerSchedule StopJobUpgradeAnalysis StopSession
       StopTrigger StopWorkflowRun TerminateNotebook UpdateBlueprint UpdateClassifier UpdateCrawler
       UpdateCrawlerSchedule UpdateDataQualityRuleset UpdateDevEndpoint UpdateGlueIdentityCenterConfiguration
       UpdateJob UpdateJobFromSourceControl UpdateMLTransform UpdateRegistry UpdateSchema
       UpdateSourceControlFromJob UpdateTrigger UpdateUsageProfile UpdateWorkflow UpgradeJob UseGlueStudio
       UseMLTransforms`,
    ],
  ),
  ...noOwnKeys,
  requestKeys: tlsOnly,
  anonymous: false,
};
