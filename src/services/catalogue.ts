import { appFlowRules } from './appflow/rules.ts';
import { prometheusRules } from './aps/rules.ts';
import { workGroupRules } from './athena/rules.ts';
import { backupRules } from './backup/rules.ts';
import { agentRules, customModelRules, guardrailRules, importedModelRules } from './bedrock/rules.ts';
import { eventDataStoreRules, trailRules } from './cloudtrail/rules.ts';
import { cloudWatchLogsRules, logsDestinationRules } from './cloudwatch-logs/rules.ts';
import { domainRules, repositoryRules } from './codeartifact/rules.ts';
import { codeBuildRules } from './codebuild/rules.ts';
import { codeCommitRules } from './codecommit/rules.ts';
import { codePipelineRules } from './codepipeline/rules.ts';
import { configRules } from './config/rules.ts';
import { dmsEndpointRules, replicationConfigRules, replicationInstanceRules } from './dms/rules.ts';
import { dynamoDbBackupRules, dynamoDbRules } from './dynamodb/rules.ts';
import { ebsDefaultRules, ebsSnapshotRules, ebsVolumeRules } from './ebs/rules.ts';
import { imageRules } from './ec2/rules.ts';
import { ecrRegistryRules, ecrRules } from './ecr/rules.ts';
import { ecsRules } from './ecs/rules.ts';
import { efsRules } from './efs/rules.ts';
import { eksRules } from './eks/rules.ts';
import {
  cacheClusterRules,
  cacheSnapshotRules,
  replicationGroupRules,
  serverlessCacheRules,
  serverlessCacheSnapshotRules,
} from './elasticache/rules.ts';
import { eventArchiveRules, eventBusRules } from './eventbridge/rules.ts';
import { firehoseRules } from './firehose/rules.ts';
import { fsxBackupRules, fsxFileSystemRules } from './fsx/rules.ts';
import { glueRules } from './glue/rules.ts';
import { guardDutyRules } from './guardduty/rules.ts';
import { iotRules } from './iot/rules.ts';
import { siteWiseRules } from './iotsitewise/rules.ts';
import { kendraRules } from './kendra/rules.ts';
import { kinesisRules } from './kinesis/rules.ts';
import { lambdaRules } from './lambda/rules.ts';
import { macieRules } from './macie2/rules.ts';
import { memoryDbClusterRules, memoryDbSnapshotRules } from './memorydb/rules.ts';
import { mqRules } from './mq/rules.ts';
import { mskRules } from './msk/rules.ts';
import { airflowRules } from './mwaa/rules.ts';
import { openSearchRules } from './opensearch/rules.ts';
import { serverlessRules } from './opensearch-serverless/rules.ts';
import {
  documentDbRules,
  documentDbSnapshotRules,
  neptuneRules,
  neptuneSnapshotRules,
} from './rds/engine-rules.ts';
import { rdsClusterRules, rdsClusterSnapshotRules, rdsInstanceRules, rdsSnapshotRules } from './rds/rules.ts';
import { datashareRules, redshiftClusterRules, redshiftSnapshotRules } from './redshift/rules.ts';
import { namespaceRules, namespaceSnapshotRules } from './redshift-serverless/rules.ts';
import { signingKeyRules } from './route53/rules.ts';
import { accessGrantRules, accessGrantsRules } from './s3-access-grants/rules.ts';
import { s3ExpressRules } from './s3-express/rules.ts';
import { s3TablesRules } from './s3-tables/rules.ts';
import { s3VectorsRules } from './s3-vectors/rules.ts';
import { endpointConfigRules, notebookRules, studioDomainRules } from './sagemaker/rules.ts';
import { secretsManagerRules } from './secrets-manager/rules.ts';
import { sessionManagerRules } from './session-manager/rules.ts';
import { snsRules } from './sns/rules.ts';
import type { SortRules } from './sort-rules.ts';
import { sqsRules } from './sqs/rules.ts';
import { ssmRules } from './ssm/rules.ts';
import { activityRules, stateMachineRules } from './step-functions/rules.ts';
import { timestreamRules } from './timestream/rules.ts';
import { influxClusterRules, influxInstanceRules } from './timestream-influxdb/rules.ts';
import { workSpaceRules } from './workspaces/rules.ts';
import { xRayRules } from './xray/rules.ts';

const catalogue = [
  sqsRules,
  snsRules,
  secretsManagerRules,
  dynamoDbRules,
  dynamoDbBackupRules,
  ebsSnapshotRules,
  ebsVolumeRules,
  ebsDefaultRules,
  imageRules,
  rdsSnapshotRules,
  rdsClusterSnapshotRules,
  rdsInstanceRules,
  rdsClusterRules,
  neptuneSnapshotRules,
  neptuneRules,
  documentDbSnapshotRules,
  documentDbRules,
  lambdaRules,
  cloudWatchLogsRules,
  logsDestinationRules,
  ecrRules,
  ecrRegistryRules,
  efsRules,
  kinesisRules,
  backupRules,
  redshiftSnapshotRules,
  redshiftClusterRules,
  datashareRules,
  namespaceSnapshotRules,
  namespaceRules,
  replicationGroupRules,
  cacheClusterRules,
  serverlessCacheRules,
  cacheSnapshotRules,
  serverlessCacheSnapshotRules,
  memoryDbClusterRules,
  memoryDbSnapshotRules,
  trailRules,
  eventDataStoreRules,
  ssmRules,
  eksRules,
  mskRules,
  domainRules,
  repositoryRules,
  codeBuildRules,
  codePipelineRules,
  s3ExpressRules,
  s3TablesRules,
  s3VectorsRules,
  accessGrantsRules,
  accessGrantRules,
  eventBusRules,
  eventArchiveRules,
  firehoseRules,
  openSearchRules,
  serverlessRules,
  glueRules,
  fsxFileSystemRules,
  fsxBackupRules,
  stateMachineRules,
  activityRules,
  workGroupRules,
  replicationInstanceRules,
  replicationConfigRules,
  dmsEndpointRules,
  mqRules,
  prometheusRules,
  codeCommitRules,
  notebookRules,
  endpointConfigRules,
  studioDomainRules,
  workSpaceRules,
  xRayRules,
  iotRules,
  siteWiseRules,
  macieRules,
  ecsRules,
  signingKeyRules,
  guardDutyRules,
  configRules,
  airflowRules,
  sessionManagerRules,
  appFlowRules,
  customModelRules,
  importedModelRules,
  guardrailRules,
  agentRules,
  timestreamRules,
  kendraRules,
  influxInstanceRules,
  influxClusterRules,
] as const;

/** Every sort of resources that is read, service by service: what users choose from and documentation says. */
export const sorts: readonly SortRules[] = catalogue;

/** The services of these sorts, by the words of the column `service`. */
export const services: readonly string[] = [...new Set(sorts.map(({ service }) => service))];

/** The AWS operations by which resources are read. */
export type ResourceOperation = keyof UnionToIntersection<(typeof catalogue)[number]['calls']>;

type UnionToIntersection<Union> = (Union extends unknown ? (of: Union) => void : never) extends (
  of: infer Intersection,
) => void
  ? Intersection
  : never;
