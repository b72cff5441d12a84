import type { CallCounts } from '../aws/caller.ts';
import type { AwsError, Reason } from '../aws/error.ts';
import type { SkipReason } from '../organization/model.ts';
import type { coverage } from '../tables/coverage.ts';
import type { Row } from '../tables/table.ts';
import { coverageReason } from './coverage-reason.ts';
import type { LeftOutOfTable } from './left-out-services.ts';
import type { Coverage } from './scope-coverage.ts';

type CoverageRow = Row<typeof coverage>;

/** The account and region that a line of coverage is about; `*` as table means everything there. */
export interface Place {
  readonly accountId: string;
  readonly accountName: string | null;
  /** `global` for what has no region. */
  readonly region: string;
  readonly partition: string | null;
  readonly table: string;
}

/** When a place was read, and what that took. */
export interface Reading {
  readonly startedAt: Date;
  readonly finishedAt: Date;
  /** Null where calls are not counted by place. */
  readonly counts: CallCounts | null;
}

/** How one table fared in one scope. @param leftOut what the choice of services takes from it; null: nothing */
export function scopeCoverage(
  place: Place,
  seen: Coverage,
  reading: Reading,
  leftOut: LeftOutOfTable | null = null,
): CoverageRow {
  const isByChoice = seen.reason === 'not_selected' && leftOut?.isNarrowed === true;
  return {
    ...placed(place),
    ...read(reading),
    status: seen.status,
    reason: seen.reason,
    message: isByChoice ? `Left out by \`resource_services\`: ${leftOut.services.join(', ')}.` : seen.message,
    rows: seen.rows,
    failed_operations: seen.failedOperations,
    services_left_out: leftOut?.services ?? null,
  };
}

/** An account, or something it needs as a whole, could not be read. */
export function failureCoverage(
  place: Place,
  status: 'failed' | 'partial',
  error: AwsError,
  reading: Reading,
): CoverageRow {
  return {
    ...placed(place),
    ...read(reading),
    status,
    reason: coverageReason(error),
    message: error.message,
    rows: 0,
    failed_operations: { [error.site.operation]: { [error.code]: 1 } },
  };
}

/** An account or region that is left out on purpose. */
export function skipCoverage(place: Place, reason: SkipReason | Reason, at: Date): CoverageRow {
  return {
    ...placed(place),
    ...read({ startedAt: at, finishedAt: at, counts: { requests: 0, throttles: 0 } }),
    status: 'skipped',
    reason,
    message: skipSentences[reason as SkipReason] ?? null,
    rows: 0,
    failed_operations: null,
  };
}

const skipSentences: Readonly<Record<SkipReason, string>> = {
  account_pending_activation: 'The account is not active yet, so AWS lets nobody read it.',
  account_suspended: 'The account is suspended: its keys still exist, but AWS lets nobody read them.',
  account_closed: 'The account is closed: AWS lets nobody read it.',
  not_selected: 'The spec leaves it out.',
  account_left:
    'The account has left the organization: rows about it are kept, since `deletion` is `generation`, and are not current.',
  region_disabled:
    'The region is not enabled in the account: AWS answers nothing there, though keys made before may still exist.',
};

function placed(place: Place) {
  return {
    account_id: place.accountId,
    region: place.region,
    table_name: place.table,
    partition: place.partition,
    account_name: place.accountName,
  };
}

function read(reading: Reading) {
  return {
    started_at: reading.startedAt,
    finished_at: reading.finishedAt,
    last_complete_at: null,
    last_complete_generation: null,
    services_left_out: null,
    requests: reading.counts?.requests ?? null,
    throttles: reading.counts?.throttles ?? null,
  };
}
