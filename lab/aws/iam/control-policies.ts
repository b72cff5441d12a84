import type { Policy } from './policy.ts';
import type { Reading } from './readings.ts';
import type { Caller, Request } from './request.ts';
import { resourceControlServices } from './resource-control-services.ts';
import { decide } from './statement.ts';

/** An SCP or RCP where it is attached. */
export interface ControlPolicy {
  /** `p-…` */
  readonly id: string;
  /** An SCP's statements are here for `Principal: *`: it names none, and is for all of the account. */
  readonly document: Policy;
}

/** What is attached to the root, to each unit on the way, and to the account itself. */
export type Levels = readonly (readonly ControlPolicy[])[];

/** What organization policies have against a request. */
export interface Refusal {
  readonly by: 'service_control' | 'resource_control';
  /** The policy that denies; null: a level has none that allows. */
  readonly policyId: string | null;
}

/**
 * SCPs: "an explicit Allow statement at every level from the root through each OU in the direct path to the account
 * (including the target account itself)"; and any of them can deny (Organizations user guide, "SCP evaluation", read
 * 2026-11-29).
 * @param levels of the caller's account; null: it is the management account or of no organization of ours
 */
export function refusedByServiceControl(
  levels: Levels | null,
  request: Request,
  reading: Reading,
): Refusal | null {
  if (levels === null || !isBoundByServiceControl(request.caller)) return null;
  const says = ({ document }: ControlPolicy) => decide([document], request, reading);
  const denying = levels.flat().find((policy) => says(policy) === 'denied');
  if (denying !== undefined) return { by: 'service_control', policyId: denying.id };
  const isAllowed = levels.every((level) => level.some((policy) => says(policy) === 'allowed'));
  return isAllowed ? null : { by: 'service_control', policyId: null };
}

/**
 * RCPs: any Deny from the root to the account that owns the resource, for whoever calls, root users and principals of
 * other organizations included; `RCPFullAWSAccess` allows all (Organizations user guide, "RCP evaluation" and
 * "Resources and entities not restricted by RCPs", read 2026-11-29).
 * @param levels of the resource's account; null: it is the management account or of no organization of ours
 */
export function refusedByResourceControl(
  levels: Levels | null,
  request: Request,
  reading: Reading,
  isAwsManagedKey = false,
): Refusal | null {
  if (levels === null || isAwsManagedKey || isServiceLinked(request.caller)) return null;
  const { action } = request;
  const [service = ''] = action.split(':', 1);
  if (!resourceControlServices.has(service) || action === 'kms:RetireGrant') return null;
  const denying = levels.flat().find(({ document }) => decide([document], request, reading) === 'denied');
  return denying === undefined ? null : { by: 'resource_control', policyId: denying.id };
}

/** Users, roles and the root user; not services that call as themselves, and nobody's service-linked role. */
const isBoundByServiceControl = (caller: Caller): boolean =>
  caller.kind !== 'service' && caller.kind !== 'anonymous' && !isServiceLinked(caller);

/** The path of service-linked roles is AWS's own: nobody else can make a role there. */
const isServiceLinked = (caller: Caller): boolean =>
  caller.kind === 'role' && /:role\/aws-service-role\//.test(caller.arn);
