import { AwsError, isFailedRead } from '../aws/error.ts';
import { partitionOf } from '../aws/partitions.ts';
import type { ScopeAccess } from '../aws/scope-access.ts';
import { type PolicyReading, readOrganizationPolicies } from '../enumerate/organization-policies.ts';
import type { Walk } from '../organization/plan.ts';
import type { OrganizationPolicies } from '../posture/organization-policies/policies.ts';
import type { SyncContext } from './context.ts';
import { placeOfPolicies, tellLeftOut, tellPolicies } from './policy-report.ts';

/** The policies of the organization, while they are read. */
export interface PoliciesBeingRead {
  /** What is known of them, be it why nothing is; undefined: no table asks. Rejects only when the sync is stopped. */
  readonly known: Promise<OrganizationPolicies | undefined>;
  /** Resolves when rows and coverage are written. Rejects as `known` does, or when the state cannot be told. */
  readonly told: Promise<void>;
}

/**
 * Begins to read the organization's policies, side by side with its accounts: at AWS's rates those of a large
 * organization take minutes. Every shard reads them, for its verdicts, and one of them writes their rows.
 */
export function readPolicies(context: SyncContext, walk: Walk): PoliciesBeingRead {
  const { policies } = context;
  if (policies.state === 'not_needed') return { known: Promise.resolve(undefined), told: Promise.resolve() };
  if (policies.state === 'left_out') {
    const known = Promise.resolve(nothingKnown(walk, policies.problem));
    return { known, told: tellLeftOut(context, walk, policies.problem) };
  }
  const startedAt = context.now();
  const access = openFor(context, walk, policies.askedAccountId);
  const reading = readAll(access, walk).finally(() => access.close());
  const told = reading.then((read) => {
    const times = { startedAt, finishedAt: context.now(), counts: access.counts };
    return tellPolicies(context, walk, policies.ownerAccountId, read, times);
  });
  const known = reading.then((read) => read.known);
  // What ends the sync comes by `told`, also where no verdict waits.
  known.catch(() => {});
  return { known, told };
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

function nothingKnown({ organization }: Walk, problem: string): OrganizationPolicies {
  const { managementAccountId, memberAccountIds } = organization;
  const notRead = { state: 'not_read', problem } as const;
  return { serviceControl: notRead, resourceControl: notRead, managementAccountId, memberAccountIds };
}
