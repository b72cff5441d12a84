import { denialOf, isOfOrganization } from '../aws/denial.ts';
import type { AwsError, Reason } from '../aws/error.ts';
import type { SkipReason } from '../organization/model.ts';

/** The words of coverage's `reason`. */
export type CoverageReason = Reason | SkipReason | 'denied_by_organization_policy';

/** Why a read failed, as coverage says it: a policy of the organization is told apart from a missing IAM permission. */
export function coverageReason({ reason, detail }: AwsError): CoverageReason {
  if (reason !== 'access_denied' && reason !== 'assume_role_denied') return reason;
  const denial = denialOf(detail);
  return denial !== null && isOfOrganization(denial) ? 'denied_by_organization_policy' : reason;
}
