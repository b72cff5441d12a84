import { describe, expect, test } from 'vitest';
import {
  isTurnOfZero,
  nextGeneration,
  planUnit,
  wasCutShort,
  withGeneration,
} from '../../src/sync/generations.ts';
import { emptyUnit, type UnitState } from '../../src/sync/scope-state.ts';

const state = (rows: number[], superseded: number[] = []): UnitState => ({ ...emptyUnit, rows, superseded });
const rules = { isOneRow: false, deletesZero: false, mayDelete: true };
const complete = (rows: number) => ({ rows, isComplete: true });
const incomplete = (rows: number) => ({ rows, isComplete: false });

describe('what is deleted of a unit at the end of the sync of generation 9', () => {
  test.each([
    ['the first sync of the unit', state([9]), complete(5), [], state([9])],
    ['all listed: the older generation goes', state([8, 9]), complete(5), [8], state([9], [8])],
    ['superseded by the sync before: once more', state([8, 9], [7]), complete(5), [7, 8], state([9], [8])],
    ['nothing exists any more', state([8, 9]), complete(0), [8], state([], [8])],
    ['nothing existed and nothing does', state([9]), complete(0), [], state([])],
    ['an empty unit forgets what was superseded', state([9], [8]), complete(0), [8], state([])],
    ['not all listed: everything stays', state([8, 9], [7]), incomplete(3), [], state([8, 9], [7])],
    ['nothing could be listed: as if it had not run', state([8, 9], [7]), incomplete(0), [], state([8], [7])],
    [
      'all listed after a crash and a failure',
      state([5, 7, 8, 9]),
      complete(1),
      [5, 7, 8],
      state([9], [5, 7, 8]),
    ],
  ])('%s', (_, before, outcome, deletes, next) => {
    expect(planUnit(before, outcome, 9, { ...rules, isOneRow: false })).toEqual({ deletes, next });
  });

  test.each([
    ['all listed', state([8, 9]), complete(5), [0, 8]],
    ['nothing known', state([9]), complete(0), [0]],
    ['not all listed', state([8, 9]), incomplete(5), []],
  ])('rows of a sync without a state, when it is their turn: %s', (_, before, outcome, deletes) => {
    expect(planUnit(before, outcome, 9, { ...rules, deletesZero: true }).deletes).toEqual(deletes);
  });

  test.each([
    ['written again: it has replaced the older one', state([8, 9], [7]), complete(1), [], state([9], [8])],
    ['not written: the older one is void', state([8], [7]), complete(0), [7, 8], state([], [8])],
  ])('of a unit that is one row, %s', (_, before, outcome, deletes, next) => {
    expect(planUnit(before, outcome, 9, { ...rules, isOneRow: true })).toEqual({ deletes, next });
  });

  test.each([
    ['all listed', state([7, 8, 9], [6]), complete(5), state([7, 8, 9], [6])],
    ['nothing exists any more', state([8, 9]), complete(0), state([8])],
    ['not all listed', state([8, 9]), incomplete(5), state([8, 9])],
  ])(
    'nothing, where nothing may be deleted; and the state knows what there is: %s',
    (_, before, outcome, next) => {
      const none = { ...rules, deletesZero: true, mayDelete: false };
      expect(planUnit(before, outcome, 9, none)).toEqual({ deletes: [], next });
      expect(planUnit(state([8, 9]), complete(1), 9, { ...none, isOneRow: true }).next.rows).toEqual([9]);
    },
  );

  test('a generation of another, later sync is left alone', () => {
    expect(planUnit(state([8, 9, 12]), complete(1), 9, { ...rules, isOneRow: false }).deletes).toEqual([8]);
  });
});

test('a generation is known before its first row, and keeps what was known', () => {
  expect(withGeneration(state([7], [6]), 8)).toEqual(state([7, 8], [6]));
});

test('a sync has a generation above all that the state knows', () => {
  expect(nextGeneration([])).toBe(1);
  expect(nextGeneration([state([3, 8]), state([5], [11]), emptyUnit])).toBe(12);
});

describe('the turn of rows without a state', () => {
  test('up to fifty accounts: every scope, every time', () => {
    for (let lot = 0; lot < 100; lot++) expect(isTurnOfZero(lot, 50)).toBe(true);
  });

  test('two thousand accounts: one scope in forty', () => {
    expect(Array.from({ length: 4000 }, (_, lot) => isTurnOfZero(lot, 2000)).filter(Boolean)).toHaveLength(
      100,
    );
  });
});

describe('whether the sync before generation 9 came to its end', () => {
  test.each([
    ['no sync before', [], false],
    ['it settled its row', [state([8], [7])], false],
    ['it did not write the row', [state([], [7])], false],
    ['it was the first, and nothing tells', [state([8])], false],
    [
      'it said that a row would come, and the older one is not settled',
      [state([8], [7]), state([7, 8])],
      true,
    ],
    ['one long before did not, and nobody has asked since', [state([4, 5])], false],
  ])('%s', (_, units, wasCut) => {
    expect(wasCutShort(units, 9)).toBe(wasCut);
  });
});
