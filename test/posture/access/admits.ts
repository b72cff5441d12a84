import type { Admission } from '../../../src/posture/access/admission.ts';
import { kms } from '../../../src/posture/access/kms.ts';
import { actionsOf } from '../../../src/posture/policy/action.ts';
import { ABSENT, covers } from '../../../src/posture/policy/pattern.ts';
import type { ValueSet } from '../../../src/posture/policy/value-set.ts';
import type { Request } from './oracle.ts';

const has = ({ only, except }: ValueSet, value: string | null | undefined): boolean => {
  const text = value ?? ABSENT;
  return (
    (only === null || only.some((pattern) => covers(pattern, text))) &&
    !except.some((pattern) => covers(pattern, text))
  );
};

/** Is a concrete request in an admission, its open conditions aside? */
export function contains(admission: Admission, request: Request): boolean {
  const isService = request.principal === 'service';
  if ((admission.caller === 'service') !== isService) return false;
  const { context } = request;
  return (
    (admission.actions & actionsOf(kms).named(request.action)) !== 0n &&
    has(admission.accounts, isService ? context['aws:sourceaccount'] : request.account) &&
    has(admission.organizations, request.organization) &&
    has(admission.arns, isService ? context['aws:sourcearn'] : request.arn) &&
    has(admission.services, isService ? request.service : context['kms:viaservice'])
  );
}

/** Nothing but what the request is decides it. */
export const isDecided = ({ leftover, doubts }: Admission): boolean =>
  leftover.length === 0 && doubts.length === 0;
