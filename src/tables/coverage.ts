import { integer, json, key, text, textList, timestamp } from './column.ts';
import { defineTable } from './table.ts';

/** What a sync saw and what it could not see: the table to look at before any other is believed. */
export const coverage = defineTable({
  name: 'aws_encryption_coverage',
  title: 'What the sync saw',
  doc: 'One row for each account, region and table that a sync read, skipped or failed to read. A number from another table holds only where this one says `complete`.',
  columns: {
    account_id: key(text('The account, 12 digits.')),
    region: key(
      text('The region, or `global` for what has none: a whole account, the organization, ListBuckets.'),
    ),
    table_name: key(text('The table, or `*` for everything in the account or region.')),
    partition: text('`aws`, `aws-cn`, `aws-us-gov`, …; null when the account could not be reached.'),
    account_name: text('Name of the account in the organization or the spec; null when neither gives one.'),
    status: text(
      '`complete`: everything was listed and every read answered. `partial`: rows or values are missing. `failed`: nothing could be listed. `skipped`: not read on purpose.',
    ),
    reason: text(
      'Why the status is not `complete`: `access_denied`, `denied_by_organization_policy` (AWS says that an SCP or RCP denied the read, or a policy that was read surely denies it: then, `skipped`, AWS is not asked; IAM does not help), `assume_role_denied`, `throttled`, `region_disabled`, `account_suspended`, `not_selected`, …',
    ),
    message: text('One sentence about the first failure and what to do; null when there was none.'),
    rows: integer('Rows written to the table for this place.'),
    failed_operations: json('AWS operation → error code → how often; null when nothing failed.'),
    started_at: timestamp('When the reading of this place began (UTC).'),
    finished_at: timestamp('When it ended (UTC).'),
    last_complete_at: timestamp(
      'When this table was last listed completely here, this sync included (UTC); of a whole account or region, the oldest of its tables. Kept in the state backend, null without one.',
    ),
    last_complete_generation: integer(
      'The newest `sync_generation` that listed this table completely here: rows of an older one are gone in AWS, where they were not deleted. Of a whole account, when it has left the organization; null of other whole places, when it never was, and without a state backend.',
    ),
    services_left_out: textList(
      'Services that this reading left out, since `resource_services` does not choose them: older rows of theirs are kept, and are not gone in AWS. `complete` holds without them; where any is read by default, the status is `partial`. Null where nothing is left out.',
    ),
    requests: integer(
      'AWS requests made for this place, for all its tables together; null where they are not counted by place.',
    ),
    throttles: integer('How many of them AWS throttled; null like `requests`.'),
  },
});
