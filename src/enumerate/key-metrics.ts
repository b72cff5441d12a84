import pMap, { pMapSkip } from 'p-map';
import { type AwsError, isFailedRead } from '../aws/error.ts';
import { type Fact, notAsked, readFact } from '../aws/fact.ts';
import { KeySums } from '../posture/key-requests.ts';
import { type CloudWatchReads, cloudWatchReads, metricsInCall } from '../services/cloudwatch/calls.ts';
import type { RequestMetric, Requests, Window } from '../services/cloudwatch/facts.ts';
import { windowUntil } from '../services/cloudwatch/window.ts';
import type { Operation } from '../services/operations.ts';
import { rowIdentity } from '../tables/identity.ts';
import { keyMetricRow, keyMetrics } from '../tables/key-metrics.ts';
import { keys } from '../tables/keys.ts';
import { noteListing, type RegionVisit } from './enumerator.ts';

/** Calls of GetMetricData of one scope that are made at the same time or wait for their turn. */
const callsAtOnce = 16;

/** What AWS is asked for the metrics of a region. */
export const metricCalls: readonly Operation[] = ['cloudwatch:ListMetrics', 'cloudwatch:GetMetricData'];

/** Whether metrics are read; a table that is selected says so where the spec turns them off. */
export function wantsMetrics({ sink, options }: RegionVisit): boolean {
  if (!sink.selected(keyMetrics)) return false;
  if (!options.includeKeyMetrics) sink.leftOut([keyMetrics], 'all');
  return options.includeKeyMetrics;
}

/** The metrics of all keys of a region. What fails goes to the sink. */
export async function writeKeyMetrics(visit: RegionVisit): Promise<void> {
  const { scopes, scope, sink, now } = visit;
  const window = windowUntil(now);
  const sums = new KeySums();
  await scopes.use(scope.accountId, scope.region, async ({ access }) => {
    const cloudWatch = cloudWatchReads(access);
    const ask = async (metrics: readonly RequestMetric[]): Promise<typeof pMapSkip> => {
      const answers = await answersTo(cloudWatch, metrics, window);
      for (const [index, metric] of metrics.entries()) sums.add(metric, answers[index] ?? notAsked);
      // One error each, however many metrics it cost.
      for (const error of different(answers)) sink.rowsMissing([keyMetrics], error);
      return pMapSkip;
    };
    await pMap(listMetrics(visit, cloudWatch, sums), ask, { concurrency: callsAtOnce });
  });
  for (const sum of sums.ofAccount(scope.accountId)) {
    const parent = rowIdentity(keys, {
      account_id: scope.accountId,
      region: scope.region,
      key_id: sum.keyId,
    });
    await sink.write(keyMetrics, keyMetricRow(sum, window, scope), parent);
  }
}

/** As many in one as AWS takes in a call; a listing that fails is noted, and what it named is still read. */
async function* listMetrics(
  { sink }: RegionVisit,
  cloudWatch: CloudWatchReads,
  sums: KeySums,
): AsyncGenerator<readonly RequestMetric[]> {
  try {
    for await (const page of cloudWatch.requestMetrics()) {
      for (let start = 0; start < page.length; start += metricsInCall)
        yield page.slice(start, start + metricsInCall);
    }
  } catch (error) {
    if (!isFailedRead(error)) throw error;
    sums.missMetrics();
    noteListing(sink, [keyMetrics], error);
  }
}

/** What they counted; where the call failed, none of them is known. */
async function answersTo(
  cloudWatch: CloudWatchReads,
  metrics: readonly RequestMetric[],
  window: Window,
): Promise<readonly Fact<Requests>[]> {
  const answers = await readFact(cloudWatch.requests(metrics, window));
  if (answers.state === 'known') return answers.value;
  return metrics.map(() => answers);
}

function different(answers: readonly Fact<Requests>[]): Iterable<AwsError> {
  const errors = answers.flatMap((answer) => (answer.state === 'unread' ? [answer.error] : []));
  return new Map(errors.map((error) => [error.message, error])).values();
}
