import type { TableChoice } from './cloudquery/plugin.ts';
import { status } from './cloudquery/status.ts';
import { filterTables } from './cloudquery/table.ts';
import { nearest } from './spec/nearest.ts';
import { sdkTable } from './sync/encode.ts';
import { tables } from './tables/index.ts';
import type { Table } from './tables/table.ts';

/** A choice that nobody can mean. gRPC takes the status from it. */
class TableChoiceError extends Error {
  override readonly name = 'TableChoiceError';
  readonly code = status.INVALID_ARGUMENT;
  readonly details = this.message;
}

/**
 * The tables that a choice names, by CloudQuery's own rules. As with its other sources a pattern that matches nothing
 * is an error: a slip of the pen would otherwise look like a sync that found nothing.
 * @throws TableChoiceError
 */
export function selectTables(choice: TableChoice): readonly Table[] {
  const chosen = matching(choice);
  for (const pattern of choice.tables) {
    if (matching({ ...choice, tables: [pattern], skipTables: [] }).length === 0) throw noSuchTable(pattern);
  }
  if (chosen.length === 0 && choice.tables.length > 0) {
    throw new TableChoiceError('skip_tables leaves out every table that `tables` names');
  }
  return chosen;
}

function matching({ tables: include, skipTables, skipDependentTables }: TableChoice): readonly Table[] {
  const described = tables.map((table) => sdkTable(table, false));
  const names = new Set(
    filterTables(described, include, skipTables, skipDependentTables).map(({ name }) => name),
  );
  return tables.filter(({ name }) => names.has(name));
}

function noSuchTable(pattern: string): TableChoiceError {
  const near = nearest(
    pattern,
    tables.map(({ name }) => name),
  );
  const hint = near === null ? 'their names begin with `aws_encryption_`' : `did you mean \`${near}\`?`;
  return new TableChoiceError(`${JSON.stringify(pattern)} in tables names no table of this plugin; ${hint}`);
}
