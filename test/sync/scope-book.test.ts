import { describe, expect, test } from 'vitest';
import { kmsKeys } from '../../src/enumerate/kms-keys.ts';
import { type Fate, type PlanRules, ScopeBook } from '../../src/sync/scope-book.ts';
import { formatScope, parseScope, type UnitState } from '../../src/sync/scope-state.ts';
import { coverageUnit, type Unit, unitNamed, unitsListedBy } from '../../src/sync/units.ts';
import { coverage } from '../../src/tables/coverage.ts';
import { tables } from '../../src/tables/index.ts';

const place = { accountId: '111122223333', region: 'eu-west-1' };
const [keysUnit] = unitsListedBy(kmsKeys).map(({ unit }) => unit) as [Unit];
const keysLine = coverageUnit('aws_encryption_keys');
const wholeLine = coverageUnit('*');
const rules: PlanRules = {
  generation: 9,
  isCoverage: ({ table }) => table === coverage,
  mayDelete: true,
  unitNamed: (name, region) => unitNamed(name, region, tables),
};
const then = '2026-11-01T00:00:00.000Z';
const now = '2026-11-24T00:00:00.000Z';

const unit = (rows: number[], more: Partial<UnitState> = {}): UnitState => ({
  rows,
  superseded: [],
  completeAt: null,
  completeGeneration: null,
  ...more,
});

/** A scope as the sync of generation 8 left it: keys listed, one line of coverage. */
const known = (more: Record<string, UnitState> = {}) => ({
  organizationId: 'o-exampleorg1',
  ramKeys: [],
  units: new Map([
    [keysUnit.name, unit([8])],
    [keysLine.name, unit([8], { completeAt: then })],
    ...Object.entries(more),
  ]),
});

const value = (more?: Record<string, UnitState>) => formatScope(known(more));

/** What becomes of the scope: deletions as `name generations`, and the state that follows. */
function endOf(book: ScopeBook, fate: Fate) {
  const { deletions, value } = book.plan(fate, false, null, rules);
  return {
    deletions: deletions.map(({ unit, generations }) => `${unit.name} ${generations}`),
    units: Object.fromEntries(parseScope(value).units),
  };
}

describe('a scope that this sync did not visit', () => {
  test('failed, skipped or excluded: its rows stay, what coverage said of them is void', () => {
    expect(endOf(new ScopeBook(place, value()), 'stated')).toEqual({
      deletions: ['coverage/keys 8'],
      units: {
        [keysUnit.name]: unit([8]),
        // What was known of its completeness is remembered for the day it is read again.
        [keysLine.name]: unit([], { superseded: [8], completeAt: then }),
      },
    });
  });

  test('its account is gone: everything goes, rows without a state included', () => {
    expect(endOf(new ScopeBook(place, value()), 'gone')).toEqual({
      deletions: [`${keysUnit.name} 0,8`, 'coverage/keys 0,8'],
      units: {
        [keysUnit.name]: unit([], { superseded: [8] }),
        [keysLine.name]: unit([], { superseded: [8] }),
      },
    });
  });

  test('not looked at: nothing changes', () => {
    const { deletions, units } = endOf(new ScopeBook(place, value()), 'untouched');
    expect(deletions).toEqual([]);
    expect(units).toEqual(Object.fromEntries(known().units));
  });

  test('units of another version of the plugin are left alone, even when the account is gone', () => {
    const { deletions, units } = endOf(new ScopeBook(place, value({ 'vaults/kms': unit([8]) })), 'gone');
    expect(deletions).not.toContain(expect.stringContaining('vaults'));
    expect(units['vaults/kms']).toEqual(unit([8]));
  });
});

