import {
  type Admission,
  type ResourceContext,
  type Through,
  withContents,
  withDoubt,
} from '../access/admission.ts';
import { s3AccessPoint } from '../access/s3.ts';
import type { OrganizationPolicies } from '../organization-policies/policies.ts';
import { overResources, type Standing } from '../organization-policies/standing.ts';
import type { Remaining } from '../organization-policies/taking.ts';
import { exactly, present } from '../policy/value-set.ts';

/** A resource as organization policies see it in a request. */
export interface Target {
  readonly context: ResourceContext;
  readonly overResource: Standing;
}

/** A target, and how its ARNs name what an admission to the resource is about. */
interface SeenTarget extends Target {
  readonly seen: (admission: Admission) => Admission;
}

/** Admissions by the access point that they come through; undefined: through none. */
export function byWay(
  admissions: readonly Admission[],
): readonly (readonly [Through | undefined, readonly Admission[]])[] {
  if (admissions.every(({ through }) => through === undefined)) return [[undefined, admissions]];
  const ways = new Map<string, [Through | undefined, Admission[]]>();
  for (const admission of admissions) {
    const { through } = admission;
    const way = ways.get(through?.arn ?? '') ?? [through, []];
    ways.set(through?.arn ?? '', way);
    way[1].push(admission);
  }
  return [...ways.values()];
}

/** A request through an access point names two resources: the bucket, and the access point. */
export function targetsThrough(
  { arn, accountId }: Through,
  bucket: Target,
  policies: OrganizationPolicies,
): readonly SeenTarget[] {
  const accessPoint = { arn, accountId, networkOrigin: null };
  const context: ResourceContext = { ...bucket.context, accessPoint };
  const prefix = `${context.arn}/`;
  const map = (pattern: string): string => `${arn}/object/${pattern.slice(prefix.length)}`;
  const seen = (admission: Admission): Admission => {
    const { only } = admission.contents;
    const isPlain = only?.every((pattern) => pattern.startsWith(prefix)) ?? false;
    return withContents(admission, only !== null && isPlain ? exactly(...only.map(map)) : present);
  };
  return [
    { context, overResource: bucket.overResource, seen: (admission) => admission },
    {
      context: { ...context, grammar: s3AccessPoint, arn },
      overResource: overResources(policies, accountId),
      seen,
    },
  ];
}

/** By which of the two an organization's policies hold a request, AWS does not say: what one takes away may be left. */
export function eitherTarget(admissions: readonly Admission[], targets: readonly Remaining[]): Remaining {
  const takings = targets.flatMap((target) => target.takings);
  if (targets.every((target) => target.admissions.length === 0)) return { admissions: [], takings };
  if (takings.length === 0) return { admissions, takings };
  const doubt = 'which ARN organization policies hold a request through an access point by';
  return { admissions: admissions.map((admission) => withDoubt(admission, doubt)), takings };
}
