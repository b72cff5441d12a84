import type { Caller } from './credentials.ts';
import { failure } from './failures.ts';
import type { Refusal } from './iam/control-policies.ts';
import { contextOfResource, membershipOf, refusedByOrganization } from './iam/organization.ts';
import { asDocumented } from './iam/readings.ts';
import { contextOf, type Identity } from './iam/request.ts';
import type { SimOrganization } from './model.ts';
import type { Call, Operation, Service, Target } from './service.ts';
import { organizationsArn } from './services/organizations/shapes.ts';

/** Refuses a call that an SCP or RCP of the organization forbids, where the world enforces them. */
export function refuseByOrganization(
  service: Service,
  operation: Operation,
  action: string,
  call: Call,
): void {
  const { organization, enforceOrganizationPolicies } = call.world;
  if (!enforceOrganizationPolicies) return;
  const caller = identityOf(organization, call.caller);
  const target = (operation.target ?? service.target)?.(call);
  const ownerId = target?.ownerId ?? null;
  const request = {
    caller,
    action,
    resource: target?.arn ?? '*',
    ownerId,
    isAwsManagedKey: target?.isAwsManagedKey ?? false,
    context: new Map([
      ...contextOf(caller),
      ...contextOfResource(organization, ownerId, call.region),
      ['aws:viaawsservice', ['false']],
      ['aws:securetransport', ['true']],
      ...(service.name === 'kms' ? ([['kms:calleraccount', [caller.account]]] as const) : []),
    ]),
  };
  const refusal = refusedByOrganization(organization, request, asDocumented);
  if (refusal === null) return;
  const sentence = deniedByOrganization(organization, call.caller.arn, action, target, refusal);
  throw failure(service, 'access_denied', sentence);
}

/** The principal behind credentials. */
function identityOf(organization: SimOrganization, caller: Caller): Identity {
  const { accountId, arn, principalArn, isRoleSession } = caller;
  return {
    kind: isRoleSession ? 'role' : 'user',
    account: accountId,
    membership: membershipOf(organization, accountId),
    arn: principalArn,
    session: isRoleSession ? arn : null,
  };
}

/**
 * AWS's own sentence. It names the policy's ARN for callers of the owner's own organization since January 2026 (IAM user
 * guide, "Troubleshoot access denied error messages", and AWS Security Blog, "Enhanced access denied error messages with
 * policy ARNs", read 2026-11-29).
 */
export function deniedByOrganization(
  organization: SimOrganization,
  callerArn: string,
  action: string,
  target: Pick<Target, 'arn'> | undefined,
  { by, policyId }: Refusal,
): string {
  const [, , , , accountId = ''] = callerArn.split(':');
  const isMember = membershipOf(organization, accountId) !== null;
  const on = target === undefined ? '' : ` on resource: ${target.arn}`;
  const kind = by.replace('_', ' ');
  const arn =
    isMember && policyId !== null
      ? `: ${organizationsArn(organization, 'policy', `${by}_policy/${policyId}`)}`
      : '';
  const why =
    policyId === null
      ? `because no ${kind} policy allows the ${action} action`
      : `with an explicit deny in a ${kind} policy${arn}`;
  return `User: ${callerArn} is not authorized to perform: ${action}${on} ${why}`;
}
