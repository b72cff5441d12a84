import type { Condition } from '../policy/condition.ts';
import { covers, likePattern } from '../policy/pattern.ts';
import { members } from '../policy/value-set.ts';
import { type Admission, narrowed, type ResourceContext } from './admission.ts';
import type { Split } from './parts.ts';

/**
 * Decides aws:PrincipalOrgPaths for accounts whose place in the organization is known. Null when it is not
 * known for all of them, or the condition is not a plain comparison.
 */
export function decideByPath(
  admission: Admission,
  condition: Condition,
  viewpoint: ResourceContext['viewpoint'],
): Split<Admission> | null {
  const accounts = members(admission.accounts);
  const { comparison, values, negated } = condition;
  const plain = comparison === 'StringLike' || comparison === 'StringEquals';
  if (accounts === null || !plain || values.length === 0 || values.some((value) => value.includes('${')))
    return null;
  const paths = accounts.map((id) => viewpoint.memberPaths?.[id]);
  if (paths.some((path) => path === undefined)) return null;
  const patterns = comparison === 'StringLike' ? values.map(likePattern) : values;
  const matching = accounts.filter((_, i) => patterns.some((pattern) => covers(pattern, paths[i] ?? '')));
  const others = accounts.filter((id) => !matching.includes(id));
  const part = (only: readonly string[]): Admission | null =>
    narrowed(admission, 'accounts', { only, except: admission.accounts.except }, viewpoint);
  const [selected, rest] = [part(matching), part(others)];
  return negated ? { holds: rest, may: null, fails: selected } : { holds: selected, may: null, fails: rest };
}
