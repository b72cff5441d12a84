import { appFlow } from './appflow/resources.ts';
import { prometheus } from './aps/resources.ts';
import { athena } from './athena/resources.ts';
import { backup } from './backup/resources.ts';
import { agents, customModels, guardrails, importedModels } from './bedrock/resources.ts';
import { eventDataStores, trails } from './cloudtrail/resources.ts';
import { cloudWatchLogs, logsDestinations } from './cloudwatch-logs/resources.ts';
import { codeArtifact } from './codeartifact/resources.ts';
import { codeBuild } from './codebuild/resources.ts';
import { codeCommit } from './codecommit/resources.ts';
import { codePipeline } from './codepipeline/resources.ts';
import { deliveryChannels } from './config/resources.ts';
import { dmsEndpoints, replicationConfigs, replicationInstances } from './dms/resources.ts';
import { dynamoDbBackups } from './dynamodb/backups.ts';
import { dynamoDb } from './dynamodb/resources.ts';
import { ebsDefault, ebsSnapshots, ebsVolumes } from './ebs/resources.ts';
import { images } from './ec2/resources.ts';
import { ecr, ecrRegistry } from './ecr/resources.ts';
import { ecs } from './ecs/resources.ts';
import { efs } from './efs/resources.ts';
import { eks } from './eks/resources.ts';
import {
  cacheClusters,
  cacheSnapshots,
  replicationGroups,
  serverlessCacheSnapshots,
  serverlessCaches,
} from './elasticache/resources.ts';
import { eventArchives, eventBuses } from './eventbridge/resources.ts';
import { firehose } from './firehose/resources.ts';
import { fsxBackups, fsxFileSystems } from './fsx/resources.ts';
import { glue } from './glue/resources.ts';
import { guardDuty } from './guardduty/resources.ts';
import { iot } from './iot/resources.ts';
import { siteWise } from './iotsitewise/resources.ts';
import { kendra } from './kendra/resources.ts';
import { kinesis } from './kinesis/resources.ts';
import { lambda } from './lambda/resources.ts';
import { macie } from './macie2/resources.ts';
import { memoryDbClusters, memoryDbSnapshots } from './memorydb/resources.ts';
import { mq } from './mq/resources.ts';
import { msk } from './msk/resources.ts';
import { airflow } from './mwaa/resources.ts';
import { openSearch } from './opensearch/resources.ts';
import { openSearchServerless } from './opensearch-serverless/resources.ts';
import { rdsClusterSnapshots, rdsClusters, rdsInstances, rdsSnapshots } from './rds/resources.ts';
import { redshiftClusters, redshiftDatashares, redshiftSnapshots } from './redshift/resources.ts';
import { redshiftNamespaceSnapshots, redshiftNamespaces } from './redshift-serverless/resources.ts';
import { route53 } from './route53/resources.ts';
import { s3AccessGrants } from './s3-access-grants/resources.ts';
import { s3Express } from './s3-express/resources.ts';
import { s3Tables } from './s3-tables/resources.ts';
import { s3Vectors } from './s3-vectors/resources.ts';
import { endpointConfigs, notebooks, studioDomains } from './sagemaker/resources.ts';
import { secretsManager } from './secrets-manager/resources.ts';
import type { ResourceService } from './service.ts';
import { sessionManager } from './session-manager/resources.ts';
import { sns } from './sns/resources.ts';
import { sqs } from './sqs/resources.ts';
import { ssm } from './ssm/resources.ts';
import { activities, stateMachines } from './step-functions/resources.ts';
import { timestream } from './timestream/resources.ts';
import { influxClusters, influxInstances } from './timestream-influxdb/resources.ts';
import { workSpaces } from './workspaces/resources.ts';
import { xRay } from './xray/resources.ts';

/** The services whose resources are read, sort by sort. A new one is a file and a line here. */
export const resourceServices: readonly ResourceService[] = [
  sqs,
  sns,
  secretsManager,
  dynamoDb,
  dynamoDbBackups,
  ebsSnapshots,
  ebsVolumes,
  ebsDefault,
  images,
  rdsSnapshots,
  rdsClusterSnapshots,
  rdsInstances,
  rdsClusters,
  lambda,
  cloudWatchLogs,
  logsDestinations,
  ecr,
  ecrRegistry,
  efs,
  kinesis,
  backup,
  redshiftSnapshots,
  redshiftClusters,
  redshiftDatashares,
  redshiftNamespaceSnapshots,
  redshiftNamespaces,
  replicationGroups,
  cacheClusters,
  serverlessCaches,
  cacheSnapshots,
  serverlessCacheSnapshots,
  memoryDbClusters,
  memoryDbSnapshots,
  trails,
  eventDataStores,
  ssm,
  eks,
  msk,
  codeArtifact,
  codeBuild,
  codePipeline,
  s3Express,
  s3Tables,
  s3Vectors,
  s3AccessGrants,
  eventBuses,
  eventArchives,
  firehose,
  openSearch,
  openSearchServerless,
  glue,
  fsxFileSystems,
  fsxBackups,
  stateMachines,
  activities,
  athena,
  replicationInstances,
  replicationConfigs,
  dmsEndpoints,
  mq,
  prometheus,
  codeCommit,
  notebooks,
  endpointConfigs,
  studioDomains,
  workSpaces,
  xRay,
  iot,
  siteWise,
  macie,
  ecs,
  route53,
  guardDuty,
  deliveryChannels,
  airflow,
  sessionManager,
  appFlow,
  customModels,
  importedModels,
  guardrails,
  agents,
  timestream,
  kendra,
  influxInstances,
  influxClusters,
];
