import type { WalkNeeds } from '../organization/settings.ts';
import { accounts } from '../tables/accounts.ts';
import { resources } from '../tables/resources.ts';
import { s3Buckets } from '../tables/s3-buckets.ts';
import type { Table } from '../tables/table.ts';

/** What the walk must read of the organization for some tables, beside its accounts. */
export function walkNeeds(tables: readonly Table[]): WalkNeeds {
  const isSelected = (table: Table) => tables.includes(table);
  return {
    needsOrganizationalUnits: isSelected(accounts),
    // Explanations of verdicts say whether organization policies, which nobody evaluates, may forbid more.
    needsDetails: [accounts, s3Buckets, resources].some(isSelected),
  };
}
