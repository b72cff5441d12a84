import { readPolicy } from '../../posture/policy/document.ts';
import { arnPattern, likePattern, overlaps } from '../../posture/policy/pattern.ts';
import { joinedPolicies } from '../policy-texts.ts';

/** Makes no JSON of what it stands behind. */
const notJudged = 'of which some leave out the catalog';

/**
 * The policies of a catalog as one; null: there is none. GetResourcePolicies "retrieves the resource policies set on
 * individual resources by AWS Resource Access Manager" (Glue API reference, read 2026-11-29), so that RAM is not asked
 * itself. Whether one of them that leaves out the catalog lets in by itself, AWS does not say, so that the text is then
 * none that anybody understands.
 * @param arn of the catalog
 */
export function policiesOfCatalog(texts: readonly (string | null)[], arn: string): string | null {
  const policies = [...new Set(texts)].filter((text) => text !== null);
  const isOfCatalog = policies.every((text) => mayNameCatalog(text, arn));
  return isOfCatalog ? joinedPolicies(policies) : [...policies, notJudged].join('\n');
}

function mayNameCatalog(text: string, arn: string): boolean {
  const { understood, statements } = readPolicy(text);
  if (!understood || statements.length === 0) return true;
  return statements.some(
    ({ resources, notResource }) =>
      resources === null || notResource || resources.some((resource) => mayMatch(resource, arn)),
  );
}

const mayMatch = (resource: string, arn: string): boolean =>
  resource.includes('${') || overlaps(arnPattern(resource) ?? likePattern(resource), arn);
