import { CloudTrailClient, CreateTrailCommand } from '@aws-sdk/client-cloudtrail';
import {
  ConfigServiceClient,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
} from '@aws-sdk/client-config-service';
import { CreateClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { CreateDomainCommand, OpenSearchClient } from '@aws-sdk/client-opensearch';
import {
  CreateCollectionCommand,
  CreateSecurityPolicyCommand,
  OpenSearchServerlessClient,
} from '@aws-sdk/client-opensearchserverless';
import { CreateOrganizationCommand } from '@aws-sdk/client-organizations';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startMoto } from '../../lab/emulators.ts';
import { clientsOf, createUnit, type Endpoint, memberOf, pipelineTo } from './emulated.ts';
import type { Pipeline } from './pipeline.ts';

const region = 'us-east-1';
let moto: Emulator;
let pipeline: Pipeline;
let data: string;
/** ARN of the key that resources were made with. */
let key: string;

beforeAll(async () => {
  moto = await startMoto();
  pipeline = await pipelineTo(moto);
  await clientsOf(moto).organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const { accountIds, unitId } = await createUnit(moto, 'workloads', ['data']);
  [data = ''] = accountIds;
  await createResources(await memberOf(moto, data, 'anything'));
  await pipeline.sync({
    tables: ['aws_encryption_resources'],
    spec: {
      regions: [region, 'eu-west-1'],
      resource_services: ['*'],
      org: { member_role_name: 'anything', organization_units: [unitId] },
      max_retries: 0,
    },
  });
});
afterAll(async () => {
  await pipeline.close();
  await moto.close();
});

const letIn = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::999988887777:root' },
      Action: 'es:ESHttpGet',
      Resource: '*',
    },
  ],
};

/** Of each sort one under a key, and one that names none where moto lets it. */
async function createResources({ url, credentials }: Endpoint): Promise<void> {
  const options = { endpoint: url, region, credentials, maxAttempts: 1 };
  const { KeyMetadata } = await clientsOf({ url, credentials }).kms.send(new CreateKeyCommand({}));
  key = KeyMetadata?.Arn ?? '';

  const S3BucketName = 'logs-of-data';
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: S3BucketName }));
  const cloudTrail = new CloudTrailClient(options);
  const trail = { S3BucketName, IsMultiRegionTrail: true };
  await cloudTrail.send(new CreateTrailCommand({ ...trail, Name: 'under-key', KmsKeyId: key }));
  await cloudTrail.send(new CreateTrailCommand({ ...trail, Name: 'plain' }));

  const ssm = new SSMClient(options);
  const secure = { Value: 'secret', Type: 'SecureString' } as const;
  await ssm.send(new PutParameterCommand({ ...secure, Name: '/prod/under-key', KeyId: key }));
  // More than moto gives in one page.
  for (let index = 10; index < 22; index++)
    await ssm.send(new PutParameterCommand({ ...secure, Name: `plain-${index}` }));
  await ssm.send(new PutParameterCommand({ Name: 'text', Value: 'open', Type: 'String' }));

  const eks = new EKSClient(options);
  const cluster = { roleArn: `arn:aws:iam::${data}:role/eks`, resourcesVpcConfig: {}, version: '1.34' };
  const encryptionConfig = [{ resources: ['secrets'], provider: { keyArn: key } }];
  await eks.send(new CreateClusterCommand({ ...cluster, name: 'under-key', encryptionConfig }));
  await eks.send(new CreateClusterCommand({ ...cluster, name: 'plain' }));

  const openSearch = new OpenSearchClient(options);
  await openSearch.send(
    new CreateDomainCommand({
      DomainName: 'under-key',
      EncryptionAtRestOptions: { Enabled: true, KmsKeyId: key },
      AccessPolicies: JSON.stringify(letIn),
    }),
  );
  await openSearch.send(new CreateDomainCommand({ DomainName: 'plain' }));

  const serverless = new OpenSearchServerlessClient(options);
  const policy = {
    Rules: [{ ResourceType: 'collection', Resource: ['collection/under-key'] }],
    AWSOwnedKey: false,
    KmsARN: key,
  };
  await serverless.send(
    new CreateSecurityPolicyCommand({ name: 'key', type: 'encryption', policy: JSON.stringify(policy) }),
  );
  await serverless.send(new CreateCollectionCommand({ name: 'under-key', type: 'SEARCH' }));

  const config = new ConfigServiceClient(options);
  const ConfigurationRecorder = { name: 'default', roleARN: `arn:aws:iam::${data}:role/config` };
  await config.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder }));
  const DeliveryChannel = { name: 'under-key', s3BucketName: S3BucketName, s3KmsKeyArn: key };
  await config.send(new PutDeliveryChannelCommand({ DeliveryChannel }));
}

async function rowsOf(service: string) {
  const rows = await pipeline.rows('aws_encryption_resources', `service = '${service}'`);
  const told = rows.map((row) => [
    String(row.arn).replace(`:${region}:${data}:`, ':'),
    row.encryption_state,
    row.kms_key_arn,
    row.shared_account_ids,
    row.errors,
  ]);
  return told.toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1));
}

test('trails have a row in their home region alone', async () => {
  expect(await rowsOf('cloudtrail')).toEqual([
    ['arn:aws:cloudtrail:trail/plain', 'aws_owned', null, [], null],
    ['arn:aws:cloudtrail:trail/under-key', 'kms', key, [], null],
  ]);
});

test('parameters have one where they are of type SecureString', async () => {
  const rows = await rowsOf('ssm');
  expect(rows.length).toBe(13);
  expect(rows.map(([arn]) => arn)).not.toContain('arn:aws:ssm:parameter/text');
  expect(rows.at(-1)?.slice(0, 3)).toEqual(['arn:aws:ssm:parameter/prod/under-key', 'kms', key]);
  expect(rows.slice(0, -1).map(([, state]) => state)).toEqual(Array(12).fill('kms'));
});

test('clusters tell the key of their Kubernetes API', async () => {
  expect(await rowsOf('eks')).toEqual([
    ['arn:aws:eks:cluster/plain', 'aws_owned', null, [], null],
    ['arn:aws:eks:cluster/under-key', 'kms', key, [], null],
  ]);
});

test('search domains tell their key and whom they let in', async () => {
  expect(await rowsOf('es')).toEqual([
    ['arn:aws:es:domain/plain', 'none', null, [], null],
    ['arn:aws:es:domain/under-key', 'kms', key, ['999988887777'], null],
  ]);
});

test('serverless collections tell their key', async () => {
  expect(await rowsOf('aoss')).toEqual([
    [expect.stringMatching(/^arn:aws:aoss:collection\/\w+$/), 'kms', key, [], null],
  ]);
});

test('delivery channels tell their key', async () => {
  expect(await rowsOf('config')).toEqual([
    ['arn:aws:config:delivery-channel/under-key', 'kms', key, [], null],
  ]);
});
