import type { Row } from '../rows.ts';

/** A key's row with what organization policies leave of its sharing, where none of them takes anything away. */
export const underNoPolicy = (row: Row): Row => ({
  ...row,
  effective_sharing: row.sharing,
  effective_sharing_complete: row.sharing_complete,
  effective_shared_account_ids: row.shared_account_ids,
  effective_shared_organization_ids: row.shared_organization_ids,
  effective_shared_outside_organization: row.shared_outside_organization,
  organization_policy_ids: [],
});
