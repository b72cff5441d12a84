import type { Service } from '../service.ts';
import { account } from './account.ts';
import { appFlow } from './appflow.ts';
import { athena } from './athena.ts';
import { backup } from './backup.ts';
import { bedrock } from './bedrock.ts';
import { cloudTrail } from './cloudtrail.ts';
import { cloudWatch } from './cloudwatch.ts';
import { cloudWatchLogs } from './cloudwatch-logs.ts';
import { codeArtifact } from './codeartifact.ts';
import { codeBuild } from './codebuild.ts';
import { codeCommit } from './codecommit.ts';
import { codePipeline } from './codepipeline.ts';
import { config } from './config.ts';
import { dms } from './dms.ts';
import { dynamoDb } from './dynamodb.ts';
import { ec2 } from './ec2.ts';
import { ecr } from './ecr.ts';
import { ecs } from './ecs.ts';
import { efs } from './efs.ts';
import { eks } from './eks.ts';
import { elastiCache } from './elasticache.ts';
import { eventBridge } from './eventbridge.ts';
import { firehose } from './firehose.ts';
import { fsx } from './fsx.ts';
import { glue } from './glue.ts';
import { guardDuty } from './guardduty.ts';
import { iam } from './iam.ts';
import { iot } from './iot.ts';
import { siteWise } from './iotsitewise.ts';
import { kafka } from './kafka.ts';
import { kendra } from './kendra.ts';
import { kinesis } from './kinesis.ts';
import { kms } from './kms.ts';
import { lambda } from './lambda.ts';
import { macie } from './macie2.ts';
import { memoryDb } from './memorydb.ts';
import { mq } from './mq.ts';
import { airflow } from './mwaa.ts';
import { openSearch } from './opensearch.ts';
import { openSearchServerless } from './opensearch-serverless.ts';
import { organizations } from './organizations.ts';
import { prometheus } from './prometheus.ts';
import { ram } from './ram.ts';
import { rds } from './rds.ts';
import { redshift } from './redshift.ts';
import { redshiftServerless } from './redshift-serverless.ts';
import { route53 } from './route53.ts';
import { s3 } from './s3.ts';
import { s3Control, s3MultiRegion } from './s3-control.ts';
import { s3Express } from './s3-express.ts';
import { s3Tables } from './s3-tables.ts';
import { s3Vectors } from './s3-vectors.ts';
import { sageMaker } from './sagemaker.ts';
import { secretsManager } from './secrets-manager.ts';
import { sns } from './sns.ts';
import { sqs } from './sqs.ts';
import { ssm } from './ssm.ts';
import { stepFunctions } from './step-functions.ts';
import { sts } from './sts.ts';
import { timestream } from './timestream.ts';
import { timestreamInfluxDb } from './timestream-influxdb.ts';
import { workSpaces } from './workspaces.ts';
import { xRay } from './xray.ts';

/** Every service that the simulator speaks. */
export const services: readonly Service[] = [
  sts,
  organizations,
  account,
  iam,
  ec2,
  kms,
  s3,
  s3Control,
  s3MultiRegion,
  sqs,
  sns,
  secretsManager,
  dynamoDb,
  rds,
  lambda,
  cloudWatchLogs,
  cloudWatch,
  ecr,
  efs,
  kinesis,
  backup,
  cloudTrail,
  ssm,
  eks,
  kafka,
  codeArtifact,
  codeBuild,
  codePipeline,
  s3Express,
  s3Tables,
  s3Vectors,
  eventBridge,
  firehose,
  openSearch,
  openSearchServerless,
  glue,
  ram,
  redshift,
  redshiftServerless,
  elastiCache,
  memoryDb,
  fsx,
  stepFunctions,
  athena,
  dms,
  mq,
  prometheus,
  codeCommit,
  sageMaker,
  workSpaces,
  xRay,
  iot,
  siteWise,
  macie,
  ecs,
  route53,
  guardDuty,
  config,
  airflow,
  appFlow,
  bedrock,
  timestream,
  kendra,
  timestreamInfluxDb,
];
