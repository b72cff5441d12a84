import type { DeletionMode } from '../spec/settings.ts';
import { type BackendOptions, connectBackend, type StateBackend } from '../state/backend.ts';
import { GroupCommit } from '../state/group-commit.ts';
import { StateError } from '../state/state-error.ts';
import { coverage } from '../tables/coverage.ts';
import type { Table } from '../tables/table.ts';
import { isTurnOfZero, nextGeneration, type UnitOutcome, wasCutShort } from './generations.ts';
import type { Completion, History, KnownScope } from './history.ts';
import { type Deletion, type Fate, type PlanRules, ScopeBook } from './scope-book.ts';
import { parseScope, type ScopeState, type UnitState } from './scope-state.ts';
import { lotOf, type Shard } from './shard.ts';
import { ownsKey, parseStateKey, stateKey } from './state-keys.ts';
import { accountCoverageUnit, accountUnit, type Unit, type UnitPlace, unitNamed } from './units.ts';

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
const isCoverageName = (name: string): boolean => name.startsWith('coverage/');

/** What the state says of the syncs before as a whole. */
interface Past {
  readonly generation: number;
  readonly followsCutSync: boolean;
}

class KeptHistory implements History {
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
  readonly #books = new Map<string, { readonly book: ScopeBook; registered: Promise<void> | null }>();
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
      isCoverage: ({ table }) => table === coverage,
      mayDelete: scope.deletion === 'scope',
      unitNamed(name, region) {
        const unit = unitNamed(name, region, selected);
        return unit && scope.selected.has(unit.table) ? unit : null;
      },
    };
  }

  async open(place: UnitPlace, units: readonly Unit[]): Promise<void> {
    const key = stateKey(this.#scope.shard, place);
    const open = this.#books.get(key) ?? {
      book: new ScopeBook(place, this.#values.get(key) ?? null),
      registered: null,
    };
    this.#books.set(key, open);
    if (open.registered === null || open.book.lacks(units)) {
      const value = open.book.open(units, this.generation, this.#scope.organizationOf(place.accountId));
      open.registered = this.#registrations.put(key, value);
    }
    await open.registered;
  }

  settle(place: UnitPlace, unit: Unit, outcome: UnitOutcome, completeAt: Date | null = null): void {
    this.#books.get(stateKey(this.#scope.shard, place))?.book.settle(unit, outcome, completeAt);
  }

  lastComplete(place: UnitPlace): ReadonlyMap<string, Completion> {
    const { book } = this.#books.get(stateKey(this.#scope.shard, place)) ?? {};
    const last = new Map<string, Completion>();
    for (const [name, { completeAt, completeGeneration }] of book?.before.units ?? []) {
      if (completeAt !== null) last.set(name, { at: new Date(completeAt), generation: completeGeneration });
    }
    return last;
  }

  oldestComplete(place: UnitPlace): Date | null {
    const times = this.#statesBelow(place).flatMap(({ units }) =>
      [...units.values()].flatMap(({ completeAt }) => (completeAt ? [Date.parse(completeAt)] : [])),
    );
    return times.length === 0 ? null : new Date(Math.min(...times));
  }

  sharedByRam(place: UnitPlace): ReadonlySet<string> {
    return new Set(this.#statesBelow(place).flatMap(({ ramKeys }) => ramKeys));
  }

  rememberShared(place: UnitPlace, keyIds: readonly string[]): void {
    this.#books.get(stateKey(this.#scope.shard, place))?.book.rememberRamKeys(keyIds);
  }

  close(place: UnitPlace, fate: Fate): void {
    const key = stateKey(this.#scope.shard, place);
    const open = this.#books.get(key);
    if (open) this.#close(key, open.book, fate);
  }

  *unopened(): Generator<KnownScope> {
    for (const [text, value] of [...this.#values]) {
      const key = parseStateKey(text);
      if (!key || this.#books.has(text) || this.#closed.has(text) || !ownsKey(this.#scope.shard, key))
        continue;
      const { organizationId } = parseScope(value);
      const keepsRows = this.#statesBelow(key).some(mayHaveRows);
      const close = (fate: Fate) => this.#close(text, new ScopeBook(key, value), fate);
      yield { key, organizationId, keepsRows, close };
    }
  }

  deletions(): ReadonlyMap<Table, readonly Deletion[]> {
    for (const [key, { book }] of [...this.#books]) this.#close(key, book, 'stated');
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
    if (key?.region !== 'global' || key.saidBy !== null || !this.#scope.selected.has(coverage)) return [];
    if (!this.#rules.mayDelete) return [];
    return [{ unit: accountCoverageUnit, place: key, generations: [0] }];
  }

  #close(key: string, book: ScopeBook, fate: Fate): void {
    const isTurn = isTurnOfZero(lotOf(`${key} ${this.generation}`), this.#scope.accounts);
    const organizationId = this.#scope.organizationOf(book.place.accountId);
    const { deletions, value } = book.plan(fate, isTurn, organizationId, this.#rules);
    for (const deletion of [...deletions, ...(isTurn ? this.#coverageWithoutState(key) : [])]) {
      const { table } = deletion.unit;
      const others = this.#deletions.get(table);
      if (others) others.push(deletion);
      else this.#deletions.set(table, [deletion]);
    }
    this.#closed.set(key, value);
    this.#books.delete(key);
    this.#values.delete(key);
  }
}

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
