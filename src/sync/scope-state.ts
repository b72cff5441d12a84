import { formatGenerations, type GenerationSet, noGenerations, parseGenerations } from './generation-set.ts';

/** What the state knows of the rows that are listed, and so deleted, together. */
export interface UnitState {
  /** The generations that may have rows. */
  readonly rows: GenerationSet;
  /** Generations whose rows were deleted once, and are deleted once more: the destination may have lost the deletion. */
  readonly superseded: GenerationSet;
  /** Of a line of coverage: when its table was last listed completely there (ISO 8601, UTC); null when never. */
  readonly completeAt: string | null;
  /** The generation of the sync that listed it then; null when never, or by a version that did not keep it. */
  readonly completeGeneration: number | null;
}

/** What the state knows of one scope. */
export interface ScopeState {
  /** The organization that the account was last known to be in; null when it was in none or that was not known. */
  readonly organizationId: string | null;
  /** Ids of the keys that were last seen shared by AWS RAM, ascending. */
  readonly ramKeys: readonly string[];
  /** By the unit's name. */
  readonly units: ReadonlyMap<string, UnitState>;
}

export const emptyUnit: UnitState = {
  rows: noGenerations,
  superseded: noGenerations,
  completeAt: null,
  completeGeneration: null,
};
export const emptyScope: ScopeState = { organizationId: null, ramKeys: [], units: new Map() };

/**
 * Of what is written. Version 1 is that of 0.1.0, which knows neither `ram_keys` nor the `generation` of a line of
 * coverage; what was written between the versions calls itself 1, too, and may have both.
 */
const version = 2;
/** Absent fields of older versions mean what they mean in a new value: that it is not known. */
const readable: ReadonlySet<unknown> = new Set([1, version]);

/*
 * Written and read by hand: a large organization has tens of thousands of these values, each of which is read several
 * times in a sync, and a schema takes five times as long.
 */

/** The value of the state for a scope. Units of which nothing is known are left out. */
export function formatScope({ organizationId, ramKeys, units }: ScopeState): string {
  const kept: Record<string, Record<string, string>> = {};
  for (const [name, { rows, superseded, completeAt, completeGeneration }] of units) {
    const unit: Record<string, string> = {};
    if (rows.length > 0) unit.rows = formatGenerations(rows);
    if (superseded.length > 0) unit.superseded = formatGenerations(superseded);
    if (completeAt !== null) unit.complete = completeAt;
    if (completeGeneration !== null) unit.generation = `${completeGeneration}`;
    if (Object.keys(unit).length > 0) kept[name] = unit;
  }
  const organization = organizationId === null ? {} : { organization: organizationId };
  const shared = ramKeys.length === 0 ? {} : { ram_keys: ramKeys };
  return JSON.stringify({ version, ...organization, ...shared, units: kept });
}

/** The scope of a value of the state. @throws Error when the value is damaged or of a newer version of the plugin */
export function parseScope(value: string): ScopeState {
  const scope = record(JSON.parse(value));
  const { version: written, organization = null, ram_keys: ramKeys = [], units, ...more } = scope;
  if (!readable.has(written) || Object.keys(more).length > 0) throw new Error('a newer version');
  if (organization !== null && typeof organization !== 'string') throw new Error('no organization');
  if (!isTexts(ramKeys)) throw new Error('no keys');
  const parsed = new Map<string, UnitState>();
  for (const [name, unit] of Object.entries(record(units))) parsed.set(name, parseUnit(record(unit)));
  return { organizationId: organization, ramKeys, units: parsed };
}

function parseUnit(unit: Record<string, unknown>): UnitState {
  const { rows, superseded, complete = null, generation, ...more } = unit;
  if (Object.keys(more).length > 0) throw new Error('a newer version');
  if (complete !== null && (typeof complete !== 'string' || Number.isNaN(Date.parse(complete)))) {
    throw new Error('no time');
  }
  const [completeGeneration = null] = generations(generation);
  return {
    rows: generations(rows),
    superseded: generations(superseded),
    completeAt: complete,
    completeGeneration,
  };
}

function generations(text: unknown): GenerationSet {
  if (text === undefined) return noGenerations;
  const set = typeof text === 'string' ? parseGenerations(text) : null;
  if (set === null) throw new Error('no generations');
  return set;
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((text) => typeof text === 'string');

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('no object');
  return value as Record<string, unknown>;
}
