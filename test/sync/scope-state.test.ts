import { expect, test } from 'vitest';
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
  expect(formatScope(empty)).toBe('{"version":1,"units":{}}');
});

test('a scope without keys that RAM shares is read by versions that do not know of them', () => {
  expect(formatScope({ ...scope, ramKeys: [] })).not.toContain('ram');
});

test.each([
  ['keys that are no list', '{"version":1,"ram_keys":"k","units":{}}'],
  ['keys that are no texts', '{"version":1,"ram_keys":[1],"units":{}}'],
  ['no JSON', 'x'],
  ['another version', '{"version":2,"units":{}}'],
  ['no units', '{"version":1}'],
  ['a field of a later version', '{"version":1,"units":{},"shards":4}'],
  ['an organization that is none', '{"version":1,"organization":1,"units":{}}'],
  ['a time that is none', '{"version":1,"units":{"coverage/keys":{"complete":"soon"}}}'],
  ['a generation that is none', '{"version":1,"units":{"coverage/keys":{"generation":9}}}'],
  ['generations that are none', '{"version":1,"units":{"keys/kms_keys":{"rows":"9-"}}}'],
  [
    'a field of a unit of a later version',
    '{"version":1,"units":{"keys/kms_keys":{"rows":"9","expires":"1"}}}',
  ],
])('what is not understood is refused: %s', (_, value) => {
  expect(() => parseScope(value)).toThrow();
});

test('a time of version 0.1.0, which did not keep its generation', () => {
  const value = '{"version":1,"units":{"coverage/keys":{"rows":"9","complete":"2026-11-24T10:00:00.123Z"}}}';
  expect(parseScope(value).units.get('coverage/keys')).toMatchObject({ completeGeneration: null });
});
