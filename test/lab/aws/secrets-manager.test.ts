import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, onTestFinished, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import { startSimulator } from '../../../lab/aws/server.ts';
import { secrets } from '../../../lab/aws/services/secrets-manager.ts';

const region = 'eu-west-1';

test('a secret is described by name and by ARN, with the key that it names', async () => {
  const organization = newOrganization();
  const data = addAccount(organization, { id: '222222222222' });
  const simulator = await startSimulator(organization);
  onTestFinished(() => simulator.close());
  const credentials = baseCredentials(data.id);
  const client = new SecretsManagerClient({ endpoint: simulator.url, region, credentials, maxAttempts: 1 });
  secrets.add(data, region, { name: 'own', kmsKeyId: 'alias/own' });
  secrets.add(data, region, { name: 'plain' });
  const arn = (name: string) => `arn:aws:secretsmanager:${region}:${data.id}:secret:${name}-AbCdEf`;
  const told = async (SecretId: string) => {
    const { ARN, Name, KmsKeyId } = await client.send(new DescribeSecretCommand({ SecretId }));
    return [ARN, Name, KmsKeyId];
  };
  expect(await told('own')).toEqual([arn('own'), 'own', 'alias/own']);
  expect(await told(arn('plain'))).toEqual([arn('plain'), 'plain', undefined]);
  await expect(told('gone')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
