import { expect, test } from 'vitest';
import { actionsOf } from '../../../src/posture/policy/action.ts';
import type { ActionRule, ServiceGrammar } from '../../../src/posture/policy/grammar.ts';

const rule = (access: ActionRule['access'], acrossAccounts = true, on: ActionRule['on'] = 'resource') => ({
  access,
  acrossAccounts,
  on,
});

const grammar: ServiceGrammar = {
  service: 'box',
  actions: {
    Use: rule('use'),
    GetItem: rule('read', true, 'contents'),
    PutItem: rule('write', true, 'contents'),
    ListItems: rule('list'),
    Lend: rule('grant'),
    Describe: rule('read_metadata', false),
    Delete: rule('administer', false, 'either'),
    /** Honoured elsewhere, without effect in a policy. */
    Retire: rule(null),
    /** No action at all. */
    Both: rule(null, false),
  },
  accountKeys: [],
  viaServiceKeys: [],
  delegationKeys: { account: [], arn: [] },
  anonymous: false,
  callerChoice: [],
};
const catalog = actionsOf(grammar);
const list = (set: bigint) => catalog.list(set).map((name) => name.replace('box:', ''));

test('a catalogue of a grammar is made once', () => {
  expect(actionsOf(grammar)).toBe(catalog);
  expect(actionsOf({ ...grammar })).not.toBe(catalog);
});

test('the sets of a service', () => {
  const all = ['Delete', 'Describe', 'GetItem', 'Lend', 'ListItems', 'PutItem', 'Retire', 'Use'];
  expect(catalog.list(catalog.all)).toEqual(all.map((name) => `box:${name}`));
  expect(list(catalog.acrossAccounts)).toEqual(['GetItem', 'Lend', 'ListItems', 'PutItem', 'Retire', 'Use']);
  expect(list(catalog.supposed)).toEqual(['GetItem', 'PutItem', 'Use']);
  expect(list(catalog.effective)).toEqual(all.filter((name) => name !== 'Retire'));
  expect(list(catalog.onContents)).toEqual(['GetItem', 'PutItem']);
  expect(list(catalog.onEither)).toEqual(['Delete']);
  expect(list(0n)).toEqual([]);
});

test('access, the gravest first', () => {
  expect(catalog.access(catalog.all)).toEqual([
    'use',
    'grant',
    'read',
    'write',
    'list',
    'administer',
    'read_metadata',
  ]);
  expect(catalog.access(catalog.named('Lend') | catalog.named('Describe'))).toEqual([
    'grant',
    'read_metadata',
  ]);
  expect(catalog.access(catalog.named('Retire'))).toEqual([]);
  expect(catalog.access(0n)).toEqual([]);
});

test.each([
  [['box:GetItem'], ['GetItem']],
  [['BOX:getitem'], ['GetItem']],
  [['box:*Item'], ['GetItem', 'PutItem']],
  [['box:*Item?'], ['ListItems']],
  [['*'], ['Delete', 'Describe', 'GetItem', 'Lend', 'ListItems', 'PutItem', 'Retire', 'Use']],
  [
    ['box:Lend', 'box:Use'],
    ['Lend', 'Use'],
  ],
  [['other:GetItem'], []],
  [[], []],
])('Action %j', (patterns, expected) => {
  expect(list(catalog.matching(patterns, false))).toEqual(expected);
  const others = list(catalog.all).filter((name) => !expected.includes(name));
  expect(list(catalog.matching(patterns, true))).toEqual(others);
});

test('an action by its name, with the service or without', () => {
  expect(catalog.named('Use')).toBe(catalog.named('box:Use'));
  expect(list(catalog.named('Use'))).toEqual(['Use']);
  expect(catalog.named('Unheard')).toBe(0n);
});

test('what of a service nobody knows', () => {
  const patterns = [
    'box:Use',
    'box:Unheard',
    'BOX:Unheard*',
    'other:Unheard',
    'box:Both',
    'box:bot*',
    'Alone',
    '*',
  ];
  expect(catalog.unknownIn(patterns)).toEqual(['box:Unheard', 'BOX:Unheard*', 'Alone']);
  expect(catalog.unknownIn(patterns)).toEqual(['box:Unheard', 'BOX:Unheard*', 'Alone']);
});
