import { describe, expect, test } from 'vitest';
import { kmsKeys } from '../../src/enumerate/kms-keys.ts';
import {
  type Ending,
  type PlanRules,
  planScope,
  registration,
  type ScopeFindings,
  type UnitEnd,
} from '../../src/sync/scope-plan.ts';
import type { ScopeState, UnitState } from '../../src/sync/scope-state.ts';
import { coverageUnit, type Unit, unitNamed, unitsListedBy } from '../../src/sync/units.ts';
import { coverage } from '../../src/tables/coverage.ts';
import { tables } from '../../src/tables/index.ts';

const place = { accountId: '111122223333', region: 'eu-west-1' };
const [keysUnit, accessUnit] = unitsListedBy(kmsKeys).map(({ unit }) => unit) as [Unit, Unit];
const keysLine = coverageUnit('aws_encryption_keys');
const wholeLine = coverageUnit('*');
const rules: PlanRules = {
  generation: 9,
  isCoverage: (table) => table === coverage,
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
const known = (more: Record<string, UnitState> = {}): ScopeState => ({
  organizationId: 'o-exampleorg1',
  ramKeys: [],
  units: new Map([
    [keysUnit.name, unit([8])],
    [keysLine.name, unit([8], { completeAt: then })],
    ...Object.entries(more),
  ]),
});

/** What a sync made of some units. */
const found = (
  ends: readonly (readonly [Unit, Partial<UnitEnd> & { readonly rows: number }])[],
  more: Partial<ScopeFindings> = {},
): ScopeFindings => ({
  units: new Map(
    ends.map(([each, end]) => [each.name, [each, { isComplete: true, completeAt: null, ...end }]]),
  ),
  ramKeys: null,
  organizationId: null,
  isTurnOfZero: false,
  ...more,
});
const nothing = found([]);

/** What becomes of the scope: deletions as `name generations`, and the units that the state knows then. */
function endOf(before: ScopeState | null, findings: ScopeFindings, ending: Ending) {
  const { deletions, next } = planScope(place, before, findings, ending, rules);
  return {
    deletions: deletions.map(({ unit: { name }, generations }) => `${name} ${generations}`),
    units: Object.fromEntries(next.units),
  };
}

describe('a scope that this sync did not visit', () => {
  test('failed, skipped or excluded: its rows stay, what coverage said of them is void', () => {
    expect(endOf(known(), nothing, 'stated')).toEqual({
      deletions: ['coverage/keys 8'],
      units: {
        [keysUnit.name]: unit([8]),
        // What was known of its completeness is remembered for the day it is read again.
        [keysLine.name]: unit([], { superseded: [8], completeAt: then }),
      },
    });
  });

  test('its account is gone: everything goes, rows without a state included', () => {
    expect(endOf(known(), nothing, 'gone')).toEqual({
      deletions: [`${keysUnit.name} 0,8`, 'coverage/keys 0,8'],
      units: {
        [keysUnit.name]: unit([], { superseded: [8] }),
        [keysLine.name]: unit([], { superseded: [8] }),
      },
    });
  });

  test('not looked at: nothing changes', () => {
    const { deletions, units } = endOf(known(), nothing, 'untouched');
    expect(deletions).toEqual([]);
    expect(units).toEqual(Object.fromEntries(known().units));
  });

  test('units of another version of the plugin are left alone, even when the account is gone', () => {
    const { deletions, units } = endOf(known({ 'vaults/kms': unit([8]) }), nothing, 'gone');
    expect(deletions.filter((deletion) => deletion.includes('vaults'))).toEqual([]);
    expect(units['vaults/kms']).toEqual(unit([8]));
  });
});

describe('a scope that this sync visits', () => {
  test('is registered with the new generation beside all that is known', () => {
    const { units } = registration(known(), [keysUnit, keysLine], { generation: 9, organizationId: null });
    expect(units.get(keysUnit.name)).toEqual(unit([8, 9]));
    expect(units.get(keysLine.name)).toEqual(unit([8, 9], { completeAt: then }));
  });

  test('listed completely: what is older goes, the line of coverage replaces itself', () => {
    const findings = found([
      [keysUnit, { rows: 3 }],
      [keysLine, { rows: 1, completeAt: now }],
    ]);
    expect(endOf(known(), findings, 'stated')).toEqual({
      deletions: [`${keysUnit.name} 8`],
      units: {
        [keysUnit.name]: unit([9], { superseded: [8] }),
        [keysLine.name]: unit([9], { superseded: [8], completeAt: now, completeGeneration: 9 }),
      },
    });
  });

  test('not listed completely: nothing goes, and the time of the last complete listing stays', () => {
    const findings = found([
      [keysUnit, { rows: 1, isComplete: false }],
      [keysLine, { rows: 1 }],
    ]);
    const { deletions, units } = endOf(known(), findings, 'stated');
    expect(deletions).toEqual([]);
    expect(units[keysUnit.name]).toEqual(unit([8, 9]));
    expect(units[keysLine.name]?.completeAt).toEqual(then);
  });

  test('read again: what was said of it as a whole is void', () => {
    const findings = found([
      [keysUnit, { rows: 0, isComplete: false }],
      [keysLine, { rows: 1 }],
    ]);
    const before = known({ [wholeLine.name]: unit([8]) });
    expect(endOf(before, findings, 'stated').deletions).toEqual(['coverage/* 8']);
  });

  test('seen for the first time: rows of a sync without a state go where there are rows', () => {
    const findings = found([
      [keysUnit, { rows: 1 }],
      [accessUnit, { rows: 0 }],
    ]);
    expect(endOf(null, findings, 'stated').deletions).toEqual([`${keysUnit.name} 0`]);
  });
});

test.each([
  ['the organization of now', 'o-now', 'o-now'],
  ['that of before, where it is not known now', null, 'o-exampleorg1'],
])('the state remembers the organization: %s', (_, organizationId, expected) => {
  const { next } = planScope(place, known(), found([], { organizationId }), 'untouched', rules);
  expect(next.organizationId).toBe(expected);
});

test('of a scope of which nothing is left nothing is known', () => {
  const left = {
    organizationId: null,
    ramKeys: [],
    units: new Map([[keysUnit.name, unit([], { superseded: [8] })]]),
  };
  const { next } = planScope(place, left, nothing, 'gone', rules);
  expect(next).toEqual({ organizationId: null, ramKeys: [], units: new Map([[keysUnit.name, unit([])]]) });
});

describe('keys that AWS RAM was seen to share', () => {
  const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
  const before = { ...known(), ramKeys: [keyId] };

  test('are known while the scope is open', () => {
    const registered = registration(before, [keysUnit], { generation: 9, organizationId: null });
    expect(registered.ramKeys).toEqual([keyId]);
  });

  test.each([
    ['are those of before, where this sync did not look', null, 'stated', [keyId]],
    ['are those that this sync saw', ['another'], 'stated', ['another']],
    ['are none when this sync saw none', [], 'stated', []],
    ['are none of an account that is gone', ['another'], 'gone', []],
  ] as const)('%s', (_, ramKeys, ending, expected) => {
    const { next } = planScope(place, before, found([], { ramKeys }), ending, rules);
    expect(next.ramKeys).toEqual(expected);
  });
});
