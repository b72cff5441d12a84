import { regionOf } from '../build.ts';
import { failure } from '../failures.ts';
import { pageOfArray } from '../paging.ts';
import { integer, requiredText, text } from '../protocol/input.ts';
import { jsonWire } from '../protocol/json.ts';
import { type Input, InvalidInput, type Output } from '../protocol/wire.ts';
import type { Call, Service } from '../service.ts';

const namespace = 'AWS/KMS';
const metricName = 'SuccessfulRequest';
const daySeconds = 86_400;
/** API reference of GetMetricData and ListMetrics, read 2026-11-30. */
const most = { metrics: 500, queries: 500, points: 100_800 };

type Dimensions = Readonly<Record<string, string>>;

/** Amazon CloudWatch: the requests on KMS keys, day by day. */
export const cloudWatch: Service = {
  name: 'cloudwatch',
  signingName: 'monitoring',
  wire: jsonWire({ target: 'GraniteServiceVersion20100801', version: '1.0' }),
  failures: {
    internal: [500, 'InternalServiceFault', 'Request processing has failed due to some unknown error'],
  },
  operations: {
    ListMetrics: { paging: { token: 'NextToken' }, run: listMetrics },
    GetMetricData: { paging: { size: 'MaxDatapoints', token: 'NextToken' }, run: getMetricData },
  },
};

function listMetrics(call: Call): Output {
  const { input, world } = call;
  const today = Math.floor(world.now() / 1000 / daySeconds);
  const since = world.now() / 1000 - 14 * daySeconds;
  const asked = text(input, 'Namespace') ?? namespace;
  const recent =
    asked === namespace && (text(input, 'MetricName') ?? metricName) === metricName
      ? counted(call).filter(({ daysAgo }) => (today - daysAgo) * daySeconds >= since)
      : [];
  const metrics = new Map(recent.map(({ dimensions }) => [nameOf(dimensions), dimensions]));
  const page = pageOfArray([...metrics.values()], {
    marker: text(input, 'NextToken'),
    limit: most.metrics,
    invalid: () => failure(cloudWatch, 'invalid_input', 'The NextToken is invalid'),
  });
  return {
    Metrics: page.items.map((dimensions) => ({
      Namespace: namespace,
      MetricName: metricName,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    })),
    NextToken: page.next,
  };
}

interface Point {
  readonly id: string;
  readonly at: number;
  readonly count: number;
}

/** Newest first, as AWS does unless told otherwise; what the page has no room for is on the next. */
function getMetricData(call: Call): Output {
  const { input } = call;
  const queries = list(input, 'MetricDataQueries');
  if (queries.length > most.queries)
    throw new InvalidInput('The collection MetricDataQueries must not have a size greater than 500.');
  const points = queries.flatMap((query) => pointsOf(query, call));
  const first = text(input, 'NextToken') === undefined;
  const page = pageOfArray(points, {
    marker: text(input, 'NextToken'),
    limit: integer(input, 'MaxDatapoints') ?? most.points,
    invalid: () => failure(cloudWatch, 'invalid_input', 'The NextToken is invalid'),
  });
  const last = page.items.at(-1);
  const goesOn = page.next !== undefined && points[points.indexOf(last as Point) + 1]?.id === last?.id;
  const ids = queries.map((query) => requiredText(query, 'Id'));
  const told = ids.filter(
    (id) =>
      page.items.some((point) => point.id === id) || (first && !points.some((point) => point.id === id)),
  );
  return {
    MetricDataResults: told.map((Id) => {
      const own = page.items.filter(({ id }) => id === Id);
      return {
        Id,
        Label: metricName,
        Timestamps: own.map(({ at }) => at),
        Values: own.map(({ count }) => count),
        StatusCode: goesOn && Id === last?.id ? 'PartialData' : 'Complete',
      };
    }),
    Messages: [],
    NextToken: page.next,
  };
}

/** The sums of the days of one query that had a request. */
function pointsOf(query: Input, call: Call): readonly Point[] {
  const stat = record(query, 'MetricStat');
  const metric = record(stat, 'Metric');
  const period = integer(stat, 'Period');
  if (period !== daySeconds || text(stat, 'Stat') !== 'Sum')
    throw new InvalidInput('The simulator adds up days, and nothing else');
  const start = Number(call.input.StartTime);
  const end = Number(call.input.EndTime);
  if (!(start < end)) throw new InvalidInput('The parameter StartTime must be less than EndTime.');
  if (text(metric, 'Namespace') !== namespace || text(metric, 'MetricName') !== metricName) return [];
  const wanted = nameOf(
    Object.fromEntries(
      list(metric, 'Dimensions').map((each) => [requiredText(each, 'Name'), requiredText(each, 'Value')]),
    ),
  );
  const today = Math.floor(call.world.now() / 1000 / daySeconds);
  const sums = new Map<number, number>();
  for (const { dimensions, daysAgo, count } of counted(call)) {
    const at = (today - daysAgo) * daySeconds;
    if (nameOf(dimensions) === wanted && at >= start && at < end) sums.set(at, (sums.get(at) ?? 0) + count);
  }
  const id = requiredText(query, 'Id');
  return [...sums].sort(([one], [other]) => other - one).map(([at, count]) => ({ id, at, count }));
}

const counted = ({ account, region }: Call) => regionOf(account, region).keyRequests;

const nameOf = (dimensions: Dimensions): string => JSON.stringify(Object.entries(dimensions).sort());

function list(input: Input, name: string): readonly Input[] {
  const value = input[name];
  return Array.isArray(value) ? value : [];
}

function record(input: Input, name: string): Input {
  const value = input[name];
  return typeof value === 'object' && value !== null ? (value as Input) : {};
}
