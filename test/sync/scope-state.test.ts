import { describe, expect, test } from 'vitest';
import { emptyUnit, formatScope, parseScope, type ScopeState } from '../../src/sync/scope-state.ts';

const scope: ScopeState = {
  organizationId: 'o-exampleorg1',
  ramKeys: ['1234abcd-12ab-34cd-56ef-1234567890ab', 'mrk-1234abcd12ab34cd56ef1234567890ab'],
  units: new Map([
    ['keys/kms_keys', { rows: [7, 8, 9], superseded: [6], completeAt: null, completeGeneration: null }],
    [
      'coverage/keys',
      { rows: [9], superseded: [], completeAt: '2026-11-24T10:00:00.123Z', completeGeneration: 9 },
    ],
  ]),
};

test('a scope comes back from the state as it was', () => {
  expect(parseScope(formatScope(scope))).toEqual(scope);
});

test('units of which nothing is known take no room', () => {
  const empty = { organizationId: null, ramKeys: [], units: new Map([['keys/kms_keys', emptyUnit]]) };
  expect(formatScope(empty)).toBe('{"version":2,"units":{}}');
});

test.each([
  ['keys that are no list', '{"version":2,"ram_keys":"k","units":{}}'],
  ['keys that are no texts', '{"version":2,"ram_keys":[1],"units":{}}'],
  ['no JSON', 'x'],
  ['a newer version', '{"version":3,"units":{}}'],
  ['no version', '{"units":{}}'],
  ['no units', '{"version":2}'],
  ['a field of a later version', '{"version":2,"units":{},"shards":4}'],
  ['an organization that is none', '{"version":2,"organization":1,"units":{}}'],
  ['a time that is none', '{"version":2,"units":{"coverage/keys":{"complete":"soon"}}}'],
  ['a generation that is none', '{"version":2,"units":{"coverage/keys":{"generation":9}}}'],
  ['generations that are none', '{"version":2,"units":{"keys/kms_keys":{"rows":"9-"}}}'],
  [
    'a field of a unit of a later version',
    '{"version":2,"units":{"keys/kms_keys":{"rows":"9","expires":"1"}}}',
  ],
])('what is not understood is refused: %s', (_, value) => {
  expect(() => parseScope(value)).toThrow();
});

describe('values of earlier versions, as they wrote them', () => {
  test.each<[what: string, value: string, scope: ScopeState]>([
    [
      '0.1.0: a region that was listed, denied once, and listed again',
      '{"version":1,"organization":"o-exampleorg1","units":{"keys/kms_keys":{"rows":"3,5-7","superseded":"2"},"coverage/keys":{"rows":"7","complete":"2026-11-24T10:00:00.123Z"},"coverage/*":{"superseded":"4"}}}',
      {
        organizationId: 'o-exampleorg1',
        ramKeys: [],
        units: new Map([
          ['keys/kms_keys', { ...emptyUnit, rows: [3, 5, 6, 7], superseded: [2] }],
          ['coverage/keys', { ...emptyUnit, rows: [7], completeAt: '2026-11-24T10:00:00.123Z' }],
          ['coverage/*', { ...emptyUnit, superseded: [4] }],
        ]),
      },
    ],
    [
      '0.1.0: an account on its own',
      '{"version":1,"units":{"accounts/organization":{"rows":"1"}}}',
      {
        organizationId: null,
        ramKeys: [],
        units: new Map([['accounts/organization', { ...emptyUnit, rows: [1] }]]),
      },
    ],
    [
      'between 0.1.0 and this one: keys that RAM shares, and the generation of a complete listing',
      '{"version":1,"organization":"o-exampleorg1","ram_keys":["1234abcd-12ab-34cd-56ef-1234567890ab"],"units":{"keys/kms_keys":{"rows":"9","superseded":"8"},"coverage/keys":{"rows":"9","superseded":"8","complete":"2026-11-28T22:40:00.000Z","generation":"9"}}}',
      {
        organizationId: 'o-exampleorg1',
        ramKeys: ['1234abcd-12ab-34cd-56ef-1234567890ab'],
        units: new Map([
          ['keys/kms_keys', { ...emptyUnit, rows: [9], superseded: [8] }],
          [
            'coverage/keys',
            { rows: [9], superseded: [8], completeAt: '2026-11-28T22:40:00.000Z', completeGeneration: 9 },
          ],
        ]),
      },
    ],
  ])('%s', (_, value, expected) => {
    expect(parseScope(value)).toEqual(expected);
    // What is written of it next is of this version, and says the same.
    expect(formatScope(parseScope(value))).toContain('{"version":2,');
    expect(parseScope(formatScope(parseScope(value)))).toEqual(expected);
  });
});
