import { isIP } from 'node:net';
import type * as Sdk from '@aws-sdk/client-s3-control';
import { type ClientConfig, slim } from '../../aws/client.ts';
import { configuredEndpoint } from '../../aws/configured-endpoint.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { type ServiceCalls, serviceCalls } from '../../aws/service-calls.ts';

/** The SDK of S3 Control, loaded with its first use, and a client for one scope. */
export interface OpenedS3Control {
  readonly sdk: typeof Sdk;
  readonly client: Sdk.S3ControlClient;
}

const opened = new WeakMap<ScopeAccess, ServiceCalls<OpenedS3Control>>();

/** Calls of S3 Control by one client for each scope. */
export function s3ControlCalls(access: ScopeAccess): ServiceCalls<OpenedS3Control> {
  const already = opened.get(access);
  if (already !== undefined) return already;
  const calls = serviceCalls(access, (config) => open(access, config));
  opened.set(access, calls);
  return calls;
}

async function open(access: ScopeAccess, config: ClientConfig): Promise<OpenedS3Control> {
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
