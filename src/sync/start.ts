import { setMaxListeners } from 'node:events';
import { connectAws } from '../aws/aws.ts';
import { Pacers } from '../aws/pacers.ts';
import { Requests } from '../aws/requests.ts';
import type { Log } from '../log.ts';
import { checkRegionNames } from '../organization/region-names.ts';
import { walkOrganization } from '../organization/walk.ts';
import { quotasOfShard } from '../services/quotas.ts';
import type { Settings } from '../spec/settings.ts';
import type { BackendOptions } from '../state/backend.ts';
import { StateError } from '../state/state-error.ts';
import { coverage } from '../tables/coverage.ts';
import { keyTypes } from '../tables/key-types.ts';
import type { Table } from '../tables/table.ts';
import { afterCutSync, appendedState, generationWithoutState, withoutState } from './advice.ts';
import { Batches, type Stamp } from './batches.ts';
import { NoHistory } from './history.ts';
import { LackingActions } from './lacking-actions.ts';
import { Lockouts } from './lockouts.ts';
import type { Message } from './message.ts';
import { openHistory } from './open-history.ts';
import { policyPlan } from './policy-plan.ts';
import { Progress } from './progress.ts';
import { Selection } from './selection.ts';
import type { Shard } from './shard.ts';
import { runSync } from './sync.ts';
import { needsIam, walkNeeds } from './walk-needs.ts';

/** What a Sync request asks for. */
export interface SyncRequest {
  readonly settings: Settings;
  readonly chosen: readonly Table[];
  readonly shard: Shard;
  /** Null when the source spec has no `backend_options`. */
  readonly backend: BackendOptions | null;
  readonly log: Log;
}

/** Requests in flight in the whole process, however many clients it serves; the last spec says how many. */
const requests = new Requests(1);
/** AWS counts calls by account and region, whoever makes them. */
const pacers = new Pacers();

/** Puts together what one sync needs, and runs it. Rejects as `runSync` does, and when there is nothing to begin with. */
export async function startSync(
  { settings, chosen, shard, backend, log }: SyncRequest,
  send: (message: Message) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const {
    deletion,
    history: keepsHistory,
    knownAccounts,
    awsDebug,
    includeOrganizationPolicies,
    resourceServices,
  } = settings.sync;
  if (backend === null) {
    if (deletion === 'generation') throw new StateError('unfit', generationWithoutState);
    log.warn(withoutState);
  }
  requests.concurrency = settings.aws.concurrency;
  // Every scope that is open listens for the end; that is no leak.
  setMaxListeners(0, signal);
  const lacking = new LackingActions(resourceServices);
  const aws = connectAws(
    { ...settings.aws, quotas: quotasOfShard(shard.total) },
    {
      signal,
      requests,
      pacers,
      answered: (site) => lacking.answered(site),
      ...(awsDebug && { trace: (line) => log.debug(line) }),
    },
  );
  const wanted = { ...settings.organization, ...walkNeeds(chosen) };
  // Before anything is sent: an organization that cannot be listed leaves no trace in the destination.
  const walk = chosen.some((table) => table !== keyTypes) ? await walkOrganization(wanted, aws) : null;
  lacking.listedBy = walk?.listedBy ?? null;
  for (const warning of walk?.warnings ?? []) log.warn(warning);
  if (walk !== null) for (const warning of await checkRegionNames(walk.plans, aws)) log.warn(warning);
  const selected = new Set(chosen);
  const policies = policyPlan(walk, chosen, includeOrganizationPolicies);
  // Else nothing tells which rows are current.
  if (deletion === 'generation' && walk !== null) selected.add(coverage);
  const seen = new Set(walk?.accounts.map(({ id }) => id));
  const history =
    backend === null || walk === null
      ? new NoHistory()
      : await openHistory(backend, {
          shard,
          selected,
          organizationOf: (accountId) => (seen.has(accountId) ? walk.organization.id : null),
          accounts: walk.plans.length,
          deletion,
        });
  if (history.isAppended && deletion === 'scope') log.warn(appendedState);
  if (history.followsCutSync) log.warn(afterCutSync(settings.sync));
  const progress = new Progress(log, settings.organization.org?.memberRoleName ?? null);
  const counted = (message: Message) => {
    progress.count(message);
    return send(message);
  };
  try {
    await runSync(
      {
        aws,
        options: settings.enumerate,
        knownAccounts,
        selected,
        policies,
        selection: new Selection(
          selected,
          policies.state === 'read' ? policies.ownerAccountId : null,
          settings.enumerate.includeIam && needsIam(selected),
          resourceServices,
        ),
        shard,
        history,
        batches: new Batches(counted, stampOf(keepsHistory, history.generation)),
        send,
        lockouts: new Lockouts(),
        lacking,
        progress,
        log,
        signal,
        now: () => new Date(),
      },
      walk,
    );
  } finally {
    progress.stop();
    history.end();
  }
}

/** Where every sync's rows are kept, identities differ by generation, and by time too: a state that is lost counts anew. */
function stampOf(keepsHistory: boolean, generation: number): Stamp {
  return { generation, salt: keepsHistory ? `${generation} ${new Date().toISOString()}` : null };
}
