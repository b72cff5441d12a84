import { isAwsAccount } from '../access/aws-accounts.ts';
import type { ExternalEntity } from '../cross-account/external-entities.ts';

/**
 * Services that deliver to buckets under SSE-S3 only, whatever a KMS key's policy says: S3's server access logs ("Only
 * SSE-S3 default encryption is supported for server access log destination buckets", S3 user guide, "Setting default
 * server-side encryption"), and access logs of Application and Classic Load Balancers ("The only server-side encryption
 * option that's supported is Amazon S3-managed keys", Elastic Load Balancing user guide, "Enable access logs"; both read
 * 2026-11-28). Network Load Balancers write as `delivery.logs.amazonaws.com`, which a customer managed key may admit.
 */
const sseS3Only: ReadonlySet<string> = new Set([
  'logging.s3.amazonaws.com',
  'logdelivery.elasticloadbalancing.amazonaws.com',
]);

/** Whether the entity, a service by its principal or by AWS's account for it, delivers to buckets under SSE-S3 only. */
export function deliversUnderSseS3Only(entity: ExternalEntity): boolean {
  if (entity.kind !== 'service') return false;
  if (sseS3Only.has(entity.id)) return true;
  // Elastic Load Balancing has an account of its own in the older regions.
  const account = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(entity.id)?.[1];
  return account !== undefined && isAwsAccount(account);
}
