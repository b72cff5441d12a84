import type { CredentialSource } from '../aws/settings.ts';

/** What the walk needs of the spec, defaults already filled in. `["*"]` means every enabled region. */
export interface WalkSettings {
  readonly regions: readonly string[];
  /** Empty with `org`, and when the caller's own account is meant. */
  readonly accounts: readonly AccountSettings[];
  readonly org: OrganizationSettings | null;
  /**
   * Read each account's organizational units even when no filter needs them. Where AWS does not answer them with
   * the accounts this takes two calls for each unit.
   */
  readonly needsOrganizationalUnits: boolean;
}

/** One entry of `accounts`. */
export interface AccountSettings extends CredentialSource {
  /** A label: the account is the one that the credentials turn out to be. */
  readonly id: string;
  readonly accountName: string | null;
  /** Empty: the spec's `regions`. */
  readonly regions: readonly string[];
}

/** The `org` block. */
export interface OrganizationSettings {
  /** How to reach the management account or a delegated administrator; null: the default credentials. */
  readonly adminAccount: CredentialSource | null;
  /** Who assumes the member role; null: the admin credentials. */
  readonly memberTrustedPrincipal: CredentialSource | null;
  readonly memberRoleName: string;
  readonly memberRoleSessionName: string | null;
  readonly memberExternalId: string | null;
  /** Empty: the spec's `regions`. */
  readonly memberRegions: readonly string[];
  /** `ou-…` and `r-…`, descendants included; empty: the whole organization. */
  readonly organizationUnits: readonly string[];
  readonly skipOrganizationUnits: readonly string[];
  readonly skipMemberAccounts: readonly string[];
}
