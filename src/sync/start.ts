import { setMaxListeners } from 'node:events';
import pLimit from 'p-limit';
import { connectAws } from '../aws/aws.ts';
import type { Log } from '../log.ts';
import type { Spec } from '../spec/spec.ts';
import { accounts } from '../tables/accounts.ts';
import type { Table } from '../tables/table.ts';
import { Batches } from './batches.ts';
import type { Message } from './message.ts';
import { awsSettings } from './settings.ts';
import type { Shard } from './shard.ts';
import { runSync } from './sync.ts';

/** What a Sync request asks for. */
export interface SyncRequest {
  readonly spec: Spec;
  readonly chosen: readonly Table[];
  readonly shard: Shard;
  readonly log: Log;
}

/** Requests in flight in the whole process, however many clients it serves; the last spec says how many. */
const requestLimit = pLimit(1);

/** Puts together what one sync needs, and runs it. Rejects as `runSync` does. */
export async function startSync(
  { spec, chosen, shard, log }: SyncRequest,
  send: (message: Message) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  requestLimit.concurrency = spec.concurrency;
  // Every scope that is open listens for the end; that is no leak.
  setMaxListeners(0, signal);
  const { includeGrants, includeKeyLastUsage, knownAccounts } = spec;
  await runSync({
    aws: connectAws(awsSettings(spec), { signal, limit: requestLimit }),
    settings: { ...spec, needsOrganizationalUnits: chosen.includes(accounts) },
    options: { includeGrants, includeKeyLastUsage },
    knownAccounts,
    selected: new Set(chosen),
    shard,
    batches: new Batches(send),
    send,
    log,
    signal,
    now: () => new Date(),
  });
}
