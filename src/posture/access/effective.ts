import { type ActionSet, actionsOf } from '../policy/action.ts';
import { isEmpty, type ValueSet } from '../policy/value-set.ts';
import type { Admission, ResourceContext } from './admission.ts';
import { byOwnership } from './trust.ts';

/** Admissions as the service honours them: across accounts some actions have no effect, whatever a policy says. */
export function effective(admissions: readonly Admission[], context: ResourceContext): readonly Admission[] {
  const catalog = actionsOf(context.grammar);
  const part = (admission: Admission, accounts: ValueSet, actions: ActionSet): readonly Admission[] => {
    if ((actions & catalog.effective) === 0n || isEmpty(accounts)) return [];
    const isWhole = accounts === admission.accounts && actions === admission.actions;
    return [isWhole ? admission : { ...admission, accounts, actions }];
  };
  return admissions.flatMap((admission) => {
    const across = admission.actions & catalog.acrossAccounts;
    if (across === admission.actions) return part(admission, admission.accounts, across);
    const { own, others } = byOwnership(admission, context);
    return [...part(admission, own, admission.actions), ...part(admission, others, across)];
  });
}
