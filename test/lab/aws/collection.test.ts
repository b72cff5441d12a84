import { describe, expect, test } from 'vitest';
import { type Collection, GeneratedCollection, SortedCollection } from '../../../lab/aws/collection.ts';

interface Thing {
  readonly id: string;
  readonly note?: string;
}

const idOf = (thing: Thing) => thing.id;
const idAt = (index: number) => `id-${String(index).padStart(2, '0')}`;
const ids = (things: Iterable<Thing>) => [...things].map(idOf);

const collections: Record<string, () => Collection<Thing>> = {
  sorted: () =>
    new SortedCollection(
      idOf,
      [4, 2, 0, 3, 1].map((index) => ({ id: idAt(index) })),
    ),
  generated: () =>
    new GeneratedCollection({
      count: 5,
      build: (index) => ({ id: idAt(index) }),
      indexOf: (id) => (id.startsWith('id-') ? Number(id.slice(3)) : -1),
      idOf,
    }),
};

describe.each(Object.entries(collections))('a %s collection', (_name, make) => {
  test('lists in order, page after page', () => {
    const things = make();
    expect(ids(things.after(undefined, 2))).toEqual(['id-00', 'id-01']);
    expect(ids(things.after('id-01', 2))).toEqual(['id-02', 'id-03']);
    expect(ids(things.after('id-03', 2))).toEqual(['id-04']);
    expect(ids(things.after('id-04', 2))).toEqual([]);
    expect(ids(things)).toEqual(['id-00', 'id-01', 'id-02', 'id-03', 'id-04']);
  });

  test('goes on after a thing that is gone', () => {
    const things = make();
    expect(things.delete('id-01')).toBe(true);
    expect(things.delete('id-01')).toBe(false);
    expect(ids(things.after('id-01', 2))).toEqual(['id-02', 'id-03']);
    expect([things.size, things.has('id-01'), things.get('id-01')]).toEqual([4, false, undefined]);
  });

  test('replaces a thing in its place', () => {
    const things = make();
    things.add({ id: 'id-02', note: 'changed' });
    expect(things.size).toBe(5);
    expect(things.get('id-02')).toEqual({ id: 'id-02', note: 'changed' });
    expect(things.after('id-01', 1)).toEqual([{ id: 'id-02', note: 'changed' }]);
  });

  test('replaces and deletes what was asked for before', () => {
    const things = make();
    expect(things.get('id-02')).toEqual({ id: 'id-02' });
    things.add({ id: 'id-02', note: 'changed' });
    expect(things.get('id-02')).toEqual({ id: 'id-02', note: 'changed' });
    things.delete('id-02');
    expect(things.get('id-02')).toBeUndefined();
    things.add({ id: 'id-02' });
    expect(things.get('id-02')).toEqual({ id: 'id-02' });
  });

  test('takes new things, and deleted ones back', () => {
    const things = make();
    things.add({ id: 'other-1' });
    things.add({ id: 'other-2' });
    things.delete('id-04');
    things.delete('other-1');
    expect(ids(things.after('id-02', 9))).toEqual(['id-03', 'other-2']);
    expect(ids(things.after('other-2', 9))).toEqual([]);
    things.add({ id: 'id-04' });
    expect(ids(things)).toEqual(['id-00', 'id-01', 'id-02', 'id-03', 'id-04', 'other-2']);
    expect(things.size).toBe(6);
  });
});

test('a generated collection makes a thing once for reads that follow each other, and forgets it later', () => {
  let made = 0;
  const things = new GeneratedCollection<Thing>({
    count: 1_000,
    build: (index) => ({ id: `${index}`, note: `${++made}` }),
    indexOf: Number,
    idOf,
  });
  for (let read = 0; read < 6; read++) expect(things.get('7')?.note).toBe('1');
  for (let index = 100; index < 500; index++) things.get(`${index}`);
  expect(things.get('7')?.note).toBe('402');
});
