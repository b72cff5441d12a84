import { type Admission, narrowed, type ResourceContext, withDoubt } from '../access/admission.ts';
import { principalAdmissions } from '../access/principal-admissions.ts';
import { anyone, readAwsPrincipal } from '../policy/principal.ts';
import { exactly, without } from '../policy/value-set.ts';

/** Whom a list, or an entry of it, lets in. */
export interface LetInByEntry {
  readonly admissions: readonly Admission[];
  /** Why others may be let in, as a phrase; null: nobody else is. */
  readonly others: string | null;
}

/** `arn:aws:organizations::111122223333:organization/o-example`, `…:ou/o-example/ou-exam-12345678` */
const form = /^arn:[^:]+:organizations::\d{12}:(?:organization|ou)\/(o-[a-z0-9]+)(?:\/(ou-[a-z0-9-]+))?$/;

/**
 * Whom the ARN of an organization or of an organizational unit lets in. "All of the children accounts gain access",
 * and the owner need not be a member of the organization (EC2 user guide, "Share an AMI with organizations and
 * organizational units", read 2026-11-29).
 */
export function letInByOrganization(arn: string, context: ResourceContext): LetInByEntry {
  const [, organization, unit] = form.exec(arn) ?? [];
  if (organization === undefined || (unit === undefined) !== arn.includes(':organization/'))
    return { admissions: [], others: `it is shared with ${arn}, which this version does not understand` };
  if (unit === undefined) return { admissions: membersOf(organization, context), others: null };
  return ofUnit(organization, unit, context);
}

/** Whoever is a member, of the own organization or of another. */
function membersOf(organization: string, context: ResourceContext): readonly Admission[] {
  return principalAdmissions(anyone, 0n, context)
    .filter(({ caller }) => caller === 'identity')
    .flatMap((all) => narrowed(all, 'organizations', exactly(organization), context.viewpoint) ?? []);
}

/**
 * Accounts whose place in the own organization is known; of the others, and of those of another organization, whether
 * they are in the unit is not known here.
 */
function ofUnit(organization: string, unit: string, context: ResourceContext): LetInByEntry {
  const { viewpoint } = context;
  const paths = organization === viewpoint.organizationId ? (viewpoint.memberPaths ?? {}) : {};
  const placed = Object.keys(paths);
  const inside = placed.filter((id) => paths[id]?.split('/').includes(unit));
  const accounts = inside
    .flatMap((id) => readAwsPrincipal(id) ?? [])
    .flatMap((principal) => principalAdmissions(principal, 0n, context));
  const { memberAccountIds } = viewpoint;
  const isWhole =
    placed.length > 0 && memberAccountIds !== null && [...memberAccountIds].every((id) => id in paths);
  if (!isWhole) {
    const rest = membersOf(organization, context).flatMap(
      (all) => narrowed(all, 'accounts', without(all.accounts, placed), viewpoint) ?? [],
    );
    const doubt = `only accounts of the organizational unit ${unit}`;
    return { admissions: [...accounts, ...rest.map((part) => withDoubt(part, doubt))], others: null };
  }
  const others =
    inside.length > 0
      ? null
      : `it is shared with the organizational unit ${unit}, of which no account is known`;
  return { admissions: accounts, others };
}
