import { type Admission, type ResourceContext, withDoubt } from '../access/admission.ts';
import { partLimit, splitByStatement } from '../access/statement-split.ts';
import type { Ruling, Rulings } from './compiled.ts';
import {
  denies,
  mayBind,
  mayDecide,
  mayDecideUnread,
  type Remaining,
  type Taking,
  takingText,
} from './taking.ts';

/** What the Deny statements leave, whatever their level. */
export function afterDenials(
  admissions: readonly Admission[],
  { denies: surely, mayDeny, unplaced }: Rulings,
  context: ResourceContext,
): Remaining {
  const takings: Taking[] = [];
  let left = admissions;
  const doubt = (parts: readonly Admission[], taking: Taking): readonly Admission[] => {
    if (parts.length > 0) takings.push(taking);
    return doubted(parts, taking);
  };
  for (const ruling of surely) {
    const { holds, may, fails } = splitAll(left, ruling, context);
    if (fails.length + may.length > partLimit) {
      left = doubt(left, mayDecide(ruling, left, context));
      continue;
    }
    if (holds.length > 0) takings.push(denies(ruling, holds, context));
    if (may.length > 0) left = [...fails, ...doubt(may, mayDecide(ruling, may, context))];
    else if (holds.length > 0) left = fails;
  }
  for (const ruling of unplaced.denies) {
    const { holds, may, fails } = splitAll(left, ruling, context);
    const parts = [...holds, ...may];
    if (parts.length > 0) left = [...fails, ...doubt(parts, mayBind(ruling, parts, context))];
  }
  for (const ruling of [...mayDeny, ...unplaced.mayDeny])
    left = doubt(left, mayDecideUnread(ruling, 'Deny', left, context));
  return { admissions: left, takings };
}

export const doubted = (parts: readonly Admission[], taking: Taking): readonly Admission[] =>
  parts.map((part) => withDoubt(part, takingText(taking)));

export function splitAll(admissions: readonly Admission[], { statement }: Ruling, context: ResourceContext) {
  const [holds, may, fails]: [Admission[], Admission[], Admission[]] = [[], [], []];
  for (const admission of admissions) {
    const parts = splitByStatement(admission, statement, context);
    holds.push(...parts.holds);
    may.push(...parts.may);
    fails.push(...parts.fails);
  }
  return { holds, may, fails };
}
