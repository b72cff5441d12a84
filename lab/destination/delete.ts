import type { Vector } from '@apache-arrow/esnext-esm';
import type { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import { type ClientBase, escapeIdentifier } from 'pg';
import { databaseFailure } from './failure.ts';
import { decodeRecord } from './table.ts';
import { timestampText } from './timestamp.ts';

type DeleteStale = pluginV3.cloudquery.plugin.v3.Write.MessageDeleteStale;
type DeleteRecord = pluginV3.cloudquery.plugin.v3.Write.MessageDeleteRecord;
type Predicate = pluginV3.cloudquery.plugin.v3.Predicate;
type TableRelation = pluginV3.cloudquery.plugin.v3.TableRelation;

/** Deletes what one source wrote in earlier syncs. */
export async function deleteStale(client: ClientBase, message: DeleteStale): Promise<void> {
  const { seconds, nanos } = message.sync_time;
  const syncTime = timestampText(BigInt(seconds) * 1_000_000n + BigInt(Math.floor(nanos / 1000)));
  try {
    await client.query(
      `DELETE FROM ${escapeIdentifier(message.table_name)} WHERE _cq_source_name = $1 AND _cq_sync_time < $2`,
      [message.source_name, syncTime],
    );
  } catch (cause) {
    throw databaseFailure(`delete stale rows of the table ${message.table_name}`, cause);
  }
}

/** Deletes the rows that a source names by values of columns, and the rows of related tables below them. */
export async function deleteRecord(client: ClientBase, message: DeleteRecord): Promise<void> {
  const values: (string | null)[] = [];
  const groups = message.where_clause
    .filter((group) => group.predicates.length > 0)
    .map((group) => {
      const terms = group.predicates.map(
        (predicate) => `${escapeIdentifier(predicate.column)} = $${values.push(predicateValue(predicate))}`,
      );
      return `(${terms.join(group.grouping_type === OR ? ' OR ' : ' AND ')})`;
    });
  const where = groups.length > 0 ? ` WHERE ${groups.join(' AND ')}` : '';
  try {
    await client.query(deletion(message.table_name, where, message.table_relations), values);
  } catch (cause) {
    throw databaseFailure(`delete rows of the table ${message.table_name}`, cause);
  }
}

/** `PredicatesGroup.GroupingType.OR` of the protocol. */
const OR = 1;

/** The one value of a predicate's record; null equals nothing in SQL, so such a predicate deletes nothing. */
function predicateValue(predicate: Predicate): string | null {
  const { table, batches } = decodeRecord(predicate.record);
  const values = batches[0]?.getChildAt(0) as Vector;
  return values.isValid(0) ? (table.columns[0]?.type.text(values, 0, () => {}) ?? null) : null;
}

/** One statement: each related table loses the rows whose parent the step before has deleted. */
function deletion(table: string, where: string, relations: readonly TableRelation[]): string {
  if (relations.length === 0) return `DELETE FROM ${escapeIdentifier(table)}${where}`;
  const steps: string[] = [];
  const addStep = (name: string, condition: string): void => {
    const step = `step${steps.length}`;
    steps.push(`${step} AS (DELETE FROM ${escapeIdentifier(name)}${condition} RETURNING _cq_id)`);
    for (const child of relations.filter((relation) => relation.parent_table === name)) {
      addStep(child.table_name, ` WHERE _cq_parent_id IN (SELECT _cq_id FROM ${step})`);
    }
  };
  addStep(table, where);
  return `WITH ${steps.join(', ')} SELECT`;
}
