import { isIP } from 'node:net';
import { required } from '../../aws/answer.ts';
import { slim } from '../../aws/client.ts';
import { configuredEndpoint } from '../../aws/configured-endpoint.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
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
  const operation = 's3:GetAccountPublicAccessBlock';
  const site = access.site(operation);
  let opened: ReturnType<typeof open> | null = null;
  return access.call({
    operation,
    async send(options) {
      // One client for all tries: it learns from a refusal by how much the clock is off.
      opened ??= open(access);
      const { sdk, client } = await opened;
      try {
        const output = await client.send(
          new sdk.GetPublicAccessBlockCommand({ AccountId: accountId }),
          options,
        );
        const name = 'PublicAccessBlockConfiguration';
        return publicAccessBlockOf(required(output.PublicAccessBlockConfiguration, name, site), site);
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchPublicAccessBlockConfiguration') return null;
        throw error;
      }
    },
  });
}

async function open(access: ScopeAccess) {
  const sdk = await import('@aws-sdk/client-s3-control');
  const client = slim(new sdk.S3ControlClient(access.clientConfig()));
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
