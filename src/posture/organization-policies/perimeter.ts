import { narrowed, type ResourceContext } from '../access/admission.ts';
import { baselineOf } from '../access/allow.ts';
import { kms } from '../access/kms.ts';
import { viewpointOf } from '../access/knowledge.ts';
import { anyone } from '../policy/principal.ts';
import type { OrganizationPolicy } from './policies.ts';
import { underResourceControl } from './restrict.ts';

/** A key that no policy names: what is denied for it is denied for every key under the policy. */
const anyKey = { region: 'any', accountId: '000000000000', id: '00000000-0000-0000-0000-000000000000' };

/**
 * Whether a resource control policy by itself keeps all principals outside the organization, AWS's services aside, from
 * decrypting with the keys under it. Null: that depends on conditions or on a statement that is not understood, or the
 * organization's id is not known; and for service control policies, which do not bind outsiders.
 */
export function deniesOutsideDecrypt(
  policy: OrganizationPolicy,
  organizationId: string | null,
  partition: string,
): boolean | null {
  if (policy.type !== 'RESOURCE_CONTROL_POLICY' || organizationId === null) return null;
  const knowledge = { organizationId, memberAccountIds: null, knownAccounts: {} };
  const context: ResourceContext = {
    grammar: kms,
    arn: `arn:${partition}:kms:${anyKey.region}:${anyKey.accountId}:key/${anyKey.id}`,
    partition,
    viewpoint: viewpointOf(knowledge, anyKey.accountId),
    ownCanonicalId: null,
    request: null,
  };
  const outsiders = baselineOf(anyone, ['kms:Decrypt'], false, context)
    .filter(({ caller }) => caller === 'identity')
    .map((admission) =>
      narrowed(admission, 'organizations', { only: null, except: [organizationId] }, context.viewpoint),
    )
    .filter((admission) => admission !== null);
  const alone = { state: 'bound', levels: [[policy]], unplaced: [] } as const;
  const { admissions } = underResourceControl(outsiders, alone, context);
  if (admissions.length === 0) return true;
  return admissions.every(({ doubts }) => doubts.length > 0) ? null : false;
}
