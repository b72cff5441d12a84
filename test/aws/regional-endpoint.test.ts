import { BackupClient } from '@aws-sdk/client-backup';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { regionalEndpoint } from '../../src/aws/regional-endpoint.ts';
import { kinesisEndpoint } from '../../src/services/kinesis/resources.ts';

afterEach(() => vi.unstubAllEnvs());

const regions = ['eu-west-1', 'us-east-1', 'cn-north-1', 'us-gov-west-1', 'us-iso-east-1', 'eusc-de-east-1'];
const settings = [
  {},
  { AWS_USE_FIPS_ENDPOINT: 'true' },
  { AWS_USE_DUALSTACK_ENDPOINT: 'true' },
  { AWS_USE_FIPS_ENDPOINT: 'true', AWS_USE_DUALSTACK_ENDPOINT: 'true' },
];

/** Where the SDK's own client would ask, or what it says instead. */
async function bySdk(Client: typeof KinesisClient | typeof BackupClient, region: string): Promise<string> {
  const { config } = new Client({ region });
  const [UseFIPS, UseDualStack] = await Promise.all([
    config.useFipsEndpoint(),
    config.useDualstackEndpoint(),
  ]);
  try {
    return config.endpointProvider({ Region: region, UseFIPS, UseDualStack }).url.href;
  } catch (error) {
    return String(error);
  }
}

describe.each([
  { ...kinesisEndpoint, client: KinesisClient },
  { prefix: 'backup', serviceId: 'Backup', client: BackupClient },
])('the address of $prefix', ({ client, ...name }) => {
  it.each(regions.flatMap((region) => settings.map((env) => [region, env] as const)))(
    'is the one of the SDK in %s with %j',
    async (region, env) => {
      for (const [variable, value] of Object.entries(env)) vi.stubEnv(variable, value);
      const ours = await regionalEndpoint(name, region, null).then(({ href }) => href, String);
      expect(ours).toBe(await bySdk(client, region));
    },
  );

  it('is the one that the environment names for the service', async () => {
    vi.stubEnv(`AWS_ENDPOINT_URL_${name.serviceId.toUpperCase()}`, 'http://localhost:4566');
    expect(String(await regionalEndpoint(name, 'eu-west-1', null))).toBe('http://localhost:4566/');
  });
});
