import { type CheckedSpec, maxConcurrency, usualDeletion } from './definition.ts';

/**
 * The one way from what a user wrote to what the plugin takes, grouped by the folder that takes it: a key of the
 * definition that has no place here does not compile. What the keys mean is said in the definition.
 * Holds external ids: never print it whole.
 */
export type Settings = Immutable<ReturnType<typeof settingsOf>>;

export type AwsSettings = Settings['aws'];

/** An emulator or another stand-in for AWS: every service is asked at this address. */
export type CustomEndpoint = NonNullable<AwsSettings['customEndpoint']>;

/** One account to read, by the credentials for it. */
export type AccountSettings = Settings['organization']['accounts'][number];

/** Which accounts of the organization to read, and as whom. */
export type OrganizationSettings = NonNullable<Settings['organization']['org']>;

/** Where credentials come from: a profile or the default chain, then a role assumed with them if one is named. */
export type CredentialSource = Immutable<ReturnType<typeof credentialSource>>;

/** What is done with rows of things that are gone in AWS. */
export type DeletionMode = Settings['sync']['deletion'];

const noRates: Readonly<Record<string, number>> = {};

export function settingsOf({
  regions,
  accounts,
  org,
  concurrency,
  max_retries,
  max_backoff,
  custom_endpoint_url,
  custom_endpoint_partition_id,
  custom_endpoint_signing_region,
  custom_endpoint_hostname_immutable,
  aws_debug,
  quota_share,
  requests_per_second,
  include_grants,
  include_key_last_usage,
  known_accounts,
  deletion,
  history,
  ...left
}: CheckedSpec) {
  nothingIsLeft(left);
  const allRegions = [
    regions,
    org?.member_regions ?? [],
    ...accounts.map((account) => account.regions),
  ].flat();
  return {
    organization: { regions, accounts: accounts.map(ofAccount), org: org && ofOrganization(org) },
    aws: {
      /** Requests in flight in the whole process: 1 to 1024. */
      concurrency: Math.min(concurrency, maxConcurrency),
      /** Tries after the first. */
      maxRetries: max_retries,
      /** Longest wait between two tries, in seconds. */
      maxBackoff: max_backoff,
      /** Share (0…1] of AWS's published request quotas that this sync may use. */
      quotaShare: quota_share,
      /** Requests per second by operation (`kms:DescribeKey`), per account and region, in place of quota × share. */
      requestsPerSecond: requests_per_second ?? noRates,
      customEndpoint:
        custom_endpoint_url === null
          ? null
          : {
              url: custom_endpoint_url,
              /** Null: `aws`. */
              partitionId: custom_endpoint_partition_id,
              /** Null: each request is signed for its own region. */
              signingRegion: custom_endpoint_signing_region,
              /** Buckets are named in the path, not in the host. */
              hostnameImmutable: custom_endpoint_hostname_immutable,
            },
      /** The first region that the spec names, if any: tells the partition when nothing else does. */
      regionHint: allRegions.find((region) => region !== '*') ?? null,
    },
    enumerate: { includeGrants: include_grants, includeKeyLastUsage: include_key_last_usage },
    sync: {
      awsDebug: aws_debug,
      /** Names of accounts outside the organization, by account id. */
      knownAccounts: known_accounts ?? {},
      deletion: deletion ?? (history ? 'none' : usualDeletion),
      /** Whether the destination keeps the rows of every sync; never with deletion by `scope`. */
      history,
    },
  };
}

type CheckedAccount = CheckedSpec['accounts'][number];

function ofAccount({ id, account_name, regions, ...credentials }: CheckedAccount) {
  return {
    /** A label of the user's, often the account id; the account is the one that the credentials turn out to be. */
    id,
    accountName: account_name,
    ...credentialSource(credentials),
    /** Empty: the spec's `regions`. */
    regions,
  };
}

type CheckedOrganization = NonNullable<CheckedSpec['org']>;

function ofOrganization({
  admin_account,
  member_trusted_principal,
  member_role_name,
  member_role_session_name,
  member_external_id,
  member_regions,
  organization_units,
  skip_organization_units,
  skip_member_accounts,
  ...left
}: CheckedOrganization) {
  nothingIsLeft(left);
  return {
    /** How to reach the management or a delegated administrator account; null: the default credentials. */
    adminAccount: admin_account && credentialSource(admin_account),
    /** Who assumes the member role; null: the admin account's credentials. */
    memberTrustedPrincipal: member_trusted_principal && credentialSource(member_trusted_principal),
    memberRoleName: member_role_name,
    memberRoleSessionName: member_role_session_name,
    memberExternalId: member_external_id,
    /** Empty: the spec's `regions`. */
    memberRegions: member_regions,
    organizationUnits: organization_units,
    skipOrganizationUnits: skip_organization_units,
    skipMemberAccounts: skip_member_accounts,
  };
}

/** What all accounts have: a key that only some of them have does not compile here. */
type CheckedCredentials = Omit<CheckedAccount, 'id' | 'account_name' | 'regions'> &
  WithEffect<NonNullable<CheckedOrganization['admin_account']>>;

function credentialSource({
  local_profile,
  role_arn,
  role_session_name,
  external_id,
  default_region,
  ...left
}: CheckedCredentials) {
  nothingIsLeft(left);
  return {
    localProfile: local_profile,
    roleArn: role_arn,
    roleSessionName: role_session_name,
    externalId: external_id,
    /** The region whose STS is asked; null: the environment's, the profile's, or the partition's first. */
    defaultRegion: default_region,
  };
}

/** The default credentials, nothing else. */
export const defaultCredentials: CredentialSource = credentialSource({
  local_profile: null,
  role_arn: null,
  role_session_name: null,
  external_id: null,
  default_region: null,
});

/** Compiles where every key has been taken but those without effect, which are always null. */
export function nothingIsLeft(_left: Readonly<Record<string, null>>): void {}

type WithEffect<T> = { [Key in keyof T as T[Key] extends null ? never : Key]: T[Key] };

type Immutable<T> = T extends object ? { readonly [Key in keyof T]: Immutable<T[Key]> } : T;
