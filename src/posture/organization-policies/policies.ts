import type { PolicyType } from '../../services/organizations/facts.ts';
import { type PolicyDocument, readPolicy, unreadablePolicy } from '../policy/document.ts';

/** The types of organization policies that allow and deny requests. */
export type OrganizationPolicyType = PolicyType;

/** One organization policy, wherever it is attached. */
export interface OrganizationPolicy {
  /** `p-…` */
  readonly id: string;
  readonly type: OrganizationPolicyType;
  readonly name: string;
  /** Not understood, too, where its content was not read: it may then allow or deny anything. */
  readonly document: PolicyDocument;
}

/**
 * A policy as DescribePolicy gives it.
 * @param content its JSON text; null: not read
 */
export function organizationPolicy(
  given: Pick<OrganizationPolicy, 'id' | 'type' | 'name'>,
  content: string | null,
): OrganizationPolicy {
  const { id, type, name } = given;
  if (content === null) return { id, type, name, document: unreadablePolicy('its content was not read') };
  const form = type === 'SERVICE_CONTROL_POLICY' ? 'of_principals' : 'of_resources';
  return { id, type, name, document: readPolicy(content, form) };
}

/** The policies of one type that are attached to the root, to an organizational unit or to an account. */
export type PolicyLevel = readonly OrganizationPolicy[];

/**
 * The levels that count for an account: the root, each organizational unit on the way, the account itself. Accounts
 * with the same policies should share one list, and lists their levels: what is worked out of a list is kept by it.
 */
export type PolicyLevels = readonly PolicyLevel[];

/** What is known of the policies of one type. */
export type PolicyKnowledge =
  /** The organization does not use the type: nothing is allowed or denied by it. */
  | { readonly state: 'not_enabled' }
  /** `problem` says why, as a phrase: `organizations:ListPolicies failed with AccessDeniedException`. */
  | { readonly state: 'not_read'; readonly problem: string }
  | {
      readonly state: 'read';
      /** Attached to the root; null: not known. */
      readonly root: PolicyLevel | null;
      /** By account id, for the accounts whose place in the organization and whose policies are known. */
      readonly levels: ReadonlyMap<string, PolicyLevels>;
      /** Policies whose targets were not read: each may be attached to any root, unit or account. */
      readonly unplaced: readonly OrganizationPolicy[];
    };

/** The policies of the organization, as far as they allow and deny requests. */
export interface OrganizationPolicies {
  readonly serviceControl: PolicyKnowledge;
  readonly resourceControl: PolicyKnowledge;
  /** Neither its principals nor its resources are bound by policies; null: not known. */
  readonly managementAccountId: string | null;
  /** Every member by the whole ListAccounts; null: not known. Policies bind nobody else. */
  readonly memberAccountIds: ReadonlySet<string> | null;
}

/** Whether it is known of one type at least what it takes away, or that it is not in use. */
export const isAnyRead = ({ serviceControl, resourceControl }: OrganizationPolicies): boolean =>
  serviceControl.state !== 'not_read' || resourceControl.state !== 'not_read';

/** Each policy that may count for somebody, once. */
export function allPolicies({
  serviceControl,
  resourceControl,
}: OrganizationPolicies): ReadonlySet<OrganizationPolicy> {
  return new Set([serviceControl, resourceControl].flatMap(policiesIn));
}

function policiesIn(knowledge: PolicyKnowledge): readonly OrganizationPolicy[] {
  if (knowledge.state !== 'read') return [];
  const levels = new Set([...knowledge.levels.values()].flat());
  return [...(knowledge.root ?? []), ...knowledge.unplaced, ...[...levels].flat()];
}

const throughServices = new WeakMap<OrganizationPolicies, boolean>();

/** Whether any policy asks if a service makes a request for its caller. */
export function asksForServices(policies: OrganizationPolicies): boolean {
  const before = throughServices.get(policies);
  if (before !== undefined) return before;
  const asks = [...allPolicies(policies)].some(({ document }) =>
    document.statements.some(({ conditions }) => conditions.some(({ id }) => id === 'aws:viaawsservice')),
  );
  throughServices.set(policies, asks);
  return asks;
}
