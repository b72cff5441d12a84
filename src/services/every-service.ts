/** How every sort of resources is listed, and nothing else: a new sort is a line here. */
export { appFlow } from './appflow/resources.ts';
export { prometheus } from './aps/resources.ts';
export { athena } from './athena/resources.ts';
export { backup } from './backup/resources.ts';
export { agents, customModels, guardrails, importedModels } from './bedrock/resources.ts';
export { eventDataStores, trails } from './cloudtrail/resources.ts';
export { cloudWatchLogs, logsDestinations } from './cloudwatch-logs/resources.ts';
export { codeArtifact } from './codeartifact/resources.ts';
export { codeBuild } from './codebuild/resources.ts';
export { codeCommit } from './codecommit/resources.ts';
export { codePipeline } from './codepipeline/resources.ts';
export { deliveryChannels } from './config/resources.ts';
export { dmsEndpoints, replicationConfigs, replicationInstances } from './dms/resources.ts';
export { dynamoDbBackups } from './dynamodb/backups.ts';
export { dynamoDb } from './dynamodb/resources.ts';
export { ebsDefault, ebsSnapshots, ebsVolumes } from './ebs/resources.ts';
export { images } from './ec2/resources.ts';
export { ecr, ecrRegistry } from './ecr/resources.ts';
export { ecs } from './ecs/resources.ts';
export { efs } from './efs/resources.ts';
export { eks } from './eks/resources.ts';
export {
  cacheClusters,
  cacheSnapshots,
  replicationGroups,
  serverlessCacheSnapshots,
  serverlessCaches,
} from './elasticache/resources.ts';
export { eventArchives, eventBuses } from './eventbridge/resources.ts';
export { firehose } from './firehose/resources.ts';
export { fsxBackups, fsxFileSystems } from './fsx/resources.ts';
export { glue } from './glue/resources.ts';
export { guardDuty } from './guardduty/resources.ts';
export { iot } from './iot/resources.ts';
export { siteWise } from './iotsitewise/resources.ts';
export { kendra } from './kendra/resources.ts';
export { kinesis } from './kinesis/resources.ts';
export { lambda } from './lambda/resources.ts';
export { macie } from './macie2/resources.ts';
export { memoryDbClusters, memoryDbSnapshots } from './memorydb/resources.ts';
export { mq } from './mq/resources.ts';
export { msk } from './msk/resources.ts';
export { airflow } from './mwaa/resources.ts';
export { openSearch } from './opensearch/resources.ts';
export { openSearchServerless } from './opensearch-serverless/resources.ts';
export { rdsClusterSnapshots, rdsClusters, rdsInstances, rdsSnapshots } from './rds/resources.ts';
export { redshiftClusters, redshiftDatashares, redshiftSnapshots } from './redshift/resources.ts';
export { redshiftNamespaceSnapshots, redshiftNamespaces } from './redshift-serverless/resources.ts';
export { route53 } from './route53/resources.ts';
export { s3AccessGrants } from './s3-access-grants/resources.ts';
export { s3Express } from './s3-express/resources.ts';
export { s3Tables } from './s3-tables/resources.ts';
export { s3Vectors } from './s3-vectors/resources.ts';
export { endpointConfigs, notebooks, studioDomains } from './sagemaker/resources.ts';
export { secretsManager } from './secrets-manager/resources.ts';
export { sessionManager } from './session-manager/resources.ts';
export { sns } from './sns/resources.ts';
export { sqs } from './sqs/resources.ts';
export { ssm } from './ssm/resources.ts';
export { activities, stateMachines } from './step-functions/resources.ts';
export { timestream } from './timestream/resources.ts';
export { influxClusters, influxInstances } from './timestream-influxdb/resources.ts';
export { workSpaces } from './workspaces/resources.ts';
export { xRay } from './xray/resources.ts';
