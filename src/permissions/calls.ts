import { accountEnumerators, regionEnumeratorsFor } from '../enumerate/index.ts';
import { accountCalls, organizationCalls, policyCalls, regionCalls } from '../organization/calls.ts';
import { servicesByDefault } from '../services/choice.ts';
import type { Operation } from '../services/operations.ts';
import { needsIam, needsPolicies } from '../sync/walk-needs.ts';
import { accounts } from '../tables/accounts.ts';
import { organizationPolicies } from '../tables/organization-policies.ts';
import type { Table } from '../tables/table.ts';

/** The tables that only the account that lists the organization is asked for. */
const ofOrganization: readonly Table[] = [accounts, organizationPolicies];

/**
 * The AWS operations behind a table, as its enumerators declare them; none for what the plugin itself knows.
 * @param services those whose resources are read
 */
export function callsOf(table: Table, services: readonly string[] = servicesByDefault): readonly Operation[] {
  if (ofOrganization.includes(table)) return walkCalls([table]);
  const calls = [...regionEnumeratorsFor(services), ...accountEnumerators].flatMap((enumerator) =>
    enumerator.tables.includes(table) ? enumerator.calls(table) : [],
  );
  if (needsIam([table])) calls.push('iam:GetAccountAuthorizationDetails');
  return [...new Set(calls)].sort();
}

/** What the account that lists the organization is asked for the tables. */
export function walkCalls(tables: readonly Table[]): readonly Operation[] {
  return [
    ...organizationCalls,
    ...(tables.includes(accounts) ? accountCalls : []),
    ...(needsPolicies(tables) ? policyCalls : []),
  ].sort();
}

/** What each account is asked that is read for the tables, its regions included. */
export function readingCalls(
  tables: readonly Table[],
  services: readonly string[] = servicesByDefault,
): readonly Operation[] {
  const inRegions = regionEnumeratorsFor(services).flatMap((enumerator) => enumerator.tables);
  const calls = tables
    .filter((table) => !ofOrganization.includes(table))
    .flatMap((table) => callsOf(table, services));
  const regions = tables.some((table) => inRegions.includes(table)) ? regionCalls : [];
  return [...new Set([...regions, ...calls])].sort();
}
