import { setMaxListeners } from 'node:events';
import pLimit from 'p-limit';
import { connectAws } from '../aws/aws.ts';
import type { Log } from '../log.ts';
import { walkOrganization } from '../organization/walk.ts';
import type { Spec } from '../spec/spec.ts';
import type { BackendOptions } from '../state/backend.ts';
import { keyTypes } from '../tables/key-types.ts';
import type { Table } from '../tables/table.ts';
import { Batches } from './batches.ts';
import { noHistory } from './history.ts';
import { openHistory } from './kept-history.ts';
import { Lockouts } from './lockouts.ts';
import type { Message } from './message.ts';
import { awsSettings } from './settings.ts';
import type { Shard } from './shard.ts';
import { runSync } from './sync.ts';
import { walkNeeds } from './walk-needs.ts';

/** What a Sync request asks for. */
export interface SyncRequest {
  readonly spec: Spec;
  readonly chosen: readonly Table[];
  readonly shard: Shard;
  /** Null when the source spec has no `backend_options`. */
  readonly backend: BackendOptions | null;
  readonly log: Log;
}

const withoutState =
  'backend_options is not set: CloudQuery deletes every row that this sync does not write again, those of accounts, regions and reads that are denied today among them. Set backend_options, as in spec.yml, to keep what could not be read.';

/** Requests in flight in the whole process, however many clients it serves; the last spec says how many. */
const requestLimit = pLimit(1);

/** Puts together what one sync needs, and runs it. Rejects as `runSync` does, and when there is nothing to begin with. */
export async function startSync(
  { spec, chosen, shard, backend, log }: SyncRequest,
  send: (message: Message) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  if (backend === null) log.warn(withoutState);
  requestLimit.concurrency = spec.concurrency;
  // Every scope that is open listens for the end; that is no leak.
  setMaxListeners(0, signal);
  const { includeGrants, includeKeyLastUsage, knownAccounts } = spec;
  const aws = connectAws(awsSettings(spec), {
    signal,
    limit: requestLimit,
    ...(spec.awsDebug && { trace: (line) => log.debug(line) }),
  });
  const settings = { ...spec, ...walkNeeds(chosen) };
  // Before anything is sent: an organization that cannot be listed leaves no trace in the destination.
  const walk = chosen.some((table) => table !== keyTypes) ? await walkOrganization(settings, aws) : null;
  const selected = new Set(chosen);
  const seen = new Set(walk?.accounts.map(({ id }) => id));
  const history =
    backend === null || walk === null
      ? noHistory
      : await openHistory(backend, {
          shard,
          selected,
          organizationOf: (accountId) => (seen.has(accountId) ? walk.organization.id : null),
          accounts: walk.plans.length,
        });
  try {
    await runSync(
      {
        aws,
        options: { includeGrants, includeKeyLastUsage },
        knownAccounts,
        selected,
        shard,
        history,
        batches: new Batches(send, history.generation),
        send,
        lockouts: new Lockouts(),
        log,
        signal,
        now: () => new Date(),
      },
      walk,
    );
  } finally {
    history.end();
  }
}
