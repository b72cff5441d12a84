import type { Scope } from '../../organization/model.ts';
import { ANY_TEXT } from '../policy/pattern.ts';

/** Partitions whose services KMS names with the suffix `amazonaws.com`; of the others AWS's documents do not say. */
const namedByAmazonawsCom: ReadonlySet<string> = new Set(['aws', 'aws-us-gov']);

/**
 * `kms:ViaService` of a request that a service makes for its caller: `s3.eu-west-1.amazonaws.com` (KMS developer
 * guide, "kms:ViaService", read 2026-11-24). Outside the partitions where the suffix is known, any will do.
 */
export function viaService(service: string, { region, partition }: Scope): string {
  return `${service}.${region}.${namedByAmazonawsCom.has(partition) ? 'amazonaws.com' : ANY_TEXT}`;
}
