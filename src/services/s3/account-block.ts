import { isIP } from 'node:net';
import { required } from '../../aws/answer.ts';
import { type ClientConfig, slim } from '../../aws/client.ts';
import { configuredEndpoint } from '../../aws/configured-endpoint.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { nullFor, serviceCalls } from '../../aws/service-calls.ts';
import { publicAccessBlockOf } from './calls.ts';
import type { PublicAccessBlock } from './facts.ts';

/**
 * S3 Block Public Access of the account, as it is in effect: AWS answers the account's settings with those that
 * an organization-level policy imposes (S3 Control API reference, GetPublicAccessBlock, read 2026-11-24). Null
 * when there are none. @throws AwsError
 */
export function accountPublicAccessBlock(
  access: ScopeAccess,
  accountId: string,
): Promise<PublicAccessBlock | null> {
  const { call } = serviceCalls(access, (config) => open(access, config));
  return call('s3:GetAccountPublicAccessBlock', async ({ sdk, client }, options, site) => {
    const command = new sdk.GetPublicAccessBlockCommand({ AccountId: accountId });
    const none = 'NoSuchPublicAccessBlockConfiguration';
    const output = await nullFor(none, client.send(command, options));
    const name = 'PublicAccessBlockConfiguration';
    return output && publicAccessBlockOf(required(output.PublicAccessBlockConfiguration, name, site), site);
  });
}

async function open(access: ScopeAccess, config: ClientConfig) {
  const sdk = await import('@aws-sdk/client-s3-control');
  const client = slim(new sdk.S3ControlClient(config));
  const custom = access.customEndpoint;
  const url =
    custom === null ? await configuredAddress(access) : custom.hostnameImmutable ? custom.url : null;
  if (url !== null) client.config.endpointProvider = () => ({ url: new URL(url) });
  return { sdk, client };
}

/** The SDK would put the account's id before the host, which an address such as 127.0.0.1 cannot bear. */
async function configuredAddress({ profile }: ScopeAccess): Promise<string | null> {
  const url = await configuredEndpoint('S3 Control', profile);
  return url !== undefined && isIP(new URL(url).hostname.replace(/^\[|\]$/g, '')) !== 0 ? url : null;
}
