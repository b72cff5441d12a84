import type fc from '../random.ts';
import { hold } from './hold.ts';
import { ofDocuments } from './mix.ts';

/** Random worlds of one sort, and what is wrong with what is proposed for each. @param wrongIn a sentence each */
export const holdFixes = <T>(
  worlds: fc.Arbitrary<T>,
  runs: number,
  wrongIn: (world: T) => readonly string[],
): readonly string[] =>
  hold(
    'fixes',
    worlds,
    runs,
    (world) => [{ wrong: wrongIn(world), leaning: 0, told: 0, unknown: 0 }],
    ofDocuments,
    20261130,
  ).wrong;
