import type { Admission, ResourceContext } from '../access/admission.ts';
import { intersectAdmissions } from '../access/intersection.ts';
import { type ActionSet, actionsOf } from '../policy/action.ts';

/** Combinations that are followed at most: beyond, what one action leaves stands for the others. */
const combinationLimit = 512;

/** Who is let in to an action of each group: one principal needs them all. */
export function together(
  [first = [], ...more]: readonly (readonly Admission[])[],
  viewpoint: ResourceContext['viewpoint'],
): readonly Admission[] {
  let all = first;
  for (const admissions of more) {
    const next = all.flatMap((one) =>
      admissions.flatMap((other) => intersectAdmissions(one, other, viewpoint).common ?? []),
    );
    if (next.length > combinationLimit) return all;
    all = next;
  }
  return all;
}

/** The part of admissions that is for some actions. */
export const withActions = (admissions: readonly Admission[], set: ActionSet): readonly Admission[] =>
  admissions.flatMap((admission) => {
    const actions = admission.actions & set;
    if (actions === 0n) return [];
    return [actions === admission.actions ? admission : { ...admission, actions }];
  });

/** The same for actions of which each is enough: `['s3:GetObject']`. */
export const forGroup = (
  admissions: readonly Admission[],
  group: readonly string[],
  { grammar }: ResourceContext,
): readonly Admission[] => withActions(admissions, actionsOf(grammar).matching(group, false));
