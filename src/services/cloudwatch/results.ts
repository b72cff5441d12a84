import type { Fields } from '../../aws/answer.ts';
import { AwsError, type CallSite } from '../../aws/error.ts';
import { type Fact, known, unread } from '../../aws/fact.ts';
import type { Requests, Window } from './facts.ts';
import { messageOf } from './messages.ts';
import { nextDay } from './window.ts';

/** What one page of GetMetricData says of one metric. */
export interface MetricResult {
  readonly id: string;
  /** `Complete`, `PartialData`, `InternalError`, `Forbidden`. */
  readonly status: string;
  readonly messages: readonly string[];
  readonly days: readonly { readonly at: Date; readonly count: number }[];
}

/** @throws AwsError for numbers that no count of requests within the window can be */
export function resultOf(fields: Fields, window: Window, site: CallSite): MetricResult {
  const times = fields.requiredDates('Timestamps');
  const counts = fields.requiredIntegers('Values');
  const until = nextDay(window.end);
  const fits =
    times.length === counts.length &&
    counts.every((count) => count >= 0) &&
    times.every((at) => at >= window.start && at < until);
  if (!fits)
    throw new AwsError(
      'malformed_answer',
      'wrong_data_points',
      site,
      'the answer has data points that are no counts of the days that were asked for',
    );
  return {
    id: fields.requiredText('Id'),
    status: fields.requiredText('StatusCode'),
    messages: (fields.objects('Messages') ?? []).map(messageOf),
    days: times.map((at, index) => ({ at, count: counts[index] ?? 0 })),
  };
}

/** Whether AWS answered, but not all of a metric: it may the next time. */
export const isIncomplete = (requests: Fact<Requests> | undefined): boolean =>
  requests?.state === 'unread' && requests.error.reason === 'service_error';

/**
 * A metric's requests from all pages that tell of it: known when the last of them says that nothing is missing, and
 * AWS had nothing else to say, of this metric or of the whole call.
 */
export function requestsIn(
  pages: readonly MetricResult[],
  ofCall: readonly string[],
  site: CallSite,
): Fact<Requests> {
  const status = pages.at(-1)?.status ?? 'NoResult';
  const messages = [...new Set([...ofCall, ...pages.flatMap((page) => page.messages)])];
  if (status !== 'Complete' || messages.length > 0) {
    const reason = status === 'Forbidden' ? 'access_denied' : 'service_error';
    const said = messages.length > 0 ? messages.join('; ') : 'the sums are not complete';
    return unread(new AwsError(reason, status === 'Complete' ? 'Messages' : status, site, said));
  }
  const days = pages.flatMap((page) => page.days);
  const last = Math.max(...days.filter(({ count }) => count > 0).map(({ at }) => at.getTime()));
  return known({
    count: days.reduce((sum, { count }) => sum + count, 0),
    lastDay: Number.isFinite(last) ? new Date(last) : null,
  });
}
