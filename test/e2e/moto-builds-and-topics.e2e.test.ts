import { CodeBuildClient, CreateProjectCommand } from '@aws-sdk/client-codebuild';
import { CodePipelineClient, CreatePipelineCommand } from '@aws-sdk/client-codepipeline';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateClusterCommand,
  CreateClusterV2Command,
  KafkaClient,
  PutClusterPolicyCommand,
} from '@aws-sdk/client-kafka';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import { type Emulator, startMoto } from '../../lab/emulators.ts';
import { resources } from '../../src/tables/resources.ts';
import { simulate } from '../aws/simulated.ts';
import { RecordingSink } from '../enumerate/recording-sink.ts';
import { visitResources } from '../enumerate/visit-resources.ts';

const region = 'eu-west-1';
const reader = '333333333333';
let moto: Emulator;
let key: string;

const options = () => ({ endpoint: moto.url, region, credentials: moto.credentials, maxAttempts: 1 });

beforeAll(async () => {
  moto = await startMoto();
  const { KeyMetadata } = await new KMSClient(options()).send(
    new CreateKeyCommand({ KeyUsage: 'ENCRYPT_DECRYPT' }),
  );
  key = KeyMetadata?.Arn ?? '';
  await createClusters(new KafkaClient(options()));
  const builds = new CodeBuildClient(options());
  for (const name of ['site', 'shop'])
    await builds.send(
      new CreateProjectCommand({
        name,
        source: { type: 'S3', location: 'bucket/path' },
        artifacts: { type: 'NO_ARTIFACTS' },
        environment: { type: 'LINUX_CONTAINER', image: 'an-image', computeType: 'BUILD_GENERAL1_SMALL' },
        serviceRole: `arn:aws:iam::${moto.managementAccountId}:role/service-role/builds`,
      }),
    );
});
afterAll(() => moto.close());

async function createClusters(client: KafkaClient): Promise<void> {
  const { ClusterArn } = await client.send(
    // Clusters that moto 5.2.5 makes by CreateClusterV2 forget their key.
    new CreateClusterCommand({
      ClusterName: 'orders',
      BrokerNodeGroupInfo: { InstanceType: 'kafka.m5.large', ClientSubnets: ['subnet-1'] },
      EncryptionInfo: { EncryptionAtRest: { DataVolumeKMSKeyId: key } },
      KafkaVersion: '3.5.1',
      NumberOfBrokerNodes: 2,
    }),
  );
  const statement = (Resource: string | undefined) => ({
    Effect: 'Allow',
    Principal: { AWS: reader },
    Action: 'kafka-cluster:*',
    Resource,
  });
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [statement(ClusterArn), statement(`${ClusterArn?.replace(':cluster/', ':topic/')}/*`)],
  });
  await client.send(new PutClusterPolicyCommand({ ClusterArn, Policy }));
  await client.send(
    new CreateClusterV2Command({
      ClusterName: 'serverless',
      Serverless: { VpcConfigs: [{ SubnetIds: ['subnet-1'] }] },
    }),
  );
}

/** The rows of a service in moto's only account, by the names of resources. */
async function rowsOf(service: string, name: (arn: string) => string | undefined) {
  const organization = newOrganization();
  addAccount(organization, { id: moto.managementAccountId });
  const customEndpoint = { url: moto.url, partitionId: null, signingRegion: region, hostnameImmutable: true };
  await using simulated = await simulate(organization, {}, { customEndpoint });
  const sink = new RecordingSink(resources);
  await visitResources(simulated, sink, { accountId: moto.managementAccountId, region }, [service]);
  return new Map(sink.rows(resources).map((row) => [name(String(row.arn)), row]));
}

test('clusters of MSK are read as they were made', async () => {
  // moto's ARNs have an id alone, and another word for serverless ones.
  const rows = await rowsOf('kafka', (arn) => arn.split(/[:/]/)[5]);
  expect(rows.size).toBe(2);
  expect(rows.get('cluster')).toMatchObject({
    encryption_state: 'kms',
    kms_key_arn: key,
    shared_account_ids: [reader],
    cross_account_read: 'possible',
    cross_account_write: 'possible',
  });
  expect(rows.get('serverless-cluster')).toMatchObject({
    encryption_state: 'aws_owned_or_managed',
    kms_key_arn: null,
  });
});

test('build projects are read with their keys', async () => {
  const rows = await rowsOf('codebuild', (arn) => arn.split('/').at(-1));
  expect([...rows.keys()].toSorted()).toEqual(['shop', 'site']);
  // moto 5.2.5 names this key for every project, and serves no policies: those are not known, and never none.
  const s3 = `arn:aws:kms:${region}:${moto.managementAccountId}:alias/aws/s3`;
  for (const row of rows.values())
    expect(row).toMatchObject({ encryption_state: 'kms', kms_key_id: s3, shared_account_ids: null });
});

test('pipelines are read with the keys of their stores', async () => {
  const client = new CodePipelineClient(options());
  const trust = {
    Effect: 'Allow',
    Principal: { Service: 'codepipeline.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };
  await new IAMClient(options()).send(
    new CreateRoleCommand({
      RoleName: 'pipeline',
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
    }),
  );
  const action = (category: 'Source' | 'Approval', provider: string) => ({
    name: provider,
    actionTypeId: { category, owner: 'AWS' as const, provider, version: '1' },
  });
  await client.send(
    new CreatePipelineCommand({
      pipeline: {
        name: 'release',
        roleArn: `arn:aws:iam::${moto.managementAccountId}:role/pipeline`,
        artifactStore: { type: 'S3', location: 'artifacts', encryptionKey: { id: key, type: 'KMS' } },
        stages: [
          { name: 'from', actions: [action('Source', 'S3')] },
          { name: 'to', actions: [action('Approval', 'Manual')] },
        ],
      },
    }),
  );
  const rows = await rowsOf('codepipeline', (arn) => arn.split(':').at(-1));
  expect(rows.get('release')).toMatchObject({ encryption_state: 'kms', kms_key_arn: key, errors: null });
});
