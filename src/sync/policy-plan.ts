import type { Organization } from '../organization/model.ts';
import type { Walk } from '../organization/plan.ts';
import type { Table } from '../tables/table.ts';
import { needsPolicies } from './walk-needs.ts';

/** What a sync does about the organization's policies. */
export type PolicyPlan =
  /** No table asks. */
  | { readonly state: 'not_needed' }
  /** There is no organization, so there are none. */
  | { readonly state: 'no_organization' }
  /** `problem`: why they are not read, as a phrase. */
  | { readonly state: 'left_out'; readonly problem: string }
  /**
   * `askedAccountId` lists the organization, `ownerAccountId` owns its policies: the management account, or the one
   * that is asked where that is not known.
   */
  | { readonly state: 'read'; readonly askedAccountId: string; readonly ownerAccountId: string };

/** What is known of an organization that has to do with its policies. */
interface Asked extends Pick<Walk, 'listedBy'> {
  readonly organization: Pick<Organization, 'id' | 'managementAccountId' | 'unreadReason'>;
}

/** @param includes `include_organization_policies` of the spec */
export function policyPlan(walk: Asked | null, tables: readonly Table[], includes: boolean): PolicyPlan {
  if (walk === null || !needsPolicies(tables)) return { state: 'not_needed' };
  const { listedBy, organization } = walk;
  if (listedBy === null && organization.id === null && organization.unreadReason === null)
    return { state: 'no_organization' };
  if (!includes) return { state: 'left_out', problem: '`include_organization_policies` is false' };
  if (listedBy === null) return { state: 'left_out', problem: 'they are read with `org` only' };
  const ownerAccountId = organization.managementAccountId ?? listedBy;
  return { state: 'read', askedAccountId: listedBy, ownerAccountId };
}
