import type { Visit } from '../../src/enumerate/enumerator.ts';
import { noIam } from '../../src/enumerate/iam-readings.ts';
import { s3BucketsOfAccount } from '../../src/enumerate/s3-buckets.ts';
import type { Simulated } from '../aws/simulated.ts';
import { organization as knowledge, noPolicies } from '../posture/cross-account/cast.ts';
import type { RecordingSink } from './recording-sink.ts';
import { scopesOf, turns } from './scopes.ts';

export async function bucketVisit(
  simulated: Simulated,
  sink: RecordingSink,
  accountId: string,
): Promise<Visit> {
  return {
    scope: { accountId, accountName: 'data', region: 'global', partition: 'aws' },
    scopes: await scopesOf(simulated),
    organization: noPolicies,
    knowledge,
    knowledgeWithPolicies: Promise.resolve(knowledge),
    iam: noIam,
    options: { includeGrants: true, includeKeyLastUsage: false, includeKeyMetrics: false, includeIam: false },
    sink,
    selected: sink.tables,
    turns,
    now: new Date(),
    signal: new AbortController().signal,
  };
}

/** Visits one account for its buckets. */
export async function visitBuckets(
  simulated: Simulated,
  sink: RecordingSink,
  accountId: string,
): Promise<RecordingSink> {
  await s3BucketsOfAccount.visit(await bucketVisit(simulated, sink, accountId));
  return sink;
}
