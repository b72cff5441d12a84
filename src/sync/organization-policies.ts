import { AwsError, isFailedRead } from '../aws/error.ts';
import { partitionOf } from '../aws/partitions.ts';
import type { ScopeAccess } from '../aws/scope-access.ts';
import { type PolicyReading, readOrganizationPolicies } from '../enumerate/organization-policies.ts';
import type { Walk } from '../organization/plan.ts';
import type { OrganizationPolicies, PolicyKnowledge } from '../posture/organization-policies/policies.ts';
import type { SyncContext } from './context.ts';
import type { PolicyPlan } from './policy-plan.ts';
import { placeOfPolicies, tellLeftOut, tellPolicies } from './policy-report.ts';

/** The policies of the organization, while they are read. */
export interface PoliciesBeingRead {
  /** For what lets nobody in but the own account, which waits for none; undefined: no table asks. */
  readonly forOwnAccount: OrganizationPolicies | undefined;
  /** What is known of them, be it why nothing is; undefined: no table asks. Rejects only when the sync is stopped. */
  readonly known: Promise<OrganizationPolicies | undefined>;
  /** What is known by now; null: they are still being read, or none are. */
  knownByNow(): OrganizationPolicies | null;
  /** Resolves when rows and coverage are written. Rejects as `known` does, or when the state cannot be told. */
  readonly told: Promise<void>;
}

/**
 * Begins to read the organization's policies, side by side with its accounts: at AWS's rates those of a large
 * organization take minutes. Every shard reads them, for its verdicts, and one of them writes their rows.
 */
export function readPolicies(context: SyncContext, walk: Walk): PoliciesBeingRead {
  const { policies } = context;
  if (policies.state !== 'read') return notRead(context, walk, policies);
  const startedAt = context.now();
  const access = openFor(context, walk, policies.askedAccountId);
  const reading = readAll(access, walk).finally(() => access.close());
  const told = reading.then((read) => {
    const times = { startedAt, finishedAt: context.now(), counts: access.counts };
    return tellPolicies(context, walk, policies.ownerAccountId, read, times);
  });
  let byNow: OrganizationPolicies | null = null;
  const known = reading.then((read) => {
    byNow = read.known;
    return read.known;
  });
  // What ends the sync comes by `told`, also where no verdict waits.
  known.catch(() => {});
  const forOwnAccount = nothingKnown(walk, 'they are not asked about the own account');
  return { forOwnAccount, known, knownByNow: () => byNow, told };
}

function notRead(
  context: SyncContext,
  walk: Walk,
  policies: Exclude<PolicyPlan, { readonly state: 'read' }>,
): PoliciesBeingRead {
  const all = (known: OrganizationPolicies | undefined, told = Promise.resolve()) => ({
    forOwnAccount: known,
    known: Promise.resolve(known),
    knownByNow: () => null,
    told,
  });
  switch (policies.state) {
    case 'not_needed':
      return all(undefined);
    case 'no_organization':
      return all(
        everywhere(walk, { state: 'not_enabled' }),
        tellLeftOut(context, walk, 'the account is in no organization'),
      );
    case 'left_out':
      return all(nothingKnown(walk, policies.problem), tellLeftOut(context, walk, policies.problem));
  }
}

function openFor({ aws }: SyncContext, walk: Walk, accountId: string): ScopeAccess {
  const session = walk.sessionOf(accountId);
  if (session === null) throw new Error(`no session of account ${accountId}, which listed the organization`);
  const { partition } = placeOfPolicies(walk, accountId);
  return aws.open(session, accountId, partitionOf(partition ?? 'aws').homeRegion);
}

/** What nobody expected loses the policies, and nothing else. */
async function readAll(access: ScopeAccess, walk: Walk): Promise<PolicyReading> {
  try {
    return await readOrganizationPolicies(access, walk);
  } catch (cause) {
    if (cause instanceof AwsError && !isFailedRead(cause)) throw cause;
    const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
    const site = access.site('organization_policies');
    const error = cause instanceof AwsError ? cause : new AwsError('plugin_error', name, site, message);
    const problem = `${error.site.operation} failed with ${error.code}`;
    return { policies: [], known: nothingKnown(walk, problem), unlisted: [error], unplaced: null };
  }
}

const nothingKnown = (walk: Walk, problem: string): OrganizationPolicies =>
  everywhere(walk, { state: 'not_read', problem });

function everywhere({ organization }: Walk, ofEachType: PolicyKnowledge): OrganizationPolicies {
  const { managementAccountId, memberAccountIds } = organization;
  return { serviceControl: ofEachType, resourceControl: ofEachType, managementAccountId, memberAccountIds };
}
