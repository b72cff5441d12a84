import type { CustomEndpoint } from './settings.ts';

const endpoints = new Map<string, Promise<URL>>();

/**
 * Where KMS of a region is asked. The SDK knows every partition's addresses, and the FIPS and dual-stack settings
 * of the environment and the profile.
 */
export function kmsEndpoint(region: string, custom: CustomEndpoint | null): Promise<URL> {
  if (custom !== null) return Promise.resolve(new URL(custom.url));
  const known = endpoints.get(region);
  if (known !== undefined) return known;
  const endpoint = resolve(region);
  endpoints.set(region, endpoint);
  return endpoint;
}

async function resolve(region: string): Promise<URL> {
  const {
    AWS_ENDPOINT_URL_KMS: kms,
    AWS_ENDPOINT_URL: all,
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: ignored,
  } = process.env;
  const configured = ignored === 'true' ? undefined : (kms ?? all);
  if (configured !== undefined && configured !== '') return new URL(configured);
  const { KMSClient } = await import('@aws-sdk/client-kms');
  const { config } = new KMSClient({ region });
  const [UseFIPS, UseDualStack] = await Promise.all([
    config.useFipsEndpoint(),
    config.useDualstackEndpoint(),
  ]);
  return config.endpointProvider({ Region: region, UseFIPS, UseDualStack }).url;
}
