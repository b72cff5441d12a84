import { intersection, isEmpty } from '../policy/value-set.ts';
import type { Admission } from './admission.ts';
import { accountsOf, organizationsLimiting } from './trust.ts';

/**
 * Deny statements break what one statement lets in into parts. A part for some accounts beside another part for
 * their whole organization, or for anyone, is not a naming of those accounts: such parts are left out here.
 */
export function withoutFragments(admissions: readonly Admission[]): readonly Admission[] {
  if (admissions.length < 2) return admissions;
  return admissions.filter((part) => {
    const around = admissions.filter((other) => isAround(other, part));
    const actions = around.reduce((set, other) => set | other.actions, 0n);
    return around.length === 0 || (part.actions & ~actions) !== 0n;
  });
}

/**
 * A service that acts for any account is `service`, one that acts for a foreign account is sharing with it. A
 * part for some source accounts beside a part for any is the former.
 */
export function withoutSourceFragments(admissions: readonly Admission[]): readonly Admission[] {
  if (admissions.length < 2) return admissions;
  const open = admissions.filter((item) => item.caller === 'service' && breadth(item) === anyone);
  if (open.length === 0) return admissions;
  const actions = open.reduce((set, item) => set | item.actions, 0n);
  return admissions.filter(
    (item) => item.caller !== 'service' || breadth(item) === anyone || (item.actions & ~actions) !== 0n,
  );
}

const isAround = (other: Admission, part: Admission): boolean =>
  other.caller === part.caller &&
  breadth(other) > breadth(part) &&
  (breadth(other) === anyone || !isEmpty(intersection(part.organizations, other.organizations)));

const anyone = 2;

/** Some accounts, some organizations, anyone. */
const breadth = (admission: Admission): number =>
  accountsOf(admission) !== null ? 0 : organizationsLimiting(admission) !== null ? 1 : anyone;
