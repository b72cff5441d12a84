import type * as Sdk from '@aws-sdk/client-s3';
import { slim } from '../../aws/client.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { type ServiceCalls, serviceCalls } from '../../aws/service-calls.ts';

/** The SDK of S3, loaded with its first use, and a client for one scope. */
export interface OpenedS3 {
  readonly sdk: typeof Sdk;
  readonly client: Sdk.S3Client;
}

const opened = new WeakMap<ScopeAccess, ServiceCalls<OpenedS3>>();

/** Calls of S3 by one client for each scope, however many buckets are read there. */
export function s3Calls(access: ScopeAccess): ServiceCalls<OpenedS3> {
  const already = opened.get(access);
  if (already !== undefined) return already;
  const calls = serviceCalls(access, async (config) => {
    const sdk = await import('@aws-sdk/client-s3');
    const forcePathStyle = access.customEndpoint?.hostnameImmutable ?? false;
    return { sdk, client: slim(new sdk.S3Client({ ...config, forcePathStyle })) };
  });
  opened.set(access, calls);
  return calls;
}
