import { isFailedRead } from '../aws/error.ts';
import { foreignKeyOf } from '../posture/foreign-key.ts';
import { foreignKeys } from '../tables/foreign-keys.ts';
import { noteListing, type RegionEnumerator, type RegionVisit } from './enumerator.ts';
import { resourcesOfRegion } from './resources.ts';
import { s3BucketsOfAccount } from './s3-buckets.ts';

/** Whose resources may name a key of another account: all of them must have looked for the list to be whole. */
const finders: readonly string[] = [...resourcesOfRegion, s3BucketsOfAccount].map(({ name }) => name);

/**
 * Keys of other accounts: those that AWS RAM shares with this one, and those that its resources name. Comes after
 * the resources and buckets of its account, so that each key is one row whoever told of it.
 */
export const keysOfOthers: RegionEnumerator = {
  name: 'foreign_keys',
  tables: [foreignKeys],
  calls: () => ['kms:ListKeys'],
  afterResources: true,

  async visit(visit) {
    const { scope, scopes, sink, knowledge } = visit;
    if (!sink.selected(foreignKeys)) return;
    const named = scopes.named.take(scope);
    const isWhole = finders.every((finder) => named.finders.has(finder));
    if (!isWhole) sink.leftOut([foreignKeys], 'some');
    for (const error of named.errors) sink.rowsMissing([foreignKeys], error);
    const shared = await sharedWith(visit);
    for (const arn of [...new Set([...shared, ...named.counts.keys()])].sort()) {
      const { ownerAccountId, ownerName, trust } = foreignKeyOf(arn, scope.accountId, knowledge);
      const count = named.counts.get(arn) ?? 0;
      await sink.write(foreignKeys, {
        account_id: scope.accountId,
        region: scope.region,
        partition: scope.partition,
        arn,
        account_name: scope.accountName,
        owner_account_id: ownerAccountId,
        owner_name: ownerName,
        trust,
        found_by: [...(shared.has(arn) ? ['ram'] : []), ...(count > 0 ? ['resource'] : [])],
        resources_count: isWhole && named.errors.length === 0 ? count : null,
      });
    }
  },
};

/** ARNs of the keys that RAM shares with the account; where not all could be listed, those that were. */
async function sharedWith({ kms, sink }: RegionVisit): Promise<ReadonlySet<string>> {
  const arns = new Set<string>();
  try {
    for await (const page of kms.listKeysOfOthers()) for (const { arn } of page) arns.add(arn);
  } catch (error) {
    if (!isFailedRead(error)) throw error;
    noteListing(sink, [foreignKeys], error);
  }
  return arns;
}
