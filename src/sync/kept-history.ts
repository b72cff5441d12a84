import type { DeletionMode } from '../spec/settings.ts';
import type { StateBackend } from '../state/backend.ts';
import { GroupCommit } from '../state/group-commit.ts';
import { coverage } from '../tables/coverage.ts';
import type { Table } from '../tables/table.ts';
import { isTurnOfZero } from './generations.ts';
import type { History, KnownScope } from './history.ts';
import {
  type Deletion,
  type Ending,
  type PlanRules,
  planScope,
  registration,
  type ScopeFindings,
} from './scope-plan.ts';
import { ScopeRun, type ScopeTables } from './scope-run.ts';
import { formatScope, parseScope, type ScopeState } from './scope-state.ts';
import { lotOf, type Shard } from './shard.ts';
import { ownsKey, parseStateKey, stateKey } from './state-keys.ts';
import { accountCoverageUnit, isCoverageName, type UnitPlace, unitNamed } from './units.ts';

/** What a sync has to know of the organization to read its history. */
export interface HistoryScope {
  readonly shard: Shard;
  readonly selected: ReadonlySet<Table>;
  /** The organization that an account is in; null when it is not known to be in one. */
  organizationOf(accountId: string): string | null;
  /** How many accounts are read. */
  readonly accounts: number;
  readonly deletion: DeletionMode;
}

/** What the state says of the syncs before as a whole. */
interface Past {
  readonly generation: number;
  readonly followsCutSync: boolean;
}

/** With a state: the values of all scopes, as they were and as they will be. */
export class KeptHistory implements History {
  readonly isKept = true;
  readonly generation: number;
  readonly followsCutSync: boolean;
  readonly isAppended: boolean;
  readonly tellsGenerations: boolean;
  readonly #backend: StateBackend;
  readonly #scope: HistoryScope;
  readonly #registrations: GroupCommit;
  readonly #rules: PlanRules;
  /** As the state had them; texts, since parsed they would take much more. Those that are closed are dropped. */
  readonly #values: Map<string, string>;
  readonly #runs = new Map<string, ScopeRun>();
  #keysByAccount: ReadonlyMap<string, readonly string[]> | null = null;
  readonly #closed = new Map<string, string>();
  readonly #deletions = new Map<Table, Deletion[]>();

