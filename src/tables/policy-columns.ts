import type { EntityVerdict } from '../posture/cross-account/judge.ts';
import { policyIds, policyState } from '../posture/organization-policies/effect.ts';
import { text, textList } from './column.ts';

/** What service and resource control policies do to those whom a resource lets in. */
export const policyColumns = {
  organization_policies: text(
    'What service and resource control policies make of those who are let in: `none` (no policy binds them), `allow` (they take nothing away), `deny` (they lock somebody out), `conditional` (they take a part away, or conditions decide), `not_read` (some or all were not read, and none that was locks out); null when nobody is let in, or it is not known who is.',
  ),
  organization_policy_ids: textList(
    'The policies that take, or may take, something away, `p-…`; null when nobody is let in, it is not known who is, or none was read.',
  ),
} as const;

/** @param verdicts all that were reached on the resource */
export function policyCells(verdicts: readonly Pick<EntityVerdict, 'policies'>[]) {
  const effects = verdicts.map(({ policies }) => policies);
  const isAsked = effects.some((effect) => effect !== null);
  return {
    organization_policies: policyState(effects),
    organization_policy_ids: isAsked ? policyIds(effects) : null,
  };
}
