import type * as Sdk from '@aws-sdk/client-s3';
import { required, requiredSome } from '../../aws/answer.ts';
import { AwsError, type CallSite } from '../../aws/error.ts';
import type { ScopeAccess, SendOptions } from '../../aws/scope-access.ts';
import { type OpenedS3, s3Calls } from './client.ts';
import type { BucketReads, PublicAccessBlock, ReplicationRule } from './facts.ts';

/** The bucket lives in another region than the one that was asked: ask once more there. */
export class BucketElsewhere extends AwsError {
  constructor(
    site: CallSite,
    /** Where AWS says that the bucket is. */
    readonly bucketRegion: string,
  ) {
    super('invalid_request', 'PermanentRedirect', site, `the bucket is in ${bucketRegion}`);
  }
}

/**
 * The reads of one bucket, in the region of `access`. Redirects are not followed: they reject with
 * BucketElsewhere. A bucket that is deleted meanwhile rejects with `not_found` (NoSuchBucket).
 */
export function bucketReads(access: ScopeAccess, bucket: string): BucketReads {
  const { call } = s3Calls(access);
  const input = { Bucket: bucket, ExpectedBucketOwner: access.accountId ?? undefined };

  /** @param absent AWS's code for "there is none" */
  const read = <T>(
    name: string,
    absent: string | null,
    send: (api: OpenedS3, options: SendOptions, site: CallSite) => Promise<T>,
  ): Promise<T | null> => {
    return call(`s3:${name}`, async (api, options, site) => {
      try {
        return await send(api, options, site);
      } catch (error) {
        if (absent !== null && error instanceof Error && error.name === absent) return null;
        const region = regionNamedBy(error);
        if (region !== null && region !== access.region) throw new BucketElsewhere(site, region);
        throw error;
      }
    });
  };

  return {
    encryption: () =>
      read(
        'GetBucketEncryption',
        'ServerSideEncryptionConfigurationNotFoundError',
        async ({ sdk, client }, options, site) => {
          const output = await client.send(new sdk.GetBucketEncryptionCommand(input), options);
          const name = 'ServerSideEncryptionConfiguration';
          const [rule] = required(output.ServerSideEncryptionConfiguration, name, site).Rules ?? [];
          const byDefault = required(rule, 'Rule', site).ApplyServerSideEncryptionByDefault;
          return {
            sseAlgorithm: byDefault?.SSEAlgorithm ?? null,
            kmsMasterKeyId: byDefault?.KMSMasterKeyID ?? null,
            bucketKeyEnabled: rule?.BucketKeyEnabled ?? null,
            blockedEncryptionTypes: rule?.BlockedEncryptionTypes?.EncryptionType ?? null,
          };
        },
      ),

    ownership: () =>
      read(
        'GetBucketOwnershipControls',
        'OwnershipControlsNotFoundError',
        async ({ sdk, client }, options, site) => {
          const output = await client.send(new sdk.GetBucketOwnershipControlsCommand(input), options);
          const [rule] = output.OwnershipControls?.Rules ?? [];
          return required(rule?.ObjectOwnership, 'ObjectOwnership', site);
        },
      ),

    publicAccessBlock: () =>
      read(
        'GetPublicAccessBlock',
        'NoSuchPublicAccessBlockConfiguration',
        async ({ sdk, client }, options, site) => {
          const output = await client.send(new sdk.GetPublicAccessBlockCommand(input), options);
          const name = 'PublicAccessBlockConfiguration';
          return publicAccessBlockOf(required(output.PublicAccessBlockConfiguration, name, site), site);
        },
      ),

    policy: () =>
      read('GetBucketPolicy', 'NoSuchBucketPolicy', async ({ sdk, client }, options, site) => {
        const output = await client.send(new sdk.GetBucketPolicyCommand(input), options);
        const text = required(output.Policy, 'Policy', site);
        // S3 takes JSON only. The policy is the whole body: one that was cut or is a proxy's page would pass for it.
        JSON.parse(text);
        return text;
      }),

    policyIsPublic: () =>
      read('GetBucketPolicyStatus', 'NoSuchBucketPolicy', async ({ sdk, client }, options, site) => {
        const output = await client.send(new sdk.GetBucketPolicyStatusCommand(input), options);
        return required(output.PolicyStatus?.IsPublic, 'IsPublic', site);
      }),

    async acl() {
      const grants = await read('GetBucketAcl', null, async ({ sdk, client }, options, site) => {
        const output = await client.send(new sdk.GetBucketAclCommand(input), options);
        required(output.Owner, 'Owner', site);
        return (output.Grants ?? []).map(({ Grantee, Permission }) => ({
          grantee: Grantee?.URI ?? Grantee?.ID ?? null,
          permission: Permission ?? null,
        }));
      });
      return grants ?? [];
    },

    replication: () =>
      read(
        'GetBucketReplication',
        'ReplicationConfigurationNotFoundError',
        async ({ sdk, client }, options, site) => {
          const output = await client.send(new sdk.GetBucketReplicationCommand(input), options);
          const name = 'ReplicationConfiguration';
          const rules = required(output.ReplicationConfiguration, name, site).Rules ?? [];
          return requiredSome(rules, 'Rule', site).map((rule) => replicationRuleOf(rule, site));
        },
      ),

    // A bucket that is not logged answers an empty document.
    loggingTarget: () =>
      read('GetBucketLogging', null, async ({ sdk, client }, options, site) => {
        const { LoggingEnabled } = await client.send(new sdk.GetBucketLoggingCommand(input), options);
        return LoggingEnabled === undefined
          ? null
          : required(LoggingEnabled.TargetBucket, 'TargetBucket', site);
      }),
  };
}

/**
 * Four settings, of a bucket or an account. A page of HTML decodes to an answer with none of them.
 * @throws AwsError `malformed_answer`
 */
export function publicAccessBlockOf(
  block: Sdk.PublicAccessBlockConfiguration,
  site: CallSite,
): PublicAccessBlock {
  requiredSome(
    Object.values(block).filter((setting) => setting !== undefined),
    'setting',
    site,
  );
  return {
    blockPublicAcls: block.BlockPublicAcls ?? null,
    ignorePublicAcls: block.IgnorePublicAcls ?? null,
    blockPublicPolicy: block.BlockPublicPolicy ?? null,
    restrictPublicBuckets: block.RestrictPublicBuckets ?? null,
  };
}

function replicationRuleOf(rule: Sdk.ReplicationRule, site: CallSite): ReplicationRule {
  const destination = required(rule.Destination, 'Destination', site);
  const encryption = destination.EncryptionConfiguration;
  return {
    status: required(rule.Status, 'Status', site),
    bucketArn: required(destination.Bucket, 'Bucket', site),
    accountId: destination.Account || null,
    replicaKmsKeyId: encryption?.ReplicaKmsKeyID || null,
    kmsObjects: rule.SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status ?? null,
    sourceMultiRegionKey: encryption?.UseSourceMultiRegionKey?.Status ?? null,
  };
}

const redirects = new Set([
  'PermanentRedirect',
  'AuthorizationHeaderMalformed',
  'TemporaryRedirect',
  '301',
  '307',
]);

/** S3 names the bucket's region in a header of a redirect, and in a field of a refused signature. */
function regionNamedBy(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { $response, $metadata, Region } = error as Error & SdkError;
  const status = $metadata?.httpStatusCode;
  if (!redirects.has(error.name) && status !== 301 && status !== 307) return null;
  return $response?.headers?.['x-amz-bucket-region'] ?? Region ?? null;
}

interface SdkError {
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly Region?: string;
}
