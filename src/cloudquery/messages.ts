import { pluginV3 } from '@cloudquery/plugin-pb-javascript';

const { Predicate, PredicatesGroup, Sync } = pluginV3.cloudquery.plugin.v3;
const { Response } = Sync;

/** One message of CloudQuery's Sync stream (protocol 3). */
export type SyncResponse = pluginV3.cloudquery.plugin.v3.Sync.Response;

/** A value that a column must have: a record of one row. */
export interface Equals {
  readonly column: string;
  readonly record: Uint8Array;
}

export const migration = (table: Uint8Array): SyncResponse =>
  new Response({ migrate_table: new Sync.MessageMigrateTable({ table }) });

export const insertion = (record: Uint8Array): SyncResponse =>
  new Response({ insert: new Sync.MessageInsert({ record }) });

/** Deletes the rows of a table that have all these values. */
export function deletion(table_name: string, where: readonly Equals[]): SyncResponse {
  const predicates = where.map((equals) => new Predicate({ operator: Predicate.Operator.EQ, ...equals }));
  const all = new PredicatesGroup({ grouping_type: PredicatesGroup.GroupingType.AND, predicates });
  return new Response({ delete_record: new Sync.MessageDeleteRecord({ table_name, where_clause: [all] }) });
}

/** Only for a CLI that asks for them: older ones abort on a message that they do not know. */
export const failure = (table_name: string, error: string): SyncResponse =>
  new Response({ error: new Sync.MessageError({ table_name, error }) });
