import {
  GetDataCatalogEncryptionSettingsCommand,
  GetResourcePolicyCommand,
  GlueClient,
  paginateGetResourcePolicies,
} from '@aws-sdk/client-glue';
import { expect, onTestFinished, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import { startSimulator } from '../../../lab/aws/server.ts';
import { catalogs } from '../../../lab/aws/services/glue.ts';

test('a region has one catalog, which tells its settings and policies', async () => {
  const organization = newOrganization();
  const data = addAccount(organization, { id: '222222222222' });
  const simulator = await startSimulator(organization);
  onTestFinished(() => simulator.close());
  const clientOf = (region: string) =>
    new GlueClient({
      endpoint: simulator.url,
      region,
      credentials: baseCredentials(data.id),
      maxAttempts: 1,
    });
  const key = 'arn:aws:kms:eu-west-1:222222222222:key/k';
  catalogs.add(data, 'eu-west-1', {
    name: 'catalog',
    mode: 'SSE-KMS',
    kmsKeyId: key,
    passwordKeyId: key,
    policy: '{"Version":"2012-10-17"}',
    ofShares: ['{"Version":"2008-10-17"}'],
  });
  const settingsIn = async (region: string) =>
    (await clientOf(region).send(new GetDataCatalogEncryptionSettingsCommand({})))
      .DataCatalogEncryptionSettings;
  expect(await settingsIn('eu-west-1')).toEqual({
    EncryptionAtRest: { CatalogEncryptionMode: 'SSE-KMS', SseAwsKmsKeyId: key },
    ConnectionPasswordEncryption: { ReturnConnectionPasswordEncrypted: true, AwsKmsKeyId: key },
  });
  expect(await settingsIn('us-east-1')).toEqual({
    EncryptionAtRest: { CatalogEncryptionMode: 'DISABLED' },
    ConnectionPasswordEncryption: { ReturnConnectionPasswordEncrypted: false },
  });

  const pages: unknown[] = [];
  for await (const page of paginateGetResourcePolicies({ client: clientOf('eu-west-1'), pageSize: 1 }, {}))
    pages.push(page.GetResourcePoliciesResponseList?.map(({ PolicyInJson }) => PolicyInJson));
  expect(pages).toEqual([['{"Version":"2008-10-17"}'], ['{"Version":"2012-10-17"}']]);
  const ownIn = async (region: string) =>
    (await clientOf(region).send(new GetResourcePolicyCommand({}))).PolicyInJson;
  expect(await ownIn('eu-west-1')).toBe('{"Version":"2012-10-17"}');
  await expect(ownIn('us-east-1')).rejects.toMatchObject({ name: 'EntityNotFoundException' });
});
