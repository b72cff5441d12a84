import { expect, test } from 'vitest';
import { kmsKeys } from '../../src/enumerate/kms-keys.ts';
import { ScopeRun } from '../../src/sync/scope-run.ts';
import { formatScope, type UnitState } from '../../src/sync/scope-state.ts';
import { coverageUnit, type Unit, unitsListedBy } from '../../src/sync/units.ts';
import { keys } from '../../src/tables/keys.ts';

const place = { accountId: '111122223333', region: 'eu-west-1' };
const [keysUnit] = unitsListedBy(kmsKeys).map(({ unit }) => unit) as [Unit];
const line = coverageUnit(keys.name);
const scopeTables = { tables: [keys], units: new Map([keysUnit, line].map((unit) => [unit.name, unit])) };
const newRun = (before: string | null = null) => new ScopeRun(place, scopeTables, before, Promise.resolve());
const ends = (run: ScopeRun) => Object.fromEntries([...run.ends].map(([name, [, end]]) => [name, end]));

test('what was registered and never begun has no rows', () => {
  expect(ends(newRun())).toEqual({});
});

test('its reading began when the first of it was read', () => {
  const run = newRun();
  expect(run.startedAt).toBeNull();
  const [first, second] = [new Date('2026-11-24T00:00:00Z'), new Date('2026-11-24T00:01:00Z')];
  run.start(first);
  run.start(second);
  expect(run.startedAt).toBe(first);
});

test('what was begun and not heard of may have rows', () => {
  const run = newRun();
  run.begin([keysUnit]);
  expect(ends(run)).toEqual({ 'keys/kms_keys': { rows: 1, isComplete: false, completeAt: null } });
});

test('a unit is the one of its name, whichever object says so', () => {
  const run = newRun();
  run.begin([keysUnit]);
  run.settle({ ...keysUnit }, { rows: 7, isComplete: true });
  run.told(keys.name, new Date('2026-11-24T00:00:00Z'));
  expect(ends(run)).toEqual({
    'keys/kms_keys': { rows: 7, isComplete: true, completeAt: null },
    'coverage/keys': { rows: 1, isComplete: true, completeAt: '2026-11-24T00:00:00.000Z' },
  });
});

test('what the state was not told of cannot be written', () => {
  expect(() => newRun().told('*', null)).toThrow('coverage/* was not registered');
});

test('when tables were last listed completely, before this sync', () => {
  const completeAt = '2026-11-01T00:00:00.000Z';
  const unit = { rows: [8], superseded: [], completeAt, completeGeneration: 8 };
  const units = new Map<string, UnitState>([
    ['keys/kms_keys', { ...unit, completeAt: null }],
    [line.name, unit],
  ]);
  const run = newRun(formatScope({ organizationId: null, ramKeys: [], units }));
  expect(run.lastComplete()).toEqual(new Map([[line.name, { at: new Date(completeAt), generation: 8 }]]));
});

test('earlier syncs may have left rows of a unit, or none any more', () => {
  const unit = { rows: [8], superseded: [], completeAt: null, completeGeneration: null };
  const units = new Map<string, UnitState>([
    ['resources/sns', unit],
    ['resources/logs', { ...unit, rows: [], superseded: [7] }],
  ]);
  const run = newRun(formatScope({ organizationId: null, ramKeys: [], units }));
  expect(run.mayKeepRowsOf(new Set(['resources/sns', 'resources/ecr']))).toBe(true);
  expect(run.mayKeepRowsOf(new Set(['resources/logs', 'resources/ecr']))).toBe(false);
  expect(newRun().mayKeepRowsOf(new Set(['resources/sns']))).toBe(false);
});
