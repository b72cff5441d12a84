import type { Fields } from '../../aws/answer.ts';

/** What AWS adds to an answer of GetMetricData, about all of it or about a metric. */
export const messageOf = (message: Fields): string =>
  [message.text('Code'), message.text('Value')].filter((part) => part !== null).join(': ');
