import { configuredEndpoint } from '../../aws/configured-endpoint.ts';

/**
 * Where KMS of a region is asked. The SDK knows every partition's addresses, and the FIPS and dual-stack settings
 * of the environment and the profile.
 * @param profile null: that of the environment, else the default one
 */
export async function kmsEndpoint(region: string, profile: string | null): Promise<URL> {
  const { KMSClient } = await import('@aws-sdk/client-kms');
  const { config } = new KMSClient({ region, ...(profile === null ? {} : { profile }) });
  const [Endpoint, UseFIPS, UseDualStack] = await Promise.all([
    configuredEndpoint(config.serviceId, profile),
    config.useFipsEndpoint(),
    config.useDualstackEndpoint(),
  ]);
  const place = { Region: region, UseFIPS, UseDualStack };
  return config.endpointProvider(Endpoint === undefined ? place : { ...place, Endpoint }).url;
}