  constructor(backend: StateBackend, values: Map<string, string>, past: Past, scope: HistoryScope) {
    this.#backend = backend;
    this.#scope = scope;
    this.#values = values;
    this.generation = past.generation;
    this.followsCutSync = past.followsCutSync;
    this.isAppended = backend.keepsEveryRow;
    this.tellsGenerations = scope.deletion === 'generation';
    this.#registrations = new GroupCommit((registered) => backend.write(registered));
    const selected = [...scope.selected];
    this.#rules = {
      generation: this.generation,
      isCoverage: (table) => table === coverage,
      mayDelete: scope.deletion === 'scope',
      unitNamed(name, region) {
        const unit = unitNamed(name, region, selected);
        return unit && scope.selected.has(unit.table) ? unit : null;
      },
    };
  }

  open(place: UnitPlace, tables: ScopeTables): ScopeRun {
    const key = stateKey(this.#scope.shard, place);
    if (this.#runs.has(key) || this.#closed.has(key)) throw new Error(`${key} is opened twice`);
    const before = this.#values.get(key) ?? null;
    const { generation } = this;
    const organizationId = this.#scope.organizationOf(place.accountId);
    const recorded = before === null ? null : parseScope(before);
    const value = formatScope(registration(recorded, tables.units.values(), { generation, organizationId }));
    const run = new ScopeRun(place, tables, before, this.#registrations.put(key, value));
    this.#runs.set(key, run);
    return run;
  }

  runOf(place: UnitPlace): ScopeRun | null {
    return this.#runs.get(stateKey(this.#scope.shard, place)) ?? null;
  }

  oldestComplete(place: UnitPlace): Date | null {
    const times = this.#statesBelow(place).flatMap(({ units }) =>
      [...units.values()].flatMap(({ completeAt }) => (completeAt ? [Date.parse(completeAt)] : [])),
    );
    return times.length === 0 ? null : new Date(Math.min(...times));
  }

  sharedByRam(place: UnitPlace): ReadonlySet<string> {
    // Of a scope that is done: what this sync saw there.
    const done = this.#closed.get(stateKey(this.#scope.shard, place));
    const states = [...this.#statesBelow(place), ...(done === undefined ? [] : [parseScope(done)])];
    return new Set(states.flatMap(({ ramKeys }) => ramKeys));
  }

  close(run: ScopeRun, ending: Ending): void {
    const key = stateKey(this.#scope.shard, run.place);
    this.#plan(key, run.place, run.before, { units: run.ends, ramKeys: run.ramKeys }, ending);
    this.#runs.delete(key);
  }

  *unopened(): Generator<KnownScope> {
    for (const [text, value] of [...this.#values]) {
      const key = parseStateKey(text);
      if (!key || this.#runs.has(text) || this.#closed.has(text) || !ownsKey(this.#scope.shard, key))
        continue;
      const { organizationId } = parseScope(value);
      const keepsRows = this.#statesBelow(key).some(mayHaveRows);
      const close = (ending: Ending) => this.#plan(text, key, parseScope(value), nothingFound, ending);
      yield { key, organizationId, keepsRows, close };
    }
  }

  closeRest(): void {
    for (const run of [...this.#runs.values()]) this.close(run, 'stated');
  }

  deletions(): ReadonlyMap<Table, readonly Deletion[]> {
    return this.#deletions;
  }

  async commit(): Promise<void> {
    await this.#backend.write(this.#closed);
  }

  end(): void {
    this.#backend.close();
  }

  /** The states of a scope, or of all scopes of an account (`global`), as they were. */
  #statesBelow({ accountId, region }: UnitPlace): ScopeState[] {
    this.#keysByAccount ??= keysByAccount(this.#values.keys());
    const keys = this.#keysByAccount.get(accountId) ?? [];
    return keys.flatMap((text) => {
      const isBelow = region === 'global' || parseStateKey(text)?.region === region;
      const value = isBelow ? this.#values.get(text) : undefined;
      return value === undefined ? [] : [parseScope(value)];
    });
  }

  /** What syncs without a state said of an account: whatever this one says takes its place. */
  #coverageWithoutState(text: string): Deletion[] {
    const key = parseStateKey(text);
    if (key?.region !== 'global' || key.byShard !== null || !this.#scope.selected.has(coverage)) return [];
    if (!this.#rules.mayDelete) return [];
    return [{ unit: accountCoverageUnit, place: key, generations: [0] }];
  }

  #plan(
    key: string,
    place: UnitPlace,
    before: ScopeState | null,
    found: Pick<ScopeFindings, 'units' | 'ramKeys'>,
    ending: Ending,
  ): void {
    const isTurn = isTurnOfZero(lotOf(`${key} ${this.generation}`), this.#scope.accounts);
    const organizationId = this.#scope.organizationOf(place.accountId);
    const all = { ...found, organizationId, isTurnOfZero: isTurn };
    const { deletions, next } = planScope(place, before, all, ending, this.#rules);
    for (const deletion of [...deletions, ...(isTurn ? this.#coverageWithoutState(key) : [])]) {
      const { table } = deletion.unit;
      const others = this.#deletions.get(table);
      if (others) others.push(deletion);
      else this.#deletions.set(table, [deletion]);
    }
    this.#closed.set(key, formatScope(next));
    this.#values.delete(key);
  }
}

/** Of a scope that this sync did not open. */
const nothingFound = { units: new Map(), ramKeys: null };

function keysByAccount(keys: Iterable<string>): Map<string, string[]> {
  const byAccount = new Map<string, string[]>();
  for (const text of keys) {
    const accountId = parseStateKey(text)?.accountId ?? '';
    const others = byAccount.get(accountId);
    if (others) others.push(text);
    else byAccount.set(accountId, [text]);
  }
  return byAccount;
}

/** Rows of AWS's things: coverage is about them. */
function mayHaveRows({ units }: ScopeState): boolean {
  return [...units].some(([name, { rows }]) => rows.length > 0 && !isCoverageName(name));
}
