import type * as Sdk from '@aws-sdk/client-s3';
import { slim } from '../../aws/client.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

/** The SDK of S3, loaded with its first use, and a client for one scope. */
export interface OpenedS3 {
  readonly sdk: typeof Sdk;
  readonly client: Sdk.S3Client;
}

const opened = new WeakMap<ScopeAccess, Promise<OpenedS3>>();

/** One client for each scope, however many buckets are read there. */
export function s3Client(access: ScopeAccess): Promise<OpenedS3> {
  const known = opened.get(access);
  if (known !== undefined) return known;
  const client = open(access);
  opened.set(access, client);
  return client;
}

async function open(access: ScopeAccess): Promise<OpenedS3> {
  const sdk = await import('@aws-sdk/client-s3');
  const forcePathStyle = access.customEndpoint?.hostnameImmutable ?? false;
  return { sdk, client: slim(new sdk.S3Client({ ...access.clientConfig(), forcePathStyle })) };
}
