import type { Walk } from '../organization/plan.ts';
import type { Table } from '../tables/table.ts';
import { needsPolicies } from './walk-needs.ts';

/** What a sync does about the organization's policies. */
export type PolicyPlan =
  /** No table asks. */
  | { readonly state: 'not_needed' }
  /** `problem`: why they are not read, as a phrase. */
  | { readonly state: 'left_out'; readonly problem: string }
  /**
   * `askedAccountId` lists the organization, `ownerAccountId` owns its policies: the management account, or the one
   * that is asked where that is not known.
   */
  | { readonly state: 'read'; readonly askedAccountId: string; readonly ownerAccountId: string };

/** @param includes `include_organization_policies` of the spec */
export function policyPlan(walk: Walk | null, tables: readonly Table[], includes: boolean): PolicyPlan {
  if (walk === null || !needsPolicies(tables)) return { state: 'not_needed' };
  if (!includes) return { state: 'left_out', problem: '`include_organization_policies` is false' };
  const { listedBy, organization } = walk;
  if (listedBy === null) return { state: 'left_out', problem: 'they are read with `org` only' };
  const ownerAccountId = organization.managementAccountId ?? listedBy;
  return { state: 'read', askedAccountId: listedBy, ownerAccountId };
}
