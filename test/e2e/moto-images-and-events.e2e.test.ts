import {
  CloudWatchLogsClient,
  PutDestinationCommand,
  PutDestinationPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client, ModifyImageAttributeCommand, RegisterImageCommand } from '@aws-sdk/client-ec2';
import { CreateRepositoryCommand, ECRClient, PutRegistryPolicyCommand } from '@aws-sdk/client-ecr';
import {
  CreateArchiveCommand,
  CreateEventBusCommand,
  EventBridgeClient,
  PutPermissionCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateDeliveryStreamCommand,
  FirehoseClient,
  StartDeliveryStreamEncryptionCommand,
} from '@aws-sdk/client-firehose';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import { type Emulator, startMoto } from '../../lab/emulators.ts';
import { resources } from '../../src/tables/resources.ts';
import { simulate } from '../aws/simulated.ts';
import { RecordingSink } from '../enumerate/recording-sink.ts';
import { visitResources } from '../enumerate/visit-resources.ts';

const region = 'eu-west-1';
const reader = '222233334444';
let moto: Emulator;

beforeAll(async () => {
  moto = await startMoto();
}, 120_000);
afterAll(() => moto?.close());

test('what another’s emulator was given by AWS’s own clients is read as it was made', async () => {
  const owner = moto.managementAccountId;
  const options = { endpoint: moto.url, region, credentials: moto.credentials };
  const key = (await new KMSClient(options).send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? '';

  const ec2 = new EC2Client(options);
  const { ImageId } = await ec2.send(new RegisterImageCommand({ Name: 'golden' }));
  const Add = [{ UserId: reader }];
  await ec2.send(new ModifyImageAttributeCommand({ ImageId, LaunchPermission: { Add } }));

  const events = new EventBridgeClient(options);
  await events.send(new CreateEventBusCommand({ Name: 'orders' }));
  const bus = `arn:aws:events:${region}:${owner}:event-bus/orders`;
  await events.send(
    new PutPermissionCommand({
      EventBusName: 'orders',
      Action: 'events:PutEvents',
      Principal: reader,
      StatementId: 'reader',
    }),
  );
  await events.send(new CreateArchiveCommand({ ArchiveName: 'kept', EventSourceArn: bus }));

  const firehose = new FirehoseClient(options);
  await firehose.send(
    new CreateDeliveryStreamCommand({
      DeliveryStreamName: 'clicks',
      DeliveryStreamType: 'DirectPut',
      ExtendedS3DestinationConfiguration: {
        RoleARN: `arn:aws:iam::${owner}:role/firehose`,
        BucketARN: 'arn:aws:s3:::clicks',
      },
    }),
  );

  // moto tells no status of encryption that is asked for when a stream is made.
  await firehose.send(
    new StartDeliveryStreamEncryptionCommand({
      DeliveryStreamName: 'clicks',
      DeliveryStreamEncryptionConfigurationInput: { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: key },
    }),
  );

  const ecr = new ECRClient(options);
  await ecr.send(new CreateRepositoryCommand({ repositoryName: 'app' }));
  const statement = {
    Sid: 'reader',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${reader}:root` },
    Action: ['ecr:ReplicateImage', 'ecr:CreateRepository'],
    Resource: [`arn:aws:ecr:${region}:${owner}:repository/*`],
  };
  const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await ecr.send(new PutRegistryPolicyCommand({ policyText }));

  const logs = new CloudWatchLogsClient(options);
  const destination = await logs.send(
    new PutDestinationCommand({
      destinationName: 'central',
      targetArn: `arn:aws:kinesis:${region}:${owner}:stream/logs`,
      roleArn: `arn:aws:iam::${owner}:role/logs`,
    }),
  );
  const letsSend = {
    Effect: 'Allow',
    Principal: { AWS: reader },
    Action: 'logs:PutSubscriptionFilter',
    Resource: destination.destination?.arn,
  };
  const accessPolicy = JSON.stringify({ Version: '2012-10-17', Statement: [letsSend] });
  await logs.send(new PutDestinationPolicyCommand({ destinationName: 'central', accessPolicy }));

  const organization = newOrganization();
  addAccount(organization, { id: owner });
  const customEndpoint = { url: moto.url, partitionId: null, signingRegion: null, hostnameImmutable: true };
  await using simulated = await simulate(organization, {}, { customEndpoint });
  const sink = new RecordingSink(resources);
  const services = ['ec2', 'events', 'firehose', 'ecr', 'logs'];
  await visitResources(simulated, sink, { accountId: owner, region }, services);
  const seen = sink
    .rows(resources)
    .map((row) => [row.resource_type, row.encryption_state, row.kms_key_arn, row.shared_account_ids]);
  expect(seen.toSorted()).toEqual([
    ['delivery_stream', 'kms', key, []],
    ['destination', 'none', null, [reader]],
    ['event_archive', 'aws_owned', null, []],
    ['event_bus', 'aws_owned', null, []],
    ['event_bus', 'aws_owned', null, [reader]],
    // moto gives images a root device of a type that AWS does not have, `standard`.
    ['image', 'unknown', null, [reader]],
    ['registry', 'none', null, [reader]],
    // By the policy of the registry.
    ['repository', 'aws_owned', null, [reader]],
  ]);
  expect([...sink.said]).toEqual([]);
});
