import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccountClient } from '@aws-sdk/client-account';
import { AmpClient } from '@aws-sdk/client-amp';
import { AppflowClient } from '@aws-sdk/client-appflow';
import { AthenaClient } from '@aws-sdk/client-athena';
import { BackupClient } from '@aws-sdk/client-backup';
import { BedrockClient } from '@aws-sdk/client-bedrock';
import { BedrockAgentClient } from '@aws-sdk/client-bedrock-agent';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CodeartifactClient } from '@aws-sdk/client-codeartifact';
import { CodeBuildClient } from '@aws-sdk/client-codebuild';
import { CodeCommitClient } from '@aws-sdk/client-codecommit';
import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { DatabaseMigrationServiceClient } from '@aws-sdk/client-database-migration-service';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { EFSClient } from '@aws-sdk/client-efs';
import { EKSClient } from '@aws-sdk/client-eks';
import { ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { FSxClient } from '@aws-sdk/client-fsx';
import { GlueClient } from '@aws-sdk/client-glue';
import { GuardDutyClient } from '@aws-sdk/client-guardduty';
import { IAMClient } from '@aws-sdk/client-iam';
import { IoTClient } from '@aws-sdk/client-iot';
import { IoTSiteWiseClient } from '@aws-sdk/client-iotsitewise';
import { KafkaClient } from '@aws-sdk/client-kafka';
import { KendraClient } from '@aws-sdk/client-kendra';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { Macie2Client } from '@aws-sdk/client-macie2';
import { MemoryDBClient } from '@aws-sdk/client-memorydb';
import { MqClient } from '@aws-sdk/client-mq';
import { OpenSearchClient } from '@aws-sdk/client-opensearch';
import { OpenSearchServerlessClient } from '@aws-sdk/client-opensearchserverless';
import { RAMClient } from '@aws-sdk/client-ram';
import { RDSClient } from '@aws-sdk/client-rds';
import { RedshiftClient } from '@aws-sdk/client-redshift';
import { RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import { Route53Client } from '@aws-sdk/client-route-53';
import { S3Client } from '@aws-sdk/client-s3';
import { S3TablesClient } from '@aws-sdk/client-s3tables';
import { S3VectorsClient } from '@aws-sdk/client-s3vectors';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { TimestreamWriteClient } from '@aws-sdk/client-timestream-write';
import { WorkSpacesClient } from '@aws-sdk/client-workspaces';
import { XRayClient } from '@aws-sdk/client-xray';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkout } from '../../lab/checkout.ts';
import { partitionOfRegion, regionNames } from '../../src/aws/partitions.ts';
import { type EndpointName, regionalEndpoint, signingRegionOf } from '../../src/aws/regional-endpoint.ts';
import { accountApi } from '../../src/services/account/calls.ts';
import { appFlowEndpoint } from '../../src/services/appflow/resources.ts';
import { prometheusEndpoint } from '../../src/services/aps/resources.ts';
import { athenaApi } from '../../src/services/athena/calls.ts';
import { backupEndpoint } from '../../src/services/backup/resources.ts';
import { bedrockAgentEndpoint, bedrockEndpoint } from '../../src/services/bedrock/resources.ts';
import { cloudTrailEndpoint } from '../../src/services/cloudtrail/resources.ts';
import { cloudWatchApi } from '../../src/services/cloudwatch/calls.ts';
import { logsEndpoint } from '../../src/services/cloudwatch-logs/resources.ts';
import { codeArtifactApi } from '../../src/services/codeartifact/calls.ts';
import { codeBuildApi } from '../../src/services/codebuild/calls.ts';
import { codeCommitEndpoint } from '../../src/services/codecommit/resources.ts';
import { codePipelineApi } from '../../src/services/codepipeline/calls.ts';
import { configEndpoint } from '../../src/services/config/resources.ts';
import { dmsEndpoint } from '../../src/services/dms/resources.ts';
import { dynamoDbApi } from '../../src/services/dynamodb/calls.ts';
import { ec2Api } from '../../src/services/ec2/api.ts';
import { ecrEndpoint } from '../../src/services/ecr/resources.ts';
import { ecsApi } from '../../src/services/ecs/calls.ts';
import { efsEndpoint } from '../../src/services/efs/resources.ts';
import { eksApi } from '../../src/services/eks/calls.ts';
import { elastiCacheEndpoint } from '../../src/services/elasticache/resources.ts';
import { eventsEndpoint } from '../../src/services/eventbridge/resources.ts';
import { firehoseApi } from '../../src/services/firehose/calls.ts';
import { fsxEndpoint } from '../../src/services/fsx/resources.ts';
import { glueApi } from '../../src/services/glue/calls.ts';
import { guardDutyApi } from '../../src/services/guardduty/calls.ts';
import { iamApi } from '../../src/services/iam/api.ts';
import { iotEndpoint } from '../../src/services/iot/resources.ts';
import { siteWiseEndpoint } from '../../src/services/iotsitewise/resources.ts';
import { kendraEndpoint } from '../../src/services/kendra/resources.ts';
import { kinesisEndpoint } from '../../src/services/kinesis/resources.ts';
import { kmsApi } from '../../src/services/kms/calls.ts';
import { lambdaApi } from '../../src/services/lambda/calls.ts';
import { macieApi } from '../../src/services/macie2/calls.ts';
import { memoryDbEndpoint } from '../../src/services/memorydb/resources.ts';
import { mqEndpoint } from '../../src/services/mq/resources.ts';
import { mskEndpoint } from '../../src/services/msk/resources.ts';
import { airflowApi } from '../../src/services/mwaa/calls.ts';
import { openSearchApi } from '../../src/services/opensearch/calls.ts';
import { serverlessApi } from '../../src/services/opensearch-serverless/calls.ts';
import { ramApi } from '../../src/services/ram/calls.ts';
import { rdsApi } from '../../src/services/rds/calls.ts';
import { redshiftApi } from '../../src/services/redshift/calls.ts';
import { redshiftServerlessApi } from '../../src/services/redshift-serverless/api.ts';
import { route53Api } from '../../src/services/route53/calls.ts';
import { s3ExpressApi } from '../../src/services/s3-express/calls.ts';
import { s3TablesEndpoint } from '../../src/services/s3-tables/resources.ts';
import { s3VectorsEndpoint } from '../../src/services/s3-vectors/resources.ts';
import { sageMakerEndpoint } from '../../src/services/sagemaker/resources.ts';
import { secretsManagerEndpoint } from '../../src/services/secrets-manager/resources.ts';
import { snsApi } from '../../src/services/sns/calls.ts';
import { sqsApi } from '../../src/services/sqs/calls.ts';
import { ssmApi } from '../../src/services/ssm/calls.ts';
import { stepFunctionsEndpoint } from '../../src/services/step-functions/resources.ts';
import { timestreamEndpoint } from '../../src/services/timestream/calls.ts';
import { influxEndpoint } from '../../src/services/timestream-influxdb/resources.ts';
import { workSpacesApi } from '../../src/services/workspaces/calls.ts';
import { xRayEndpoint } from '../../src/services/xray/resources.ts';

afterEach(() => vi.unstubAllEnvs());

/** What the comparison needs of the SDK's clients, each of which has a type of its own. */
type SdkClient = new (config: {
  region: string;
}) => {
  readonly config: {
    readonly serviceId: string;
    endpointProvider(place: { Region: string; UseFIPS: boolean; UseDualStack: boolean }): {
      url: URL;
      properties?: { authSchemes?: readonly { signingRegion?: string }[] };
    };
  };
};

/** S3's client, as it asks for directory buckets and their settings. */
const S3ExpressClient: SdkClient = class {
  readonly config: InstanceType<SdkClient>['config'];

  constructor({ region }: { region: string }) {
    const { serviceId, endpointProvider } = new S3Client({ region }).config;
    this.config = {
      serviceId,
      endpointProvider: (place) => endpointProvider({ ...place, UseS3ExpressControlEndpoint: true }),
    };
  }
};

/** A client of which operations go to `api.` before the address of its rules: what the SDK calls a host prefix. */
const atApi = (Client: SdkClient): SdkClient =>
  class {
    readonly config: InstanceType<SdkClient>['config'];

    constructor(given: { region: string }) {
      const { serviceId, endpointProvider } = new Client(given).config;
      this.config = {
        serviceId,
        endpointProvider(place) {
          const { url, ...more } = endpointProvider(place);
          return { ...more, url: new URL(url.href.replace('://', '://api.')) };
        },
      };
    }
  };

/**
 * MWAA has no client of today in npm. AWS's rules for its addresses are those for X-Ray's, but for the name
 * (endpoint-rule-set-1.json of both, botocore 1.43.106, compared 2026-11-30).
 */
const MwaaClient: SdkClient = class {
  readonly config: InstanceType<SdkClient>['config'];

  constructor(given: { region: string }) {
    const { endpointProvider } = new (atApi(XRayClient))(given).config;
    this.config = {
      serviceId: 'MWAA',
      endpointProvider(place) {
        const { url, ...more } = endpointProvider(place);
        return { ...more, url: new URL(url.href.replace('.xray', '.airflow')) };
      },
    };
  }
};

/**
 * No client of Timestream for InfluxDB is among the dependencies. AWS's rules for its addresses are those for agents of
 * Bedrock, but for the name (endpoint-rule-set-1.json of both, botocore 1.43.106, compared 2026-11-30).
 */
const InfluxClient: SdkClient = class {
  readonly config: InstanceType<SdkClient>['config'];

  constructor(given: { region: string }) {
    const { endpointProvider } = new BedrockAgentClient(given).config;
    this.config = {
      serviceId: 'Timestream InfluxDB',
      endpointProvider(place) {
        const { url, ...more } = endpointProvider(place);
        return { ...more, url: new URL(url.href.replace('bedrock-agent', 'timestream-influxdb')) };
      },
    };
  }
};

const services: readonly (readonly [EndpointName, SdkClient])[] = [
  [accountApi.endpoint, AccountClient],
  [backupEndpoint, BackupClient],
  [cloudTrailEndpoint, CloudTrailClient],
  [cloudWatchApi.endpoint, CloudWatchClient],
  [logsEndpoint, CloudWatchLogsClient],
  [codeArtifactApi.endpoint, CodeartifactClient],
  [codeBuildApi.endpoint, CodeBuildClient],
  [codePipelineApi.endpoint, CodePipelineClient],
  [dynamoDbApi.endpoint, DynamoDBClient],
  [ec2Api.endpoint, EC2Client],
  [ecrEndpoint, ECRClient],
  [efsEndpoint, EFSClient],
  [elastiCacheEndpoint, ElastiCacheClient],
  [eksApi.endpoint, EKSClient],
  [eventsEndpoint, EventBridgeClient],
  [firehoseApi.endpoint, FirehoseClient],
  [glueApi.endpoint, GlueClient],
  [fsxEndpoint, FSxClient],
  [iamApi.endpoint, IAMClient],
  [mskEndpoint, KafkaClient],
  [kinesisEndpoint, KinesisClient],
  [kmsApi.endpoint, KMSClient],
  [lambdaApi.endpoint, LambdaClient],
  [memoryDbEndpoint, MemoryDBClient],
  [openSearchApi.endpoint, OpenSearchClient],
  [serverlessApi.endpoint, OpenSearchServerlessClient],
  [ramApi.endpoint, RAMClient],
  [rdsApi.endpoint, RDSClient],
  [redshiftApi.endpoint, RedshiftClient],
  [redshiftServerlessApi.endpoint, RedshiftServerlessClient],
  [s3ExpressApi.endpoint, S3ExpressClient],
  [s3TablesEndpoint, S3TablesClient],
  [s3VectorsEndpoint, S3VectorsClient],
  [secretsManagerEndpoint, SecretsManagerClient],
  [snsApi.endpoint, SNSClient],
  [sqsApi.endpoint, SQSClient],
  [ssmApi.endpoint, SSMClient],
  [stepFunctionsEndpoint, SFNClient],
  [athenaApi.endpoint, AthenaClient],
  [dmsEndpoint, DatabaseMigrationServiceClient],
  [mqEndpoint, MqClient],
  [prometheusEndpoint, AmpClient],
  [codeCommitEndpoint, CodeCommitClient],
  [sageMakerEndpoint, SageMakerClient],
  [workSpacesApi.endpoint, WorkSpacesClient],
  [xRayEndpoint, XRayClient],
  [iotEndpoint, IoTClient],
  [siteWiseEndpoint, atApi(IoTSiteWiseClient)],
  [macieApi.endpoint, Macie2Client],
  [ecsApi.endpoint, ECSClient],
  [route53Api.endpoint, Route53Client],
  [guardDutyApi.endpoint, GuardDutyClient],
  [configEndpoint, ConfigServiceClient],
  [airflowApi.endpoint, MwaaClient],
  [appFlowEndpoint, AppflowClient],
  [bedrockEndpoint, BedrockClient],
  [bedrockAgentEndpoint, BedrockAgentClient],
  [timestreamEndpoint, TimestreamWriteClient],
  [kendraEndpoint, KendraClient],
  [influxEndpoint, InfluxClient],
];

/** As an endpoint is declared. */
const serviceId = /\bserviceId: '([^']+)'/g;

