-- What `check --record` keeps from run to run, in the schema of the views. No sync writes or deletes here, and
-- `views --drop` leaves it alone. Times are those of the syncs, so that to record one sync twice changes nothing.
CREATE TABLE IF NOT EXISTS aws_encryption.finding_history (
  check_id text NOT NULL,
  severity text NOT NULL,
  account_id text,
  account_name text,
  region text,
  resource text,
  findings integer NOT NULL,
  waived boolean NOT NULL,
  first_seen timestamp NOT NULL,
  last_seen timestamp NOT NULL,
  resolved_at timestamp
-- Every run writes last_seen of what is open: room on the page keeps that from growing the table.
) WITH (fillfactor = 50);

ALTER TABLE aws_encryption.finding_history ADD COLUMN IF NOT EXISTS no_longer_checked_at timestamp;

CREATE UNIQUE INDEX IF NOT EXISTS finding_history_open
  ON aws_encryption.finding_history (check_id, COALESCE(account_id, ''), COALESCE(region, ''), COALESCE(resource, ''))
  WHERE resolved_at IS NULL;

COMMENT ON TABLE aws_encryption.finding_history IS 'Violations over time, one row for each time that a check found one on a resource until it was gone; written by check --record.';
COMMENT ON COLUMN aws_encryption.finding_history.check_id IS 'The check.';
COMMENT ON COLUMN aws_encryption.finding_history.severity IS 'Its severity when it last found this.';
COMMENT ON COLUMN aws_encryption.finding_history.account_id IS 'The account; null where it is about no single one.';
COMMENT ON COLUMN aws_encryption.finding_history.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.finding_history.region IS 'The region; null where it is about none.';
COMMENT ON COLUMN aws_encryption.finding_history.resource IS 'Mostly an ARN; null where it is about no single thing.';
COMMENT ON COLUMN aws_encryption.finding_history.findings IS 'How many findings the check has on this resource: grants of a key, say.';
COMMENT ON COLUMN aws_encryption.finding_history.waived IS 'Whether all of them were waived when last seen.';
COMMENT ON COLUMN aws_encryption.finding_history.first_seen IS 'Time of the first sync (UTC) in which it was found.';
COMMENT ON COLUMN aws_encryption.finding_history.last_seen IS 'Time of the last sync (UTC) that read the place and in which it was found.';
COMMENT ON COLUMN aws_encryption.finding_history.resolved_at IS 'Time of the sync (UTC) that saw all that the check needs, and in which it was gone; null: open, or nobody could see.';
COMMENT ON COLUMN aws_encryption.finding_history.no_longer_checked_at IS 'Time of the first sync (UTC) that was recorded by a version without this check (renamed, or taken out): whether it is still so nobody knows, and it is neither open nor resolved; null: it is looked for.';

CREATE TABLE IF NOT EXISTS aws_encryption.check_history (
  synced_at timestamp NOT NULL,
  check_id text NOT NULL,
  severity text NOT NULL,
  saw_all boolean NOT NULL,
  not_known integer NOT NULL,
  PRIMARY KEY (synced_at, check_id)
);

ALTER TABLE aws_encryption.check_history ADD COLUMN IF NOT EXISTS no_longer_checked boolean NOT NULL DEFAULT false;

COMMENT ON TABLE aws_encryption.check_history IS 'Which checks were recorded of which sync, and whether they could see all that they need: what tells "none was found" from "nobody looked"; written by check --record.';
COMMENT ON COLUMN aws_encryption.check_history.synced_at IS 'Time of the last sync (UTC) in the data that was checked.';
COMMENT ON COLUMN aws_encryption.check_history.check_id IS 'The check.';
COMMENT ON COLUMN aws_encryption.check_history.severity IS 'Its severity then.';
COMMENT ON COLUMN aws_encryption.check_history.saw_all IS 'Whether it was asked of all accounts, and all that it needs was there, read whole and fresh.';
COMMENT ON COLUMN aws_encryption.check_history.not_known IS 'Of how many keys, buckets, … it could not tell; more where it did not see all.';
COMMENT ON COLUMN aws_encryption.check_history.no_longer_checked IS 'Whether that sync was recorded by a version that has no such check (renamed, or taken out).';

CREATE TABLE IF NOT EXISTS aws_encryption.key_sharing_history (
  account_id text NOT NULL,
  region text NOT NULL,
  key_id text NOT NULL,
  arn text,
  sharing text,
  effective_sharing text,
  sharing_complete boolean NOT NULL,
  shared_account_ids text[],
  shared_organization_ids text[],
  effective_sharing_complete boolean,
  effective_shared_account_ids text[],
  organization_policy_ids text[],
  from_generation bigint,
  valid_from timestamp NOT NULL,
  to_generation bigint,
  valid_to timestamp,
  PRIMARY KEY (account_id, region, key_id, valid_from)
);

ALTER TABLE aws_encryption.key_sharing_history ADD COLUMN IF NOT EXISTS effective_shared_organization_ids text[];

CREATE INDEX IF NOT EXISTS key_sharing_history_open
  ON aws_encryption.key_sharing_history (account_id, region, key_id) WHERE valid_to IS NULL;

COMMENT ON TABLE aws_encryption.key_sharing_history IS 'Whom customer managed keys were shared with over time: a row from one change to the next; written by check --record.';
COMMENT ON COLUMN aws_encryption.key_sharing_history.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.key_sharing_history.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.key_sharing_history.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.key_sharing_history.arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.key_sharing_history.sharing IS 'As in aws_encryption_keys; null when not known.';
COMMENT ON COLUMN aws_encryption.key_sharing_history.effective_sharing IS 'The same after policies of the organization; null where these were not evaluated.';
COMMENT ON COLUMN aws_encryption.key_sharing_history.sharing_complete IS 'Whether policies and grants were read whole and understood: if not, there may be more than is listed.';
COMMENT ON COLUMN aws_encryption.key_sharing_history.shared_account_ids IS 'Other accounts that it let in, in order; null when not known.';
COMMENT ON COLUMN aws_encryption.key_sharing_history.shared_organization_ids IS 'Organizations that it let in, in order; null when not known.';
COMMENT ON COLUMN aws_encryption.key_sharing_history.effective_sharing_complete IS 'Whether policies of the organization leave exactly that; false when they may take more away, null where they were not evaluated.';
COMMENT ON COLUMN aws_encryption.key_sharing_history.effective_shared_account_ids IS 'Other accounts that these policies left, in order; null where they were not evaluated.';
COMMENT ON COLUMN aws_encryption.key_sharing_history.effective_shared_organization_ids IS 'Of the organizations those that these policies left, if not with all accounts, in order; null where they were not evaluated.';
COMMENT ON COLUMN aws_encryption.key_sharing_history.organization_policy_ids IS 'The policies that took sharing away, p-…, in order; null where they were not evaluated.';
COMMENT ON COLUMN aws_encryption.key_sharing_history.from_generation IS 'The sync generation that first saw this.';
COMMENT ON COLUMN aws_encryption.key_sharing_history.valid_from IS 'Time of that sync (UTC).';
COMMENT ON COLUMN aws_encryption.key_sharing_history.to_generation IS 'The sync generation that saw something else, or the key gone; null: still so.';
COMMENT ON COLUMN aws_encryption.key_sharing_history.valid_to IS 'Time of that sync (UTC); null: still so.';
