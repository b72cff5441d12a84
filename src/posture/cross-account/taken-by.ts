import type { IdentityPolicy, PolicySet } from '../iam/shared-policies.ts';
import type { Judged } from './judged.ts';
import type { Reader } from './principal-data.ts';

/** Whether somebody has what is looked for, were policies as given. */
export type HasIt = (reader: Reader, judged: Judged) => boolean;

/**
 * What alone takes away from somebody what the own policies and the resource's give, as a phrase; null: nothing does.
 * Each is left out in turn, to see whether it is there then.
 */
export function takenBy(reader: Reader, judged: Judged, hasIt: HasIt): string | null {
  const { policySet } = reader;
  if (policySet === null) return null;
  const having = (changed: PolicySet): boolean => hasIt({ ...reader, policySet: changed }, judged);
  if (policySet.boundary !== null && having({ ...policySet, boundary: null }))
    return 'a permissions boundary takes it away';
  if (having(withoutDeny(policySet))) return 'a Deny of their own policies takes it away';
  const { viewpoint } = judged.context;
  const { policies, ...rest } = viewpoint;
  if (policies === undefined) return null;
  const free: Judged = { ...judged, context: { ...judged.context, viewpoint: rest } };
  return hasIt(reader, free) ? 'organization policies take it away' : null;
}

const withoutDeny = ({ policies, boundary }: PolicySet): PolicySet => ({
  policies: policies.map(allowing),
  boundary: boundary && allowing(boundary),
});

const allowing = (policy: IdentityPolicy): IdentityPolicy => ({
  ...policy,
  document: {
    ...policy.document,
    statements: policy.document.statements.filter(({ effect }) => effect === 'Allow'),
  },
});
