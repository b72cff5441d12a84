import { expect, test } from 'vitest';
import { firstOf, type Row, type Urgency } from '../../src/report/panels/do-first-rows.ts';

/** Rows of the view, by how many there are of each urgency. */
const rowsOf = (found: Partial<Record<Urgency, number>>): Row[] =>
  Object.entries(found).flatMap(([urgency, alike]) =>
    Array.from(
      { length: alike },
      (_, i) => ({ urgency, alike, place: i + 1, name: `${urgency} ${i + 1}` }) as unknown as Row,
    ),
  );

test.each<[Partial<Record<Urgency, number>>, number, number, Partial<Record<Urgency, number>>]>([
  // The worst fill the rest, and hide nothing else that is bad.
  [
    { public: 30, outside: 6, deletion_in_use: 7, locked_out: 474, rest: 700 },
    10,
    2,
    { public: 4, outside: 2, deletion_in_use: 2, locked_out: 2 },
  ],
  [{ public: 30, locked_out: 1 }, 10, 2, { public: 9, locked_out: 1 }],
  [{ locked_out: 16, rest: 5, unknown: 8 }, 10, 2, { locked_out: 10 }],
  // The rest comes only when nothing else is left.
  [{ public: 1, rest: 700 }, 10, 2, { public: 1, rest: 9 }],
  [{ unknown: 8 }, 10, 2, {}],
  // All five on a narrow screen: the worst four.
  [
    { public: 2, outside: 2, deletion_in_use: 2, locked_out: 2, outside_under_conditions: 2 },
    4,
    1,
    { public: 1, outside: 1, deletion_in_use: 1, locked_out: 1 },
  ],
])('of %j the first %i, %i of each at least, are %j', (found, most, least, shown) => {
  expect(firstOf(rowsOf(found), most, least).map(({ name }) => name)).toEqual(
    rowsOf(shown).map(({ name }) => name),
  );
});
