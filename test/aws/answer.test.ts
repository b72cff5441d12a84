import { describe, expect, it, test } from 'vitest';
import { date, Fields, requiredSome } from '../../src/aws/answer.ts';

const site = { operation: 'kms:ListKeys', accountId: '111111111111', region: 'eu-west-1' };
const values = {
  text: 'a',
  empty: '',
  boolean: false,
  integer: 0,
  fraction: 1.5,
  /** As AWS's JSON writes dates: seconds since 1970, with fractions. */
  date: 1_700_000_000.1239,
  texts: ['a', ''],
  integers: [0, 7],
  dates: [0, 1.5],
  none: [],
  mixed: ['a', 7, null],
  object: { text: 'b' },
  objects: [{ text: 'b' }, {}],
  null: null,
};
const answer = new Fields(values, site);

/** All that fields can be read as. */
const readers = {
  text: (name: string) => answer.text(name),
  boolean: (name: string) => answer.boolean(name),
  integer: (name: string) => answer.integer(name),
  date: (name: string) => answer.date(name),
  'list of texts': (name: string) => answer.texts(name),
  'list of integers': (name: string) => answer.requiredIntegers(name),
  'list of dates': (name: string) => answer.requiredDates(name),
  object: (name: string) => answer.object(name)?.text('text') ?? null,
  list: (name: string) => answer.objects(name)?.map((one) => one.text('text')) ?? null,
};
type Kind = keyof typeof readers;

describe.each<[kind: Kind, known: Partial<Record<keyof typeof values, unknown>>]>([
  ['text', { text: 'a', empty: '' }],
  ['boolean', { boolean: false }],
  ['integer', { integer: 0 }],
  [
    'date',
    {
      integer: new Date(0),
      fraction: new Date(1500),
      date: new Date(1_700_000_000_124),
    },
  ],
  ['list of texts', { texts: ['a', ''], none: [] }],
  ['list of integers', { integers: [0, 7], none: [] }],
  [
    'list of dates',
    { integers: [new Date(0), new Date(7000)], dates: [new Date(0), new Date(1500)], none: [] },
  ],
  ['object', { object: 'b' }],
  ['list', { objects: ['b', null], none: [] }],
])('a %s', (kind, known) => {
  const others = Object.entries(values).filter(([name, value]) => !(name in known) && value !== null);

  it.each(Object.entries(known))('is read of %s', (name, value) => {
    expect(readers[kind](name)).toEqual(value);
  });

  it.each(others)('is not read of %s', (name, value) => {
    // A list's items are looked at one by one.
    const detail =
      kind === 'list' && Array.isArray(value)
        ? 'the answer is no object'
        : `the answer has a ${name} that is no ${kind}`;
    expect(() => readers[kind](name)).toThrow(
      expect.objectContaining({ reason: 'malformed_answer', code: 'incomplete_answer', detail, site }),
    );
  });
});

describe.each(['null', 'absent'])('a field that is %s', (name) => {
  it.each(['text', 'boolean', 'integer', 'date', 'texts', 'object', 'objects', 'raw'] as const)(
    'is null as %s',
    (read) => {
      expect(answer[read](name)).toBeNull();
    },
  );

  it.each([
    'requiredText',
    'requiredBoolean',
    'requiredDate',
    'requiredTexts',
    'requiredIntegers',
    'requiredDates',
    'requiredObject',
    'requiredObjects',
  ] as const)('fails the call as %s', (read) => {
    expect(() => answer[read](name)).toThrow(
      expect.objectContaining({ reason: 'malformed_answer', detail: `the answer has no ${name}` }),
    );
  });
});

test('required fields are given as they are, empty ones too', () => {
  expect([answer.requiredText('empty'), answer.requiredBoolean('boolean')]).toEqual(['', false]);
  expect([answer.requiredDate('integer'), answer.requiredTexts('none')]).toEqual([new Date(0), []]);
  expect([answer.requiredObject('object').text('text'), answer.requiredObjects('none')]).toEqual(['b', []]);
  expect(answer.raw('object')).toEqual({ text: 'b' });
});

test.each([[null], [[]], ['a'], [7], [undefined]])('%j is no answer', (value) => {
  expect(() => new Fields(value, site)).toThrow(
    expect.objectContaining({ detail: 'the answer is no object' }),
  );
});

test('a list that is never empty in truth is none when it is', () => {
  expect(requiredSome(['a'], 'Regions', site)).toEqual(['a']);
  expect(() => requiredSome([], 'Regions', site)).toThrow(
    expect.objectContaining({ detail: 'the answer has no Regions' }),
  );
});

test('a date of the SDK that is none is not known', () => {
  expect([date(undefined), date(new Date(Number.NaN)), date(new Date(0))]).toEqual([null, null, new Date(0)]);
});
