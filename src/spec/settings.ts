import type { AwsSettings, CredentialSource } from '../aws/settings.ts';
import { servicesIn } from '../services/choice.ts';
import { type CheckedSpec, maxConcurrency, usualDeletion } from './definition.ts';

/**
 * What the plugin takes of the spec, grouped by the folder that takes it. What the keys mean is said in the definition.
 * Holds external ids: never print it whole.
 */
export type Settings = Immutable<ReturnType<typeof settingsOf>>;

/** One account to read, by the credentials for it. */
export type AccountSettings = Settings['organization']['accounts'][number];

/** Which accounts of the organization to read, and as whom. */
export type OrganizationSettings = NonNullable<Settings['organization']['org']>;

/** What is done with rows of things that are gone in AWS. */
export type DeletionMode = Settings['sync']['deletion'];

/**
 * The one way from what a user wrote to what the plugin takes. A key of the definition that has no place here does not
 * compile: see `nothingIsLeft`.
 */
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
  resource_services,
  include_grants,
  include_key_last_usage,
  include_key_metrics,
  include_organization_policies,
  include_iam,
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
      concurrency: Math.min(concurrency, maxConcurrency),
      maxRetries: max_retries,
      maxBackoff: max_backoff,
      quotaShare: quota_share,
      requestsPerSecond: requests_per_second ?? {},
      customEndpoint:
        custom_endpoint_url === null
          ? null
          : {
              url: custom_endpoint_url,
              partitionId: custom_endpoint_partition_id,
              signingRegion: custom_endpoint_signing_region,
              hostnameImmutable: custom_endpoint_hostname_immutable,
            },
      regionHint: allRegions.find((region) => region !== '*') ?? null,
    } satisfies Omit<AwsSettings, 'quotas'>,
    enumerate: {
      includeGrants: include_grants,
      includeKeyLastUsage: include_key_last_usage,
      includeKeyMetrics: include_key_metrics,
      includeIam: include_iam,
    },
    sync: {
      awsDebug: aws_debug,
      /** The services whose resources are read, name by name. */
      resourceServices: servicesIn(resource_services),
      includeOrganizationPolicies: include_organization_policies,
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
}: CheckedCredentials): CredentialSource {
  nothingIsLeft(left);
  return {
    localProfile: local_profile,
    roleArn: role_arn,
    roleSessionName: role_session_name,
    externalId: external_id,
    defaultRegion: default_region,
  };
}

/** Compiles where every key has been taken but those without effect, which are always null. */
export function nothingIsLeft(_left: Readonly<Record<string, null>>): void {}

type WithEffect<T> = { [Key in keyof T as T[Key] extends null ? never : Key]: T[Key] };

type Immutable<T> = T extends object ? { readonly [Key in keyof T]: Immutable<T[Key]> } : T;
