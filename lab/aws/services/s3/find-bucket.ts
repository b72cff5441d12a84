import { failure } from '../../failures.ts';
import type { SimAccount, SimBucket } from '../../model.ts';
import { text } from '../../protocol/input.ts';
import { s3Wire } from '../../protocol/s3-xml.ts';
import { ApiError } from '../../protocol/wire.ts';
import type { Call, Target } from '../../service.ts';

/**
 * The bucket that the request names, if it is the caller's own and lives in the region that was asked; S3's own
 * errors otherwise. Bucket policies that would let other accounts read a bucket's settings are not evaluated.
 */
export function findBucket(call: Call, options: { readonly anyRegion?: boolean } = {}): SimBucket {
  const name = text(call.input, 'Bucket') ?? '';
  const found = ownerOf(call, name);
  if (found === undefined) {
    throw new ApiError(404, 'NoSuchBucket', 'The specified bucket does not exist', { BucketName: name });
  }
  const { owner, bucket } = found;
  if (bucket.region !== call.region && options.anyRegion !== true) throw redirect(bucket);
  const expectedOwner = text(call.input, 'ExpectedBucketOwner');
  if (owner !== call.account || (expectedOwner !== undefined && expectedOwner !== owner.id)) {
    const { status, code, message } = failure({ wire: s3Wire }, 'access_denied');
    // AWS tells the bucket's region even to those who may not see the bucket.
    throw new ApiError(status, code, message, {}, { 'x-amz-bucket-region': bucket.region });
  }
  return bucket;
}

/** The bucket that the request names, whosever it is; undefined: there is none. */
export function bucketTarget(call: Call): Target | undefined {
  const name = text(call.input, 'Bucket') ?? '';
  const found = ownerOf(call, name);
  const arn = `arn:${call.world.organization.partition}:s3:::${name}`;
  return found && { arn, ownerId: found.owner.id };
}

function ownerOf(call: Call, name: string): { owner: SimAccount; bucket: SimBucket } | undefined {
  const own = call.account.buckets.get(name);
  if (own !== undefined) return { owner: call.account, bucket: own };
  for (const owner of call.world.organization.accounts.values()) {
    const bucket = owner.buckets.get(name);
    if (bucket !== undefined) return { owner, bucket };
  }
  return undefined;
}

function redirect(bucket: SimBucket): ApiError {
  return new ApiError(
    301,
    'PermanentRedirect',
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    { Endpoint: `${bucket.name}.s3.${bucket.region}.amazonaws.com`, Bucket: bucket.name },
    { 'x-amz-bucket-region': bucket.region },
  );
}
