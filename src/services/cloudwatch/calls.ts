import type { Fields } from '../../aws/answer.ts';
import { type ApiCalls, apiCalls } from '../../aws/api-calls.ts';
import { type Fact, readFact, valueOrNull } from '../../aws/fact.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import { collect } from '../../aws/paging.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { straysIn } from '../../aws/strays.ts';
import type { RequestMetric, Requests, Window } from './facts.ts';
import { messageOf } from './messages.ts';
import { metricName, metricOf, type NamedMetric, namespace } from './metric.ts';
import { isIncomplete, type MetricResult, requestsIn, resultOf } from './results.ts';
import { nextDay } from './window.ts';

/** CloudWatch as seen from one scope. Rejects with AwsError only. */
export interface CloudWatchReads {
  /**
   * Every metric of successful requests on keys that had data within the last two weeks. AWS takes up to 15 minutes to
   * name a new one (API reference of ListMetrics, read 2026-11-30). Metrics of which it is not known what they count
   * fail the listing once it is over.
   */
  requestMetrics(): AsyncIterable<readonly RequestMetric[]>;
  /**
   * What they counted, in their order. Those of which AWS answers a part are asked for once more.
   * @param metrics at most `metricsInCall`
   */
  requests(metrics: readonly RequestMetric[], window: Window): Promise<readonly Fact<Requests>[]>;
}

/** Metrics that AWS takes in one GetMetricData; 14 days of each are far from its 100,800 data points (API reference, 2026-11-30). */
export const metricsInCall = 500;
const periodSeconds = 86_400;

/**
 * Of the three protocols of the service's model (CBOR, AWS JSON 1.0, and AWS Query, as it once was; botocore 1.43.106,
 * read 2026-11-30) the one that AWS's own client for JavaScript speaks.
 */
export const cloudWatchApi = {
  signingName: 'monitoring',
  endpoint: {
    prefix: 'monitoring',
    serviceId: 'CloudWatch',
    fipsAnyway: ['aws-us-gov'],
    dualStack: { prefix: 'monitoring', fipsAnyway: ['aws-us-gov'] },
  },
  protocol: awsJson('1.0', 'GraniteServiceVersion20100801', true),
};

export function cloudWatchReads(access: ScopeAccess): CloudWatchReads {
  const calls = apiCalls(access, cloudWatchApi);
  return {
    requestMetrics: () => requestMetrics(access, calls),

    async requests(metrics, window) {
      const first = await requests(access, calls, metrics, window);
      const again = metrics.filter((_, index) => isIncomplete(first[index]));
      if (again.length === 0) return first;
      const answers = await readFact(requests(access, calls, again, window));
      const second = [...(valueOrNull(answers) ?? [])];
      return first.map((answer) => (isIncomplete(answer) ? (second.shift() ?? answer) : answer));
    },
  };
}

async function requests(
  access: ScopeAccess,
  calls: ApiCalls<object, Fields>,
  metrics: readonly RequestMetric[],
  window: Window,
): Promise<readonly Fact<Requests>[]> {
  const operation = 'cloudwatch:GetMetricData';
  const messages: string[] = [];
  const pages = calls.list<MetricResult>(
    operation,
    // Each day is answered once; a page that comes twice is one.
    (result) => JSON.stringify(result),
    (NextToken) => ({
      MetricDataQueries: metrics.map(queryOf),
      StartTime: seconds(window.start),
      EndTime: seconds(nextDay(window.end)),
      NextToken,
    }),
    (answer, site) => {
      const items = answer.requiredObjects('MetricDataResults').map((each) => resultOf(each, window, site));
      messages.push(...(answer.objects('Messages') ?? []).map(messageOf));
      return { items, next: answer.text('NextToken') };
    },
  );
  const results = new Map<string, MetricResult[]>(metrics.map((_, index) => [idOf(index), []]));
  for (const result of await collect(pages)) results.get(result.id)?.push(result);
  return [...results.values()].map((ofMetric) => requestsIn(ofMetric, messages, access.site(operation)));
}

async function* requestMetrics(
  access: ScopeAccess,
  calls: ApiCalls<object, Fields>,
): AsyncGenerator<readonly RequestMetric[]> {
  const operation = 'cloudwatch:ListMetrics';
  const pages = calls.list<NamedMetric>(
    operation,
    ({ identity }) => identity,
    (NextToken) => ({ Namespace: namespace, MetricName: metricName, NextToken }),
    (answer, site) => ({
      items: answer.requiredObjects('Metrics').map((metric) => metricOf(metric, site)),
      next: answer.text('NextToken'),
    }),
  );
  let strays = 0;
  for await (const page of pages) {
    const understood = page.flatMap(({ metric }) => (metric === null ? [] : [metric]));
    strays += page.length - understood.length;
    if (understood.length > 0) yield understood;
  }
  if (strays === 0) return;
  throw straysIn(
    access.site(operation),
    strays,
    'metrics that it names have other dimensions than a key of this region and an operation',
  );
}

const idOf = (index: number): string => `m${index}`;

const queryOf = ({ dimensions }: RequestMetric, index: number) => ({
  Id: idOf(index),
  MetricStat: {
    Metric: {
      Namespace: namespace,
      MetricName: metricName,
      Dimensions: dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
    },
    Period: periodSeconds,
    Stat: 'Sum',
  },
});

const seconds = (time: Date): number => time.getTime() / 1000;
