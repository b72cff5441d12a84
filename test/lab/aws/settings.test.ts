import { AppflowClient, DescribeFlowCommand, ListFlowsCommand } from '@aws-sdk/client-appflow';
import { ConfigServiceClient, DescribeDeliveryChannelsCommand } from '@aws-sdk/client-config-service';
import {
  DescribePublishingDestinationCommand,
  GuardDutyClient,
  paginateListDetectors,
  paginateListPublishingDestinations,
} from '@aws-sdk/client-guardduty';
import { DescribeEncryptionConfigurationCommand, IoTClient } from '@aws-sdk/client-iot';
import {
  DescribeDefaultEncryptionConfigurationCommand,
  IoTSiteWiseClient,
} from '@aws-sdk/client-iotsitewise';
import { DescribeIndexCommand, KendraClient, ListIndicesCommand } from '@aws-sdk/client-kendra';
import { GetClassificationExportConfigurationCommand, Macie2Client } from '@aws-sdk/client-macie2';
import { GetDocumentCommand, SSMClient } from '@aws-sdk/client-ssm';
import { paginateDescribeWorkspaces, WorkSpacesClient } from '@aws-sdk/client-workspaces';
import { GetEncryptionConfigCommand, XRayClient } from '@aws-sdk/client-xray';
import { expect, test } from 'vitest';
import { resourcesIn } from '../../../lab/aws/organizations/resources.ts';
import { oneAccount } from './one-account.ts';

const region = 'us-east-1';
const key = `arn:aws:kms:${region}:222222222222:key/k`;
const account = oneAccount(region);
const add = () => resourcesIn(account.data, region);

test('WorkSpaces come page by page, with the key of their volumes', async () => {
  for (let index = 0; index < 25; index++) add().desktop({ id: `ws-${index}` });
  add().desktop({ id: 'ws-own', key, root: null });
  const client = new WorkSpacesClient(account.options);
  const pages: unknown[] = [];
  for await (const { Workspaces } of paginateDescribeWorkspaces({ client }, {}))
    pages.push([Workspaces?.length, Workspaces?.[0]]);
  expect(pages).toMatchObject([
    [25, { WorkspaceId: 'ws-0', RootVolumeEncryptionEnabled: false, UserVolumeEncryptionEnabled: false }],
    [1, { WorkspaceId: 'ws-own', VolumeEncryptionKey: key, UserVolumeEncryptionEnabled: true }],
  ]);
});

test('X-Ray tells the key that was set, and that none was', async () => {
  const client = new XRayClient(account.options);
  const asked = async () => (await client.send(new GetEncryptionConfigCommand({}))).EncryptionConfig;
  expect(await asked()).toEqual({ Status: 'ACTIVE', Type: 'NONE' });
  add().traceSetting({ name: 'encryption', key });
  expect(await asked()).toEqual({ KeyId: key, Status: 'ACTIVE', Type: 'KMS' });
});

test('IoT Core tells the key that was set, and that none was', async () => {
  const client = new IoTClient(account.options);
  const asked = () => client.send(new DescribeEncryptionConfigurationCommand({}));
  expect(await asked()).toMatchObject({ encryptionType: 'AWS_OWNED_KMS_KEY' });
  add().iotSetting({ name: 'encryption', key });
  expect(await asked()).toMatchObject({
    encryptionType: 'CUSTOMER_MANAGED_KMS_KEY',
    kmsKeyArn: key,
    configurationDetails: { configurationStatus: 'HEALTHY' },
  });
});

test('IoT SiteWise tells the key that was set, and that none was', async () => {
  const client = new IoTSiteWiseClient({ ...account.options, disableHostPrefix: true });
  const asked = () => client.send(new DescribeDefaultEncryptionConfigurationCommand({}));
  expect(await asked()).toMatchObject({
    encryptionType: 'SITEWISE_DEFAULT_ENCRYPTION',
    configurationStatus: { state: 'ACTIVE' },
  });
  add().siteWiseSetting({ name: 'encryption', key });
  expect(await asked()).toMatchObject({ encryptionType: 'KMS_BASED_ENCRYPTION', kmsKeyArn: key });
});

test('Macie tells where it stores results, and that it is off', async () => {
  const client = new Macie2Client(account.options);
  const asked = () => client.send(new GetClassificationExportConfigurationCommand({}));
  await expect(asked()).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: 'Macie is not enabled.',
  });
  add().macieSession({ name: 'session', key });
  expect((await asked()).configuration).toEqual({
    s3Destination: { bucketName: 'results', kmsKeyArn: key },
  });
});

test('GuardDuty tells where findings go, page by page', async () => {
  const client = new GuardDutyClient(account.options);
  add().detector({ id: '1' });
  for (let index = 10; index < 61; index++) add().publishingDestination({ id: `d-${index}`, key });
  const sizes: unknown[] = [];
  for await (const { DetectorIds } of paginateListDetectors({ client }, {})) sizes.push(DetectorIds);
  for await (const { Destinations } of paginateListPublishingDestinations({ client }, { DetectorId: '1' }))
    sizes.push([Destinations?.length, Destinations?.[0]?.DestinationId]);
  expect(sizes).toEqual([['1'], [50, 'd-10'], [1, 'd-60']]);
  const named = { DetectorId: '1', DestinationId: 'd-60' };
  const described = await client.send(new DescribePublishingDestinationCommand(named));
  expect(described.DestinationProperties?.KmsKeyArn).toBe(key);
});

test('Config tells its delivery channel, with its key', async () => {
  const client = new ConfigServiceClient(account.options);
  add().deliveryChannel({ name: 'default', key });
  const { DeliveryChannels } = await client.send(new DescribeDeliveryChannelsCommand({}));
  expect(DeliveryChannels).toMatchObject([{ name: 'default', s3KmsKeyArn: key }]);
});

test('Systems Manager tells a document, and that there is none', async () => {
  const client = new SSMClient(account.options);
  const asked = () => client.send(new GetDocumentCommand({ Name: 'SSM-SessionManagerRunShell' }));
  await expect(asked()).rejects.toMatchObject({ name: 'InvalidDocument' });
  add().document({ name: 'SSM-SessionManagerRunShell', content: '{"inputs":{}}' });
  expect(await asked()).toMatchObject({ Content: '{"inputs":{}}', DocumentFormat: 'JSON' });
});

test('AppFlow tells its flows, and the key of each', async () => {
  const client = new AppflowClient(account.options);
  add().flow({ name: 'orders', key });
  const { flows = [] } = await client.send(new ListFlowsCommand({ maxResults: 100 }));
  expect(flows).toMatchObject([{ flowName: 'orders' }]);
  const [{ flowName } = {}] = flows;
  expect(await client.send(new DescribeFlowCommand({ flowName }))).toMatchObject({ kmsArn: key });
});

test('Kendra tells its indexes, and the key of each', async () => {
  const client = new KendraClient(account.options);
  add().searchIndex({ id: 'wiki', key });
  const listed = await client.send(new ListIndicesCommand({}));
  expect(listed.IndexConfigurationSummaryItems).toMatchObject([{ Id: 'wiki' }]);
  expect(await client.send(new DescribeIndexCommand({ Id: 'wiki' }))).toMatchObject({
    ServerSideEncryptionConfiguration: { KmsKeyId: key },
  });
});
