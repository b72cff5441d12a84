import type { Scope } from '../organization/model.ts';
import type { KeyRequests } from '../posture/key-requests.ts';
import type { Window } from '../services/cloudwatch/facts.ts';
import { integer, key, text, timestamp } from './column.ts';
import { defineTable, placeColumns, type Row } from './table.ts';

/** How often keys were used within two weeks, by CloudWatch: it is billed, so only with `include_key_metrics`. */
export const keyMetrics = defineTable({
  name: 'aws_encryption_key_metrics',
  title: 'Requests on KMS keys',
  doc: `One row for each key and operation that had a successful request within the last 14 days (UTC, today included), as CloudWatch counted them, when the spec says \`include_key_metrics: true\`; empty otherwise. Where \`aws_encryption_coverage\` calls the table complete, a key without a row had no request that CloudWatch counted; where it does not, nobody knows. AWS counts successful cryptographic operations only, does not say in whose account it counts the use of a key by another account, and says nothing of requests that services make on others' behalf. What is not counted is no proof that a key is not needed: attached volumes and cached data keys work on without a request. AWS bills GetMetricData by the metric, $0.01 for 1,000 in most regions: a sync of 1,000 keys with 4 operations each asks for 4,000, which is $0.04, and names them in 8 calls of ListMetrics ($0.01 for 1,000 calls).`,
  columns: {
    ...placeColumns,
    key_id: key(text('Joins `aws_encryption_keys`.')),
    operation: key(
      text(
        '`Decrypt`, `GenerateDataKey`, …; a ReEncrypt is `ReEncryptFrom` on the key that decrypted and `ReEncryptTo` on the one that encrypted.',
      ),
    ),
    account_name: text('Name of the account; null when not known.'),
    key_arn: text("The key's ARN."),
    requests: integer('Successful requests from `window_start` to `window_end`.'),
    window_start: timestamp('From when requests are counted (UTC): 13 days before the day of the sync.'),
    window_end: timestamp('Until when (UTC); what was asked a few minutes before may not be counted yet.'),
    last_day_with_requests: timestamp('The last UTC day with a request, by its beginning.'),
  },
});

export function keyMetricRow(
  { keyId, keyArn, operation, count, lastDay }: KeyRequests,
  { start, end }: Window,
  scope: Scope,
): Row<typeof keyMetrics> {
  return {
    account_id: scope.accountId,
    region: scope.region,
    partition: scope.partition,
    key_id: keyId,
    operation,
    account_name: scope.accountName,
    key_arn: keyArn,
    requests: count,
    window_start: start,
    window_end: end,
    last_day_with_requests: lastDay,
  };
}
