import { type BackendOptions, connectBackend } from '../state/backend.ts';
import { StateError } from '../state/state-error.ts';
import { nextGeneration, wasCutShort } from './generations.ts';
import type { History } from './history.ts';
import { type HistoryScope, KeptHistory } from './kept-history.ts';
import { parseScope, type UnitState } from './scope-state.ts';
import type { Shard } from './shard.ts';
import { ownsKey, parseStateKey } from './state-keys.ts';
import { accountUnit, isCoverageName } from './units.ts';

/** Reads the state of a backend. @throws StateError */
export async function openHistory(options: BackendOptions, scope: HistoryScope): Promise<History> {
  const backend = connectBackend(options);
  try {
    const values = await backend.read();
    // The table may hold keys of other plugins.
    for (const key of [...values.keys()]) if (parseStateKey(key) === null) values.delete(key);
    const generation = nextGeneration(unitsOf(values, options.table_name));
    const followsCutSync = wasCutShort(oneRowUnits(values, scope.shard), generation);
    return new KeptHistory(backend, values, { generation, followsCutSync }, scope);
  } catch (error) {
    backend.close();
    throw error;
  }
}

/** Everything that the state knows. @throws StateError for a value that cannot be read */
function* unitsOf(values: ReadonlyMap<string, string>, table: string): Generator<UnitState> {
  for (const [key, value] of values) {
    try {
      yield* parseScope(value).units.values();
    } catch {
      throw new StateError(
        'unreadable',
        `The value of ${key} in the state table ${table} is damaged, or of a newer version of this plugin; nothing was deleted or written: run the version that wrote it, or delete that row and see "A state that is lost" in docs/reliability.md`,
      );
    }
  }
}

/** What is one row each, of the shard's own scopes: another shard may be at work now. */
function* oneRowUnits(values: ReadonlyMap<string, string>, shard: Shard): Generator<UnitState> {
  for (const [text, value] of values) {
    const key = parseStateKey(text);
    if (key === null || !ownsKey(shard, key)) continue;
    for (const [name, unit] of parseScope(value).units) if (isOneRow(name)) yield unit;
  }
}

const isOneRow = (name: string): boolean => name === accountUnit.name || isCoverageName(name);
