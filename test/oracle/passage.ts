import type { Policy } from '../../lab/aws/iam/policy.ts';
import type { Reading } from '../../lab/aws/iam/readings.ts';
import type { Caller, Request } from '../../lab/aws/iam/request.ts';
import { decide } from '../../lab/aws/iam/statement.ts';
import { bucketArn, ours, paths, region, theirs } from './world.ts';

/** An access point of the bucket, as it decides on single requests. */
export interface Passage {
  readonly account: string;
  readonly name: string;
  readonly origin: 'Internet' | 'VPC';
  readonly policy: Policy | null;
  /** AWS calls its policy public. */
  readonly isPublic: boolean;
  /** RestrictPublicBuckets of its own. */
  readonly restricts: boolean;
  /** By one reading of what AWS writes of a public bucket policy, who owns the access point passes its block. */
  readonly mayPassBlock?: boolean;
}

export const arnOf = ({ account, name }: Pick<Passage, 'account' | 'name'>): string =>
  `arn:aws:s3:${region}:${account}:accesspoint/${name}`;

export const documentsOfPassage = (passage: Passage | undefined): readonly Policy[] =>
  passage?.policy ? [passage.policy] : [];

/**
 * Block Public Access keeps a caller out: one of the bucket, where it restricts a public policy, or of an access point
 * with one. What answers in a VPC is never public. Nobody comes unsigned.
 */
export function isShut(
  { account, isPublic, restricts, origin, policy }: Passage,
  { blocked }: { readonly blocked: boolean },
  caller: Caller,
): boolean {
  if (caller.kind === 'anonymous') return true;
  if (caller.kind === 'service' || caller.account === account) return false;
  const hasPublicPolicy = isPublic && origin === 'Internet' && policy !== null;
  return blocked || (hasPublicPolicy && restricts);
}

/**
 * "Both the access point and the underlying bucket must permit the request" (S3 user guide, "Configuring IAM policies for
 * using access points", read 2026-11-29); an identity of the access point's account is permitted there by its own
 * policies, too, unless the access point's policy denies it.
 * @param request for the bucket's object
 */
export function passes(passage: Passage, bucketPolicy: Policy, request: Request, reading: Reading): boolean {
  const { account, origin, policy } = passage;
  const context = new Map(request.context);
  context.set('s3:dataaccesspointarn', [arnOf(passage)]);
  context.set('s3:dataaccesspointaccount', [account]);
  context.set('s3:accesspointnetworkorigin', [origin]);
  if (decide([bucketPolicy], { ...request, context }, reading) !== 'allowed') return false;
  const resource = request.resource.replace(`${bucketArn}/`, `${arnOf(passage)}/object/`);
  const there = new Map(context);
  there.set('aws:resourceaccount', [account]);
  there.set('aws:resourceorgid', [paths[account] === undefined ? theirs : ours]);
  const ofPoint = { ...request, resource, context: there };
  const decision = policy === null ? 'silent' : decide([policy], ofPoint, reading);
  const { caller } = request;
  const isOwn = caller.kind !== 'service' && caller.kind !== 'anonymous' && caller.account === account;
  return decision === 'allowed' || (decision === 'silent' && isOwn);
}
