import { AwsError } from '../aws/error.ts';
import { type Fact, known, notAsked, unread } from '../aws/fact.ts';
import type { OrganizationKnowledge } from '../posture/access/knowledge.ts';
import { attachedPolicies, type ReadPolicy } from '../posture/organization-policies/attached.ts';
import type { PolicyKnowledge } from '../posture/organization-policies/policies.ts';
import { organizationPolicy } from '../posture/organization-policies/policies.ts';
import type { PolicyTarget, PolicyType } from '../services/organizations/facts.ts';
import type { Told } from './facts.ts';

/** An account of the organization, as its row says. Null: not known. */
export interface AccountTold {
  readonly id: string;
  readonly name: string | null;
  readonly organizationId: string | null;
  readonly units: readonly string[] | null;
  readonly isManagement: boolean | null;
  /** Whether a list of all accounts named it (ListAccounts tells the state): one that was read by itself is not. */
  readonly isListed: boolean;
  readonly scpEnabled: boolean | null;
  readonly rcpEnabled: boolean | null;
}

/** A service or resource control policy, as its row says. */
export interface OrganizationPolicyTold {
  readonly id: string;
  /** Null: not known. */
  readonly organizationId: string | null;
  readonly type: PolicyType;
  readonly name: string | null;
  /** JSON. */
  readonly content: Told<string>;
  readonly targets: Told<readonly PolicyTarget[]>;
}

/** What the database tells of the organization. */
export interface OrganizationTold {
  readonly accounts: Told<readonly AccountTold[]>;
  readonly policies: Told<readonly OrganizationPolicyTold[]>;
}

/** AWS attaches it to everything, and it denies nothing. */
const attachedToAll = 'p-RCPFullAWSAccess';

/**
 * What rules take of the organization: what is not told is not known, never none. A database may hold several.
 * @param accountId of the resource, whose organization counts
 */
export function organizationOf(
  { accounts, policies }: OrganizationTold,
  accountId: string,
): OrganizationKnowledge {
  const list = accounts.state === 'told' ? accounts.value : [];
  const organizationId = list.find(({ id }) => id === accountId)?.organizationId ?? null;
  const members = list.filter((account) => account.organizationId === organizationId);
  // Without `org` nobody lists the organization: who else is in it is not known.
  const isWhole =
    accounts.state === 'told' && organizationId !== null && members.every(({ isListed }) => isListed);
  const memberAccountIds = isWhole ? new Set(members.map(({ id }) => id)) : null;
  const isOf = (id: string | null): boolean => id === null || id === organizationId;
  const ofType = (type: PolicyType, enabled: readonly (boolean | null)[]): PolicyKnowledge => {
    if (isWhole && enabled.length > 0 && enabled.every((each) => each === false))
      return { state: 'not_enabled' };
    if (accounts.state === 'not_told') return { state: 'not_read', problem: accounts.why };
    if (policies.state === 'not_told') return { state: 'not_read', problem: policies.why };
    return attachedPolicies(
      policies.value
        .filter((policy) => policy.type === type && isOf(policy.organizationId))
        .map(readPolicyOf),
      members.map(({ id, units }) => ({ id, organizationalUnits: units })),
    );
  };
  const paths = members.flatMap(({ id, units }) =>
    units === null || organizationId === null ? [] : [[id, `${[organizationId, ...units].join('/')}/`]],
  );
  return {
    organizationId,
    memberAccountIds,
    memberPaths: Object.fromEntries(paths),
    knownAccounts: {},
    policies: {
      serviceControl: ofType(
        'SERVICE_CONTROL_POLICY',
        members.map(({ scpEnabled }) => scpEnabled),
      ),
      resourceControl: ofType(
        'RESOURCE_CONTROL_POLICY',
        members.map(({ rcpEnabled }) => rcpEnabled),
      ),
      managementAccountId: members.find(({ isManagement }) => isManagement === true)?.id ?? null,
      memberAccountIds,
    },
  };
}

function readPolicyOf({ id, type, name, content, targets }: OrganizationPolicyTold): ReadPolicy {
  const text = content.state === 'told' ? content.value : null;
  const facts = { id, type, name, arn: null, description: null, awsManaged: null };
  return {
    facts: {
      ...facts,
      content: factOf(content, 'organizations:DescribePolicy'),
      targets: id === attachedToAll ? notAsked : factOf(targets, 'organizations:ListTargetsForPolicy'),
    },
    policy: organizationPolicy({ id, type, name: name ?? id }, text),
  };
}

function factOf<T>(given: Told<T>, operation: string): Fact<T> {
  if (given.state === 'told') return known(given.value);
  const site = { operation, accountId: null, region: 'global' };
  return unread(new AwsError('service_error', 'not_synced', site, given.why));
}
