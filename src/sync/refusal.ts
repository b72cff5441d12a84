import type { Enumerator, Visit } from '../enumerate/enumerator.ts';
import type { Scope } from '../organization/model.ts';
import { deniedReads } from '../posture/organization-policies/own-reads.ts';
import { takingText } from '../posture/organization-policies/taking.ts';
import type { Table } from '../tables/table.ts';
import type { ReadingContext } from './context.ts';

/**
 * Why an enumerator need not ask in a scope, as a sentence: a service control policy surely denies all that it would
 * ask of its service. Null: it is to ask. Policies that are still being read keep nobody waiting: then AWS says it.
 */
export function refusalOf<V extends Visit>(
  context: ReadingContext,
  { accountId, region, partition }: Scope,
  enumerator: Enumerator<V>,
  tables: readonly Table[],
): string | null {
  const policies = context.policiesByNow();
  const roleArn = context.scopes.roleOf(accountId);
  if (policies === null || roleArn === null || region === 'global') return null;
  const operations = [...new Set(tables.flatMap((table) => enumerator.calls(table)))];
  const [service = ''] = operations[0]?.split(':') ?? [];
  // Keys that it looks up beside are another affair.
  const own = operations.filter((operation) => operation.startsWith(`${service}:`));
  const taking = deniedReads(own, { roleArn, accountId, region, partition }, context.knowledge, policies);
  return taking && `Not asked: ${takingText(taking)}.`;
}
