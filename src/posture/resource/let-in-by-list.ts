import { valueOrNull } from '../../aws/fact.ts';
import type { ResourceContext } from '../access/admission.ts';
import { principalAdmissions } from '../access/principal-admissions.ts';
import { anyone, readAwsPrincipal } from '../policy/principal.ts';
import { type LetInByEntry, letInByOrganization } from './let-in-by-organization.ts';
import type { ResourceFacts, SharedByList } from './resource-facts.ts';

/** Whom a list lets in: accounts, organizations and their units, everybody. */
export function letInByList(
  { accountIds, organizationArns = [], everybody }: SharedByList,
  facts: ResourceFacts,
  context: ResourceContext,
): LetInByEntry {
  const entries = [
    ...accountIds.map((id) => byAccount(id, context)),
    ...organizationArns.map((arn) => letInByOrganization(arn, context)),
    ...(everybody ? [byEverybody(facts, context)] : []),
  ];
  const others = entries.flatMap((entry) => entry.others ?? []);
  return {
    admissions: entries.flatMap(({ admissions }) => admissions),
    others: others.length === 0 ? null : others.join(', and '),
  };
}

function byAccount(id: string, context: ResourceContext): LetInByEntry {
  const principal = readAwsPrincipal(id);
  return principal === null
    ? { admissions: [], others: `it is shared with ${id}, which this version does not understand` }
    : { admissions: principalAdmissions(principal, 0n, context), others: null };
}

function byEverybody(facts: ResourceFacts, context: ResourceContext): LetInByEntry {
  const isPublic = mayBePublic(facts);
  return {
    admissions: isPublic === true ? principalAdmissions(anyone, 0n, context) : [],
    others:
      isPublic === null
        ? "it is shared with everybody, and whether the region's block of public snapshots takes that away is not known"
        : null,
  };
}

/**
 * "Snapshots that are already publicly shared are treated as private" under `block-all-sharing`, and "remain
 * publicly available" under `block-new-sharing` (EnableSnapshotBlockPublicAccess, botocore 1.44.8, read 2026-11-28).
 * Of images "if you already have public AMIs, they will remain publicly available" (EnableImageBlockPublicAccess, EC2
 * API reference, read 2026-11-29): neither of the two words that AWS has there takes anything away, so that it
 * matters little whether they were read.
 * Null: not known.
 */
function mayBePublic({ publicAccess, resourceType }: ResourceFacts): boolean | null {
  if (publicAccess === undefined) return true;
  const isImage = resourceType === 'image';
  switch (valueOrNull(publicAccess)?.state) {
    case 'block-all-sharing':
      return isImage ? null : false;
    case 'block-new-sharing':
    case 'unblocked':
      return true;
    case undefined:
      return isImage ? true : null;
    default:
      return null;
  }
}
