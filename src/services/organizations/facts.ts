/** DescribeOrganization. */
export interface OrganizationFacts {
  /** `o-…` */
  readonly id: string;
  readonly arn: string | null;
  readonly managementAccountId: string | null;
}

/** ListAccounts entry. */
export interface MemberAccount {
  readonly id: string;
  readonly arn: string | null;
  readonly name: string | null;
  readonly email: string | null;
  /** `State` where AWS answers it, else `Status` (AWS retires it on 2026-09-09). */
  readonly state: string | null;
  readonly joinedMethod: string | null;
  readonly joinedAt: Date | null;
  /** Ids from the root (`r-…`) down to the parent, of `Paths`; null where AWS does not answer them yet. */
  readonly organizationalUnits: readonly string[] | null;
}

/** ListRoots entry. */
export interface Root {
  /** `r-…` */
  readonly id: string;
  /** Policy types that are enabled: `SERVICE_CONTROL_POLICY`, `RESOURCE_CONTROL_POLICY`, …. */
  readonly enabledPolicyTypes: readonly string[];
}
