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
 * CodeBuild in policies of projects: "a project consumer can view a project and its builds, but cannot edit a project or
 * use it to run builds" (CodeBuild user guide, "Shared project permissions", read 2026-11-29; names from the Service
 * Authorization Reference as of 2026-09-26).
 */
export const codeBuildGrammar: ServiceGrammar = {
  service: 'codebuild',
  actions: actionTable(
    [
      across('read_metadata'),
      `BatchGetBuildBatches BatchGetBuilds BatchGetProjects BatchGetSandboxes ListBuildBatchesForProject
       ListBuildsForProject ListSandboxesForProject`,
    ],
    [own('read_metadata'), 'GetResourcePolicy'],
    [
      own('administer'),
      `BatchDeleteBuilds CreateProject CreateWebhook DeleteBuildBatch DeleteProject DeleteResourcePolicy DeleteWebhook
       InvalidateProjectCache PutResourcePolicy RetryBuild RetryBuildBatch StartBuild StartBuildBatch StartSandbox
       StopBuild StopBuildBatch StopSandbox UpdateProject UpdateProjectVisibility UpdateWebhook`,
    ],
    [
      noEffect,
      `BatchGetCommandExecutions BatchGetFleets BatchGetReportGroups BatchGetReports BatchPutCodeCoverages
       BatchPutTestCases CreateFleet CreateReport CreateReportGroup DeleteFleet DeleteOAuthToken DeleteReport
       DeleteReportGroup DeleteSourceCredentials DescribeCodeCoverages DescribeTestCases GetReportGroupTrend
       ImportSourceCredentials ListBuildBatches ListBuilds ListCommandExecutionsForSandbox ListConnectedOAuthAccounts
       ListCuratedEnvironmentImages ListFleets ListProjects ListReportGroups ListReports ListReportsForReportGroup
       ListRepositories ListSandboxes ListSharedProjects ListSharedReportGroups ListSourceCredentials PersistOAuthToken
       StartCommandExecution StartSandboxConnection UpdateFleet UpdateReport UpdateReportGroup`,
    ],
  ),
  ...noOwnKeys,
  requestKeys: tlsOnly,
  anonymous: false,
};
