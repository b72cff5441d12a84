import { valueOrNull } from '../aws/fact.ts';
import { key, text, timestamp } from './column.ts';
import { defineKeyTable } from './key-table.ts';
import { placeColumns } from './table.ts';

/** When a key was last used, by GetKeyLastUsage: five calls a second, so only with `include_key_last_usage`. */
export const keyLastUsage = defineKeyTable({
  name: 'aws_encryption_key_last_usage',
  title: 'Last use of KMS keys',
  doc: 'One row for each customer managed key when the spec says `include_key_last_usage: true` (five keys a second and region); empty otherwise.',
  columns: {
    ...placeColumns,
    key_id: key(text('Joins `aws_encryption_keys`.')),
    account_name: text('Name of the account; null when not known.'),
    arn: text("The key's ARN."),
    tracking_start_date: timestamp(
      'Since when AWS tracks the use of the key (UTC); earlier use is not known.',
    ),
    last_used_at: timestamp(
      'The last cryptographic use (UTC); null when there was none since `tracking_start_date`.',
    ),
    last_operation: text('The operation of that use.'),
    cloud_trail_event_id: text('The CloudTrail event of that use.'),
  },
  values: [],
  sources: ['lastUsage'],
  rows({ facts }) {
    const usage = valueOrNull(facts.lastUsage);
    if (!usage) return [];
    return [
      {
        account_id: facts.scope.accountId,
        region: facts.scope.region,
        partition: facts.scope.partition,
        key_id: facts.keyId,
        account_name: facts.scope.accountName,
        arn: facts.arn,
        tracking_start_date: usage.trackingStartDate,
        last_used_at: usage.lastUsedAt,
        last_operation: usage.lastOperation,
        cloud_trail_event_id: usage.cloudTrailEventId,
      },
    ];
  },
});