describe('a scope that this sync visits', () => {
  test('is registered with the new generation beside all that is known', () => {
    const book = new ScopeBook(place, value());
    const registered = parseScope(book.open([keysUnit, keysLine], 9, 'o-exampleorg1')).units;
    expect(registered.get(keysUnit.name)).toEqual(unit([8, 9]));
    expect(registered.get(keysLine.name)).toEqual(unit([8, 9], { completeAt: then }));
    expect(book.lacks([keysUnit])).toBe(false);
    expect(book.lacks([keysUnit, wholeLine])).toBe(true);
  });

  test('listed completely: what is older goes, the line of coverage replaces itself', () => {
    const book = new ScopeBook(place, value());
    book.open([keysUnit, keysLine], 9, null);
    book.settle(keysUnit, { rows: 3, isComplete: true });
    book.settle(keysLine, { rows: 1, isComplete: true }, new Date(now));
    expect(endOf(book, 'stated')).toEqual({
      deletions: [`${keysUnit.name} 8`],
      units: {
        [keysUnit.name]: unit([9], { superseded: [8] }),
        [keysLine.name]: unit([9], { superseded: [8], completeAt: now, completeGeneration: 9 }),
      },
    });
  });

  test('not listed completely: nothing goes, and the time of the last complete listing stays', () => {
    const book = new ScopeBook(place, value());
    book.open([keysUnit, keysLine], 9, null);
    book.settle(keysUnit, { rows: 1, isComplete: false });
    book.settle(keysLine, { rows: 1, isComplete: true });
    const { deletions, units } = endOf(book, 'stated');
    expect(deletions).toEqual([]);
    expect(units[keysUnit.name]).toEqual(unit([8, 9]));
    expect(units[keysLine.name]?.completeAt).toEqual(then);
  });

  test('read again: what was said of it as a whole is void', () => {
    const book = new ScopeBook(place, value({ [wholeLine.name]: unit([8]) }));
    book.open([keysUnit, keysLine], 9, null);
    book.settle(keysUnit, { rows: 0, isComplete: false });
    book.settle(keysLine, { rows: 1, isComplete: true });
    expect(endOf(book, 'stated').deletions).toEqual(['coverage/* 8']);
  });

  test('opened and then not heard of: it may have rows, and nothing of it is deleted', () => {
    const book = new ScopeBook(place, value());
    book.open([keysUnit], 9, null);
    const { deletions, units } = endOf(book, 'stated');
    expect(deletions).toEqual(['coverage/keys 8']);
    expect(units[keysUnit.name]).toEqual(unit([8, 9]));
  });

  test('seen for the first time: rows of a sync without a state go where there are rows', () => {
    const book = new ScopeBook(place, null);
    const [, accessUnit] = unitsListedBy(kmsKeys).map(({ unit }) => unit) as [Unit, Unit];
    book.open([keysUnit, accessUnit], 9, null);
    book.settle(keysUnit, { rows: 1, isComplete: true });
    book.settle(accessUnit, { rows: 0, isComplete: true });
    expect(endOf(book, 'stated').deletions).toEqual([`${keysUnit.name} 0`]);
  });
});

test.each([
  ['the organization of now', 'o-now', 'o-now'],
  ['that of before, where it is not known now', null, 'o-exampleorg1'],
])('the state remembers the organization: %s', (_, organizationId, expected) => {
  const plan = new ScopeBook(place, value()).plan('untouched', false, organizationId, rules);
  expect(parseScope(plan.value).organizationId).toBe(expected);
});

test('a scope of which nothing is left leaves an empty value', () => {
  const left = {
    organizationId: null,
    ramKeys: [],
    units: new Map([[keysUnit.name, unit([], { superseded: [8] })]]),
  };
  const plan = new ScopeBook(place, formatScope(left)).plan('gone', false, null, rules);
  expect(plan.value).toBe(formatScope({ organizationId: null, ramKeys: [], units: new Map() }));
});

describe('keys that AWS RAM was seen to share', () => {
  const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
  const before = formatScope({ ...known(), ramKeys: [keyId] });
  const kept = (book: ScopeBook, fate: Fate) => parseScope(book.plan(fate, false, null, rules).value).ramKeys;

  test('are known while the scope is open, and afterwards to a sync that did not look', () => {
    const book = new ScopeBook(place, before);
    expect(parseScope(book.open([keysUnit], 9, null)).ramKeys).toEqual([keyId]);
    expect(kept(book, 'stated')).toEqual([keyId]);
  });

  test.each([
    ['are those that this sync saw', ['another'], 'stated', ['another']],
    ['are none when this sync saw none', [], 'stated', []],
    ['are none of an account that is gone', ['another'], 'gone', []],
  ] as const)('%s', (_, seen, fate, expected) => {
    const book = new ScopeBook(place, before);
    book.rememberRamKeys(seen);
    expect(kept(book, fate)).toEqual(expected);
  });
});
