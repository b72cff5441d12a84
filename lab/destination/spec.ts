import { status } from '@grpc/grpc-js';
import { z } from 'zod';
import { Failure } from './failure.ts';

const spec = z.strictObject({
  /** A `postgresql://` URL. */
  connection_string: z.string().min(1),
  /** How many rows are kept back to be written at once. */
  batch_size: z.int().positive().default(10_000),
  /** Whether it deletes single records; most official destinations do not. */
  delete_record: z.boolean().default(true),
  /** Whether tables can be read back; from rotated files they cannot. */
  readable: z.boolean().default(true),
});

/**
 * What a user writes under the destination's `spec:`: the official destination's own names, and two that take away
 * what other destinations lack.
 */
export type Spec = z.output<typeof spec>;

export function parseSpec(json: string): Spec {
  const parsed = spec.safeParse(JSON.parse(json || 'null'));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.join('.') || 'spec';
  throw new Failure(status.INVALID_ARGUMENT, `Destination spec, ${path}: ${issue?.message}.`);
}
