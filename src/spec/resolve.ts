import { defaults, maxConcurrency, type WrittenSpec } from './definition.ts';
import type { AccountSpec, CredentialsSpec, EndpointSpec, OrganizationSpec, Spec } from './spec.ts';

type Written<T> = NonNullable<T>;
type WrittenOrganization = Written<WrittenSpec['org']>;
type WrittenTrustedAccount = Written<WrittenOrganization['admin_account']>;
type WrittenAccount = Written<WrittenSpec['accounts']>[number];

/** The checked spec with every default filled in. */
export function withDefaults(written: WrittenSpec): Spec {
  return {
    regions: written.regions?.length ? written.regions : defaults.regions,
    accounts: (written.accounts ?? []).map(account),
    org: written.org ? organization(written.org) : null,
    concurrency: Math.min(written.concurrency ?? defaults.concurrency, maxConcurrency),
    maxRetries: written.max_retries ?? defaults.max_retries,
    maxBackoff: written.max_backoff ?? defaults.max_backoff,
    customEndpoint: endpoint(written),
    awsDebug: written.aws_debug ?? defaults.aws_debug,
    quotaShare: written.quota_share ?? defaults.quota_share,
    requestsPerSecond: written.requests_per_second ?? {},
    includeGrants: written.include_grants ?? defaults.include_grants,
    includeKeyLastUsage: written.include_key_last_usage ?? defaults.include_key_last_usage,
    knownAccounts: written.known_accounts ?? {},
    deletion: written.deletion ?? (written.history ? 'none' : defaults.deletion),
    history: written.history ?? defaults.history,
  };
}

function account(written: WrittenAccount): AccountSpec {
  return {
    id: written.id,
    accountName: given(written.account_name),
    ...credentials(written),
    regions: written.regions ?? [],
  };
}

function organization(written: WrittenOrganization): OrganizationSpec {
  return {
    adminAccount: written.admin_account ? credentials(written.admin_account) : null,
    memberTrustedPrincipal: written.member_trusted_principal
      ? credentials(written.member_trusted_principal)
      : null,
    memberRoleName: written.member_role_name,
    memberRoleSessionName: given(written.member_role_session_name),
    memberExternalId: given(written.member_external_id),
    memberRegions: written.member_regions ?? [],
    organizationUnits: written.organization_units ?? [],
    skipOrganizationUnits: written.skip_organization_units ?? [],
    skipMemberAccounts: written.skip_member_accounts ?? [],
  };
}

function credentials(written: WrittenTrustedAccount | WrittenAccount): CredentialsSpec {
  return {
    localProfile: given(written.local_profile),
    roleArn: given(written.role_arn),
    roleSessionName: given(written.role_session_name),
    externalId: given(written.external_id),
    defaultRegion: given(written.default_region),
  };
}

function endpoint(written: WrittenSpec): EndpointSpec | null {
  const url = given(written.custom_endpoint_url);
  if (url === null) return null;
  return {
    url,
    partitionId: given(written.custom_endpoint_partition_id),
    signingRegion: given(written.custom_endpoint_signing_region),
    hostnameImmutable:
      written.custom_endpoint_hostname_immutable ?? defaults.custom_endpoint_hostname_immutable,
  };
}

/** Empty text means "not given". */
function given(text: string | null | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
