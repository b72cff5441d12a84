import type { Fix } from '../../src/posture/fix/fix.ts';
import type { EntityAnswer } from './compare-entities.ts';

/** What a fix says of whom: its words for parties, and how answers changed. */
export const textOf = ({ kind, id }: EntityAnswer): string => (kind === 'anyone' ? kind : `${kind} ${id}`);

export const isNamed = ({ for: names }: Fix, answer: EntityAnswer): boolean => names.includes(textOf(answer));
export const isLocked = ({ use }: EntityAnswer): boolean => use.startsWith('blocked_');

/** Answers that are others after a fix, for those who are not meant. */
export function changes(
  before: readonly EntityAnswer[],
  after: readonly EntityAnswer[],
  isMeant: (answer: EntityAnswer, after: EntityAnswer['use'] | undefined) => boolean,
  name: string,
): readonly string[] {
  const uses = new Map(after.map((answer) => [textOf(answer), answer.use]));
  return before.flatMap((answer) => {
    const use = uses.get(textOf(answer));
    return isMeant(answer, use) || use === answer.use
      ? []
      : [`${name}: ${textOf(answer)} was ${answer.use} and is ${use}`];
  });
}

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