const settings = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;

it('is checked for every service whose addresses we make', () => {
  const files = readdirSync(join(checkout, 'src/services'), { recursive: true, encoding: 'utf8' });
  const declared = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(join(checkout, 'src/services', file), 'utf8').matchAll(serviceId)])
    .map(([, id]) => id);
  expect(services.map(([name]) => name.serviceId).sort()).toEqual(declared.sort());
});

/** Where the SDK's own client would ask, or what it says instead. */
function bySdk(Client: SdkClient, Region: string, UseFIPS: boolean, UseDualStack: boolean): string {
  const { config } = new Client({ region: Region });
  try {
    return config.endpointProvider({ Region, UseFIPS, UseDualStack }).url.href;
  } catch (error) {
    return String(error);
  }
}

/** The region that the SDK's own client signs for: what its rules say of the address, else the client's. */
function signedBySdk(Client: SdkClient, Region: string): string {
  const { config } = new Client({ region: Region });
  const { properties } = config.endpointProvider({ Region, UseFIPS: false, UseDualStack: false });
  return properties?.authSchemes?.[0]?.signingRegion ?? Region;
}

describe.each(services)('the address of $prefix', (name, client) => {
  // Account Management is asked at the partition's home only.
  const isAsked = (region: string) =>
    name !== accountApi.endpoint || partitionOfRegion(region).homeRegion === region;

  it.each(settings)(
    'is the one of the SDK in every region, with FIPS %s and dual stack %s',
    async (fips, dual) => {
      vi.stubEnv('AWS_USE_FIPS_ENDPOINT', String(fips));
      vi.stubEnv('AWS_USE_DUALSTACK_ENDPOINT', String(dual));
      // A region that is yet to come is of the partition that its name tells.
      const regions = [...regionNames, 'eu-south-9', 'cn-east-9', 'us-gov-east-9'].filter(isAsked);
      const ours = regions.map((region) =>
        regionalEndpoint(name, region, null).then(({ href }) => href, String),
      );
      expect(await Promise.all(ours)).toEqual(regions.map((region) => bySdk(client, region, fips, dual)));
    },
  );

  it('has requests signed for the region that the SDK signs for', () => {
    const ours = regionNames.filter(isAsked).map((region) => signingRegionOf(name, region));
    expect(ours).toEqual(regionNames.filter(isAsked).map((region) => signedBySdk(client, region)));
  });

  it('is the one that the environment names for the service', async () => {
    const { serviceId } = new client({ region: 'eu-west-1' }).config;
    expect(name.serviceId).toBe(serviceId);
    vi.stubEnv(`AWS_ENDPOINT_URL_${serviceId.replaceAll(' ', '_').toUpperCase()}`, 'http://localhost:4566');
    expect(String(await regionalEndpoint(name, 'eu-west-1', null))).toBe('http://localhost:4566/');
  });
});
