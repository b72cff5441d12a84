import type { Quota } from './pace.ts';

/** What the AWS layer needs of the spec, defaults already filled in. */
export interface AwsSettings {
  /** Requests in flight in the whole process. */
  readonly concurrency: number;
  /** Tries after the first. */
  readonly maxRetries: number;
  /** Longest wait between two tries, in seconds. */
  readonly maxBackoff: number;
  /** AWS's published request quotas, by operation; what is not there is not paced. */
  readonly quotas: ReadonlyMap<string, Quota>;
  /** Share (0…1] of AWS's published request quotas that this sync may use. */
  readonly quotaShare: number;
  /** Requests per second by operation (`kms:DescribeKey`), in place of quota × share. */
  readonly requestsPerSecond: Readonly<Record<string, number>>;
  readonly customEndpoint: CustomEndpoint | null;
  /** The first region that the spec names, if any: tells the partition when nothing else does. */
  readonly regionHint: string | null;
}

/** An emulator or another stand-in for AWS: every service is asked at this address. */
export interface CustomEndpoint {
  readonly url: string;
  /** Null: `aws`. */
  readonly partitionId: string | null;
  /** Null: each request is signed for its own region. */
  readonly signingRegion: string | null;
  /** Buckets are named in the path, not in the host. */
  readonly hostnameImmutable: boolean;
}

/** Where credentials come from: a profile or the default chain, then a role assumed with them if one is named. */
export interface CredentialSource {
  readonly localProfile: string | null;
  readonly roleArn: string | null;
  readonly roleSessionName: string | null;
  readonly externalId: string | null;
  /** The region whose STS is asked; null: the environment's, the profile's, or the partition's first. */
  readonly defaultRegion: string | null;
}

/** The default credentials, nothing else. */
export const defaultCredentials: CredentialSource = {
  localProfile: null,
  roleArn: null,
  roleSessionName: null,
  externalId: null,
  defaultRegion: null,
};
