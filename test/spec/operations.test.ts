import { expect, it } from 'vitest';
import { operations } from '../../src/services/operations.ts';
import { publishedQuotas } from '../../src/services/quotas.ts';

it('every operation with a published quota can be given a rate of its own', () => {
  expect([...publishedQuotas.keys()].filter((name) => !operations.some((known) => known === name))).toEqual(
    [],
  );
});

it('is sorted and without repetition', () => {
  expect([...operations]).toEqual([...new Set(operations)].sort());
});
