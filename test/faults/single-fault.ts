import type { Effect, Fault } from '../../lab/aws/faults.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import type { Row } from '../e2e/rows.ts';
import type { Harness, Seen } from './harness.ts';
import { org, organization } from './organization.ts';
import { brokenPromises } from './promises.ts';
import { leaks } from './secrets.ts';

/** Every way in which the simulated AWS can fail a request at once. */
export const effects: readonly Effect[] = [
  { kind: 'deny' },
  { kind: 'throttle' },
  { kind: 'internal' },
  { kind: 'error', status: 400, code: 'BrandNewException' },
  { kind: 'cut', when: 'before' },
  { kind: 'cut', when: 'middle' },
  { kind: 'truncated_body' },
  { kind: 'malformed_body' },
  { kind: 'empty_body' },
  { kind: 'html', status: 200 },
  { kind: 'html', status: 403 },
  { kind: 'html', status: 429 },
  { kind: 'html', status: 503 },
  { kind: 'expire_credentials' },
  { kind: 'suspend_account' },
  { kind: 'clock_skew', ms: 600_000 },
  { kind: 'short_pages', entries: 1 },
  { kind: 'repeated_marker' },
  { kind: 'truncated_without_marker' },
  { kind: 'duplicates' },
];

export interface Undisturbed {
  /** What of the spec it had beside the organization. */
  readonly spec: Row;
  readonly seen: Seen;
  /** Every operation that it asked for. */
  readonly operations: readonly string[];
}

export async function syncUndisturbed(harness: Harness, spec: Row = {}): Promise<Undisturbed> {
  const aws = await startSimulator(organization());
  const seen = await harness.sync(aws, { org, ...spec });
  const operations = Object.keys(aws.requests.byOperation());
  await aws.close();
  return { spec, seen, operations };
}

/** One sync of the organization with one fault: how often it struck, and what was promised and not kept. */
export async function syncWith(fault: Fault, harness: Harness, undisturbed: Undisturbed) {
  const aws = await startSimulator(organization(), { keepRequests: true, verifySignatures: true });
  const active = aws.faults.add(fault);
  const seen = await harness.sync(aws, { org, ...undisturbed.spec });
  const broken = [...brokenPromises(undisturbed.seen, seen), ...leaks(seen, aws)];
  await aws.close();
  return { fired: active.fired, broken };
}
