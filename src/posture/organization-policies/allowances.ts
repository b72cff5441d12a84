import type { Admission, ResourceContext } from '../access/admission.ts';
import { partLimit } from '../access/statement-split.ts';
import type { AllowingLevel, Ruling, Rulings } from './compiled.ts';
import { doubted, splitAll } from './denials.ts';
import { mayBind, mayDecide, mayDecideUnread, noneAllows, type Remaining, type Taking } from './taking.ts';

/** What one statement or another of a level allows: surely, or at most. */
export function allowedAt(
  level: AllowingLevel,
  admissions: readonly Admission[],
  { unplaced }: Rulings,
  context: ResourceContext,
): Remaining {
  const allowed: Admission[] = [];
  const takings: Taking[] = [];
  let rest = admissions;
  // What one statement surely allows is no matter of doubt by another: those come first.
  for (const ruling of level.allows) {
    const { holds, may, fails } = splitAll(rest, ruling, context);
    allowed.push(...holds);
    rest = [...may, ...fails];
  }
  const perhaps = (parts: readonly Admission[], taking: () => Taking): void => {
    if (parts.length === 0) return;
    const open = taking();
    takings.push(open);
    allowed.push(...doubted(parts, open));
  };
  const byRuling = (ruling: Ruling, taking: (parts: readonly Admission[]) => Taking): void => {
    const { holds, may, fails } = splitAll(rest, ruling, context);
    const parts = [...holds, ...may];
    perhaps(parts, () => taking(parts));
    rest = fails;
  };
  for (const ruling of level.allows) byRuling(ruling, (parts) => mayDecide(ruling, parts, context));
  for (const ruling of unplaced.allows) byRuling(ruling, (parts) => mayBind(ruling, parts, context));
  for (const ruling of [...level.mayAllow, ...unplaced.mayAllow]) {
    const parts = rest;
    perhaps(parts, () => mayDecideUnread(ruling, 'Allow', parts, context));
    rest = [];
  }
  if (rest.length > 0) takings.push(noneAllows(level, rest, context));
  if (allowed.length <= partLimit) return { admissions: allowed, takings };
  const tooMany: Taking = {
    ...noneAllows(level, admissions, context),
    kind: 'may_allow',
    open: 'there are too many statements to tell',
  };
  return { admissions: doubted(admissions, tooMany), takings: [tooMany] };
}
