import { cloudWatchLogs } from './cloudwatch-logs.ts';
import { dynamoDb } from './dynamodb.ts';
import { ebsDefault, ebsSnapshots, ebsVolumes } from './ebs.ts';
import { ecr } from './ecr.ts';
import { efs } from './efs.ts';
import { lambda } from './lambda.ts';
import { rdsClusterSnapshots, rdsClusters, rdsInstances, rdsSnapshots } from './rds.ts';
import { secretsManager } from './secrets-manager.ts';
import type { ResourceService } from './service.ts';
import { sns } from './sns.ts';
import { sqs } from './sqs.ts';

/** The services whose resources are read, sort by sort. A new one is a file and a line here. */
export const resourceServices: readonly ResourceService[] = [
  sqs,
  sns,
  secretsManager,
  dynamoDb,
  ebsSnapshots,
  ebsVolumes,
  ebsDefault,
  rdsSnapshots,
  rdsClusterSnapshots,
  rdsInstances,
  rdsClusters,
  lambda,
  cloudWatchLogs,
  ecr,
  efs,
];
