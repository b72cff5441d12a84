import type { SimOrganization } from '../model.ts';
import { isAttached, isTypeEnabled, levelsOf, organizationPolicies } from '../organization-policies.ts';
import { pathTo } from '../services/organizations/shapes.ts';
import {
  type ControlPolicy,
  type Levels,
  type Refusal,
  refusedByResourceControl,
  refusedByServiceControl,
} from './control-policies.ts';
import type { Policy, Statement } from './policy.ts';
import type { Reading } from './readings.ts';
import type { Membership, Request } from './request.ts';

type ControlType = 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';

/** A request on a resource, and whose it is. */
export interface RequestOnResource extends Request {
  /** The account that owns the resource; null: the action is about none. */
  readonly ownerId: string | null;
  readonly isAwsManagedKey: boolean;
}

/** What the organization's SCPs and RCPs have against a request; null: nothing. A Deny comes before a missing Allow. */
export function refusedByOrganization(
  organization: SimOrganization,
  request: RequestOnResource,
  reading: Reading,
): Refusal | null {
  const { caller, ownerId } = request;
  const callerId = 'account' in caller ? caller.account : null;
  const ofCaller = levelsFor(organization, callerId, 'SERVICE_CONTROL_POLICY');
  const ofOwner = levelsFor(organization, ownerId, 'RESOURCE_CONTROL_POLICY');
  const byService = refusedByServiceControl(ofCaller, request, reading);
  if (byService !== null && byService.policyId !== null) return byService;
  return refusedByResourceControl(ofOwner, request, reading, request.isAwsManagedKey) ?? byService;
}

/** What is attached on the way to an account; null where policies of the type bind nobody: strangers, the management account, and where the type is not enabled. */
export function levelsFor(
  organization: SimOrganization,
  accountId: string | null,
  type: ControlType,
): Levels | null {
  const account = accountId === null ? undefined : organization.accounts.get(accountId);
  if (account === undefined || account.parentId === null) return null;
  if (account.id === organization.managementAccountId || !isTypeEnabled(organization, type)) return null;
  const policies = organizationPolicies(organization).filter((policy) => policy.type === type);
  return levelsOf(organization, account).map((level) =>
    policies
      .filter((policy) => isAttached(organization, policy, level))
      .map(
        ({ id, content }): ControlPolicy => ({
          id,
          document: documentOf(content, type === 'SERVICE_CONTROL_POLICY'),
        }),
      ),
  );
}

/** What the account is a member of. A stranger's own organization is not told. */
export function membershipOf(organization: SimOrganization, accountId: string): Membership {
  const { id } = organization;
  const parentId = organization.accounts.get(accountId)?.parentId ?? null;
  return id === null || parentId === null ? null : { organization: id, path: pathTo(organization, parentId) };
}

/** What every request on a resource carries of the resource, as keys in lower case. */
export function contextOfResource(
  organization: SimOrganization,
  ownerId: string | null,
  region: string,
): [string, readonly string[]][] {
  const membership = ownerId === null ? null : membershipOf(organization, ownerId);
  return [
    ['aws:requestedregion', [region]],
    ...(ownerId === null ? [] : [['aws:resourceaccount', [ownerId]] as [string, string[]]]),
    ...(membership === null
      ? []
      : ([
          ['aws:resourceorgid', [membership.organization]],
          ['aws:resourceorgpaths', [membership.path]],
        ] as [string, string[]][])),
  ];
}

const documents = new Map<string, Policy>();
const mostDocuments = 5000;

/**
 * A policy document as AWS stores it, whose only statement may stand without a list.
 * @param forAnyone its statements name no principal and are for any
 */
export function documentOf(text: string, forAnyone = false): Policy {
  const name = `${forAnyone} ${text}`;
  let document = documents.get(name);
  if (document === undefined) {
    const written = JSON.parse(text) as { Version?: string; Statement?: Statement | readonly Statement[] };
    const statements = [written.Statement ?? []].flat();
    const Statement = forAnyone ? statements.map((one) => ({ ...one, Principal: '*' as const })) : statements;
    document = { ...written, Statement };
    if (documents.size >= mostDocuments) documents.clear();
    documents.set(name, document);
  }
  return document;
}
