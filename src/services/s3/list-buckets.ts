import { date, required } from '../../aws/answer.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { s3Calls } from './client.ts';
import type { BucketListEntry } from './facts.ts';

/**
 * Most buckets that AWS gives in one page (API reference, 2026-10-01). Always sent: without a parameter AWS
 * answers no regions, and refuses accounts with more than 10,000 buckets.
 */
const pageSize = 10_000;

/** Every general purpose bucket of the account, whatever its region. Pages; rejects with AwsError only. */
export function listBuckets(access: ScopeAccess): AsyncIterable<readonly BucketListEntry[]> {
  return s3Calls(access).list<BucketListEntry>(
    's3:ListBuckets',
    (bucket) => bucket.name,
    (ContinuationToken) =>
      async ({ sdk, client }, options, site) => {
        const input = { MaxBuckets: pageSize, ContinuationToken };
        const output = await client.send(new sdk.ListBucketsCommand(input), options);
        // An account without buckets answers an empty list, which the SDK gives as none; its owner is always named.
        const owner = required(output.Buckets ?? output.Owner, 'Buckets', site);
        const ownerCanonicalId = Array.isArray(owner) ? (output.Owner?.ID ?? null) : (owner.ID ?? null);
        const items = (output.Buckets ?? []).map((bucket) => ({
          name: required(bucket.Name, 'Name', site),
          region: bucket.BucketRegion ?? null,
          creationDate: date(bucket.CreationDate),
          ownerCanonicalId,
        }));
        return { items, next: output.ContinuationToken };
      },
  );
}
