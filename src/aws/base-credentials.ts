import type { ClientConfig, Credentials, destination } from './client.ts';
import { configuredEndpoint } from './configured-endpoint.ts';
import { AwsError } from './error.ts';
import { reasonOfCode } from './error-codes.ts';
import { type Partition, partitionOf, partitionOfRegion } from './partitions.ts';
import { toAwsError } from './to-aws-error.ts';

/**
 * Credentials of a profile and of nothing else, since those of the environment or the machine may be another
 * account's; without one those of the default chain: environment, shared files, SSO, web identity, container,
 * instance.
 */
export async function fetchBaseCredentials(
  profile: string | null,
  client: Pick<ClientConfig, 'region' | 'requestHandler'> & ReturnType<typeof destination>,
): Promise<Credentials> {
  const site = { operation: 'sts:GetCallerIdentity', accountId: null, region: client.region };
  try {
    const { fromIni, fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
    const init = { clientConfig: { ...client, ...(await endpointOfRoles(profile, client)) } };
    const provider = profile === null ? fromNodeProviderChain(init) : fromIni({ ...init, profile });
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = await provider();
    return {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
      ...(expiration === undefined ? {} : { expiration }),
    };
  } catch (thrown) {
    const error = toAwsError(thrown, site);
    if (error.reason === 'connection' || error.reason === 'timeout') throw error;
    const code = reasonOfCode(error.code) === null ? 'no_credentials' : error.code;
    throw new AwsError('credentials_unusable', code, site, withoutCommand(error.detail));
  }
}

/** A profile that names a role has STS asked for it: where that profile says, which the SDK would not look up. */
async function endpointOfRoles(
  profile: string | null,
  { endpoint }: Pick<ClientConfig, 'endpoint'>,
): Promise<Pick<ClientConfig, 'endpoint'>> {
  if (profile === null || endpoint !== undefined) return {};
  const { loadSharedConfigFiles } = await import('@smithy/core/config');
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  if (!(configFile[profile]?.role_arn ?? credentialsFile[profile]?.role_arn)) return {};
  const configured = await configuredEndpoint('STS', profile);
  return configured === undefined ? {} : { endpoint: configured };
}

/** A `credential_process` that fails is named with its arguments, which may hold a secret. */
const withoutCommand = (detail: string): string =>
  detail.replace(/^Command failed:.*$/s, "the profile's credential_process failed");

/**
 * The region of the environment or of a profile; null when neither names one. `AWS_DEFAULT_REGION`, which most of
 * AWS's tools read, counts as well: AWS's SDK for JavaScript does not know it.
 */
export async function configuredRegion(profile: string | null): Promise<string | null> {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const ofEnvironment = AWS_REGION || AWS_DEFAULT_REGION;
  if (ofEnvironment) return ofEnvironment;
  const [{ STSClient }, { loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS }] =
    await Promise.all([import('@aws-sdk/client-sts'), import('@smithy/core/config')]);
  const region = loadConfig(
    // A variable that is empty names no region, which the SDK would take for an answer.
    { ...NODE_REGION_CONFIG_OPTIONS, environmentVariableSelector: () => undefined },
    { ...NODE_REGION_CONFIG_FILE_OPTIONS, ...(profile === null ? {} : { profile }) },
  );
  const { config } = new STSClient({ region });
  return config.region().catch(() => null);
}

/** What decides where STS is asked first. */
export interface RegionClues {
  /** By the spec, for these credentials. */
  readonly defaultRegion: string | null;
  /** By the environment or the profile. */
  readonly configured: string | null;
  /** The first region that the spec names: it need not be enabled in every account, but its partition is right. */
  readonly hint: string | null;
  /** Of a custom endpoint. */
  readonly partitionId: string | null;
}

/** The region whose STS is asked: never the global endpoint, whose tokens newer regions refuse. */
export function stsRegion({ defaultRegion, configured, hint, partitionId }: RegionClues): string {
  if (defaultRegion !== null) return defaultRegion;
  const expected = expectedPartition(hint, partitionId);
  if (configured !== null && (expected === null || expected.id === partitionOfRegion(configured).id)) {
    return configured;
  }
  return (expected ?? partitionOf('aws')).homeRegion;
}

function expectedPartition(hint: string | null, partitionId: string | null): Partition | null {
  if (hint !== null) return partitionOfRegion(hint);
  return partitionId === null ? null : partitionOf(partitionId);
}
