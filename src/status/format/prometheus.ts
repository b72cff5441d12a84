import { gauge } from '../../prometheus.ts';
import type { Status } from '../read.ts';

/** Numbers alone. A time that is not known has no line: 0 would be 1970. */
export function formatPrometheus({ coverage, incomplete, stale, oldest, newest }: Status): string {
  return [
    gauge(
      'aws_encryption_coverage_places',
      'Accounts × regions × tables by how they were read.',
      Object.entries(coverage).map(([status, value]) => ({ labels: { status }, value })),
    ),
    gauge('aws_encryption_incomplete_accounts', 'Accounts not read, or in part.', [
      { value: incomplete.length },
    ]),
    gauge('aws_encryption_stale_accounts', 'Accounts of which a reading is too old.', [
      { value: stale.length },
    ]),
    gauge('aws_encryption_oldest_reading_timestamp_seconds', 'When the oldest reading ended.', time(oldest)),
    gauge('aws_encryption_newest_reading_timestamp_seconds', 'When the newest reading ended.', time(newest)),
  ].join('');
}

const time = (iso: string | null) => (iso === null ? [] : [{ value: Date.parse(iso) / 1000 }]);
