import { type Admission, type ResourceContext, settle } from './admission.ts';
import { decideByPath } from './organization-path.ts';

const aboutPaths = new Set(['aws:principalorgpaths', 'aws:sourceorgpaths']);

/**
 * Conditions that were left over while anybody might call, decided now that the accounts are known: the place of a
 * member in its organization. Null when nobody is left.
 */
export function redecided(admission: Admission, viewpoint: ResourceContext['viewpoint']): Admission | null {
  let rest: Admission | null = admission;
  for (const condition of admission.leftover) {
    if (rest === null || !aboutPaths.has(condition.id)) continue;
    const without: Admission = { ...rest, leftover: rest.leftover.filter((other) => other !== condition) };
    const decided = decideByPath(without, condition, viewpoint);
    if (decided !== null) rest = decided.holds;
  }
  return rest === admission ? admission : rest && settle(rest, viewpoint);
}
