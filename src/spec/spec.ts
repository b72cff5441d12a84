/** Where the credentials for one account come from. All null: the default credentials. */
export interface CredentialsSpec {
  /** A profile of the AWS configuration files. */
  readonly localProfile: string | null;
  /** The role to assume, with the credentials of `localProfile` or the default ones. */
  readonly roleArn: string | null;
  readonly roleSessionName: string | null;
  /** Never to be printed. */
  readonly externalId: string | null;
  /** The region whose STS is asked; null: the environment's, the profile's, or the partition's first. */
  readonly defaultRegion: string | null;
}

/** One entry of `accounts`. */
export interface AccountSpec extends CredentialsSpec {
  /** A label of the user's, often the account id; the account is the one that the credentials turn out to be. */
  readonly id: string;
  readonly accountName: string | null;
  /** Region names, or `*` alone for every enabled region; empty: the spec's `regions`. */
  readonly regions: readonly string[];
}

/** Which accounts of the organization to read, and as whom. */
export interface OrganizationSpec {
  /** How to reach the management or a delegated administrator account; null: the default credentials. */
  readonly adminAccount: CredentialsSpec | null;
  /** Who assumes the member role; null: the admin account's credentials. */
  readonly memberTrustedPrincipal: CredentialsSpec | null;
  readonly memberRoleName: string;
  readonly memberRoleSessionName: string | null;
  /** Never to be printed. */
  readonly memberExternalId: string | null;
  /** Region names, or `*` alone; empty: the spec's `regions`. */
  readonly memberRegions: readonly string[];
  /** Organizational units and roots to read, nested ones included; empty for the whole organization. */
  readonly organizationUnits: readonly string[];
  readonly skipOrganizationUnits: readonly string[];
  readonly skipMemberAccounts: readonly string[];
}

/** Another endpoint than AWS's own: an emulator. */
export interface EndpointSpec {
  readonly url: string;
  /** Null: `aws`. */
  readonly partitionId: string | null;
  /** Null: each request is signed for its own region. */
  readonly signingRegion: string | null;
  /** True: the host name is used as given, with no bucket or service put before it. */
  readonly hostnameImmutable: boolean;
}

/** What is done with rows of things that are gone in AWS: see the key `deletion`. */
export type DeletionMode = 'scope' | 'generation' | 'none';

/** What the user asked for, checked and with defaults filled in. Holds external ids: never print it whole. */
export interface Spec {
  /** Region names, or `*` alone for every region enabled in each account. */
  readonly regions: readonly string[];
  /** Empty with `org`, and when neither is given: then the account of the default credentials is read. */
  readonly accounts: readonly AccountSpec[];
  readonly org: OrganizationSpec | null;
  /** Requests in flight in the whole process: 1 to 1024. */
  readonly concurrency: number;
  /** Tries after the first. */
  readonly maxRetries: number;
  /** Longest wait between two tries, in seconds. */
  readonly maxBackoff: number;
  readonly customEndpoint: EndpointSpec | null;
  readonly awsDebug: boolean;
  /** Share of each of AWS's published request quotas that may be used: above 0, up to 1. */
  readonly quotaShare: number;
  /** Requests per second by operation (`kms:DescribeKey`), per account and region, in place of quota × share. */
  readonly requestsPerSecond: Readonly<Record<string, number>>;
  readonly includeGrants: boolean;
  readonly includeKeyLastUsage: boolean;
  /** Names of accounts outside the organization, by account id. */
  readonly knownAccounts: Readonly<Record<string, string>>;
  readonly deletion: DeletionMode;
  /** Whether the destination keeps the rows of every sync; never with deletion by `scope`. */
  readonly history: boolean;
}
