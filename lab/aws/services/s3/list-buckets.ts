import { createHash } from 'node:crypto';
import type { SimBucket } from '../../model.ts';
import { pageOfArray } from '../../paging.ts';
import { pageSize, text } from '../../protocol/input.ts';
import type { S3Reply } from '../../protocol/s3-xml.ts';
import { ApiError, InvalidInput } from '../../protocol/wire.ts';
import type { Call } from '../../service.ts';

const parameters = ['max-buckets', 'continuation-token', 'prefix', 'bucket-region'];
const most = 10_000;

/**
 * All buckets of the account, of every region. Paged, and with each bucket's region, only when the request has a
 * parameter; an account with more than 10,000 buckets must page (S3 API reference, ListBuckets, read 2026-11-23).
 */
export function listBuckets(call: Call): S3Reply {
  const { account, input, region } = call;
  const hasParameter = parameters.some((name) => input[name] !== undefined);
  if (!hasParameter && account.buckets.size > most) {
    throw new ApiError(
      400,
      'InvalidRequest',
      'This account has too many buckets to list without pagination.',
    );
  }
  const onlyRegion = text(input, 'bucket-region');
  if (onlyRegion !== undefined && onlyRegion !== region) {
    throw new InvalidInput(`Argument value ${onlyRegion} is not allowed at the endpoint of ${region}`);
  }
  const prefix = text(input, 'prefix');
  const wanted = [...account.buckets.values()]
    .filter((bucket) => onlyRegion === undefined || bucket.region === onlyRegion)
    .filter((bucket) => prefix === undefined || bucket.name.startsWith(prefix))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  const page = pageOfArray(wanted, {
    marker: text(input, 'continuation-token'),
    limit: pageSize(input, 'max-buckets', { max: most, default: most }),
    invalid: () => new InvalidInput('The continuation token provided is incorrect'),
  });
  return {
    root: 'ListAllMyBucketsResult',
    xml: {
      Owner: ownerShape(account.id),
      Buckets: { Bucket: page.items.map((bucket) => bucketShape(bucket, hasParameter)) },
      ContinuationToken: page.next,
      Prefix: prefix,
    },
  };
}

function bucketShape(bucket: SimBucket, withRegion: boolean) {
  return {
    Name: bucket.name,
    CreationDate: new Date(bucket.created * 1000).toISOString(),
    BucketRegion: withRegion ? bucket.region : undefined,
    BucketArn: withRegion ? `arn:aws:s3:::${bucket.name}` : undefined,
  };
}

/** The account's canonical user. */
export function ownerShape(accountId: string) {
  return { ID: createHash('sha256').update(`canonical user ${accountId}`).digest('hex') };
}
