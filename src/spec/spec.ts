import type { Operation } from './operations.ts';
import type { Secret } from './secret.ts';

/** How to get credentials for one account. Null means "not given": the default credentials, unchanged. */
export interface AccountSpec {
  /** A label of the user's, often the account id; the account is the one that the credentials turn out to be. */
  readonly id: string | null;
  readonly accountName: string | null;
  /** The role to assume, with the credentials of `localProfile` or the default ones. */
  readonly roleArn: string | null;
  readonly roleSessionName: string;
  readonly externalId: Secret | null;
  /** A profile of the AWS configuration files. */
  readonly localProfile: string | null;
  /** Where STS and other calls without a region of their own go. */
  readonly defaultRegion: string;
  /** Region names, or `*` alone for every enabled region; the account's own list or else the spec's. */
  readonly regions: readonly string[];
}

/** Which accounts of the organization to read, and as whom. */
export interface OrganizationSpec {
  /** How to reach the management or a delegated administrator account. */
  readonly adminAccount: AccountSpec;
  /** Who assumes the member role; null for the admin account's credentials. */
  readonly memberTrustedPrincipal: AccountSpec | null;
  readonly memberRoleName: string;
  readonly memberRoleSessionName: string;
  readonly memberExternalId: Secret | null;
  /** Region names, or `*` alone; `member_regions` or else the spec's `regions`. */
  readonly memberRegions: readonly string[];
  /** Organizational units and roots to read, nested ones included; empty for the whole organization. */
  readonly organizationUnits: readonly string[];
  readonly skipOrganizationUnits: readonly string[];
  readonly skipMemberAccounts: readonly string[];
}

/** Another endpoint than AWS's own: an emulator. */
export interface EndpointSpec {
  readonly url: string;
  readonly partition: string;
  /** Null: each call signs for its own region. */
  readonly signingRegion: string | null;
  /** True: host names are used as given, without a prefix for the bucket or service. */
  readonly hostnameImmutable: boolean;
}

/** What the user asked for, checked and with every default filled in. */
export interface Spec {
  /** Region names, or `*` alone for every region enabled in each account. */
  readonly regions: readonly string[];
  /** Null when no accounts are listed. With neither `accounts` nor `org`: the account of the default credentials. */
  readonly accounts: readonly AccountSpec[] | null;
  readonly org: OrganizationSpec | null;
  /** Requests in flight in the whole process: 1…1024. */
  readonly concurrency: number;
  /** Retries after the first attempt; 0 for none. */
  readonly maxRetries: number;
  /** Longest pause before a retry, seconds. */
  readonly maxBackoff: number;
  readonly endpoint: EndpointSpec | null;
  readonly awsDebug: boolean;
  /** Share of each of AWS's published request quotas that may be used, above 0 and up to 1. */
  readonly quotaShare: number;
  /** Requests per second, per account and region, in place of quota × share. */
  readonly requestsPerSecond: Readonly<Partial<Record<Operation, number>>>;
  readonly includeGrants: boolean;
  readonly includeKeyLastUsage: boolean;
  /** Names of accounts outside the organization, by account id. */
  readonly knownAccounts: Readonly<Record<string, string>>;
}
