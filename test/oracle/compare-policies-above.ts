import type { Fix } from '../../src/posture/fix/fix.ts';
import type { Asked } from './asked.ts';
import type { EntityAnswer } from './compare-entities.ts';
import { isLocked, isNamed, textOf } from './fix-answers.ts';
import type { Documents } from './fix-sorts.ts';

const stepFor: Readonly<Record<string, string>> = {
  blocked_by_public_access_block: 'public_access_block',
  blocked_by_organization_policy: 'organization_policy',
};

/**
 * A block, SCP or RCP that locks out one of those meant is named, and no change of it is proposed: by the ids of policies,
 * where it is not that an allow list is missing.
 */
export function unnamedBlocks(
  { controls }: Documents,
  fix: Fix,
  before: readonly EntityAnswer[],
  name: string,
): readonly string[] {
  const changing = fix.steps.filter(
    ({ kind, statement, command }) =>
      Object.values(stepFor).includes(kind) && (statement !== null || command !== null),
  );
  const unknown = fix.steps.filter(
    ({ kind, on }) =>
      kind === 'organization_policy' && controls?.withoutFullAccess.length === 0 && !on.includes('p-random'),
  );
  const unnamed = before
    .filter(({ use }) => stepFor[use] !== undefined)
    .filter((answer) => {
      const kind = stepFor[answer.use];
      return isNamed(fix, answer) && !fix.steps.some((step) => step.kind === kind);
    });
  return [
    ...changing.map(({ kind }) => `${name}: a change of ${kind} is proposed`),
    ...unknown.map(({ on }) => `${name}: ${on} is no policy that locks out`),
    ...unnamed.map((answer) => `${name}: ${answer.use} of ${textOf(answer)} is in no step`),
  ];
}

/**
 * By the oracle: accounts that are still locked out of an operation by what is said to be all that it takes. Not of one
 * that they are let in to by another of its actions than the oracle tries.
 */
export const stillShut = <T extends Documents>(
  before: Asked<T>,
  after: Asked<T>,
  fix: Fix,
  name: string,
): readonly string[] =>
  (before.answers()[name] ?? []).flatMap((answer) => {
    if (answer.kind !== 'account' || !isNamed(fix, answer) || !isLocked(answer)) return [];
    const fares = after.outcomes(name).filter(({ account }) => account === answer.id);
    return fares.some(({ letIn }) => letIn.may) && !fares.some(({ can }) => can.may)
      ? [`${name}: the oracle still locks out ${answer.id}`]
      : [];
  });
