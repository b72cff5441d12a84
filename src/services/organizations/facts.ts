import type { Fact } from '../../aws/fact.ts';

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

/** ListOrganizationalUnitsForParent entry. */
export interface Unit {
  /** `ou-…` */
  readonly id: string;
  /** Null: the answer lacks it. */
  readonly name: string | null;
}

/** ListRoots entry. */
export interface Root {
  /** `r-…` */
  readonly id: string;
  /** `Root`, as AWS names it; null: the answer lacks it. */
  readonly name: string | null;
  /** Policy types that are enabled: `SERVICE_CONTROL_POLICY`, `RESOURCE_CONTROL_POLICY`, …. */
  readonly enabledPolicyTypes: readonly string[];
}

/** The types of organization policies that allow and deny requests, as Organizations names them. */
export type PolicyType = 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';

/** ListPolicies entry. */
export interface ListedPolicy {
  /** `p-…` */
  readonly id: string;
  readonly arn: string | null;
  readonly type: PolicyType;
  readonly name: string | null;
  readonly description: string | null;
  /** Whether it is AWS's own (`FullAWSAccess`), which nobody can edit. */
  readonly awsManaged: boolean | null;
}

/** ListTargetsForPolicy entry. */
export interface PolicyTarget {
  /** `r-…`, `ou-…` or an account id. */
  readonly id: string;
  readonly kind: 'root' | 'organizational_unit' | 'account';
  readonly name: string | null;
}

/** One organization policy with what was read of it. */
export interface PolicyFacts extends ListedPolicy {
  /** The document's text. */
  readonly content: Fact<string>;
  /** What it is attached to, directly; not asked of `RCPFullAWSAccess`, which AWS attaches to everything. */
  readonly targets: Fact<readonly PolicyTarget[]>;
}
