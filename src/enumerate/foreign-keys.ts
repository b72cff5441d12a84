import { isFailedRead } from '../aws/error.ts';
import { foreignKeyOf } from '../posture/foreign-key.ts';
import { foreignKeyRow, foreignKeys } from '../tables/foreign-keys.ts';
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
    const haveAllLooked = finders.every((finder) => named.finders.has(finder));
    if (!haveAllLooked) sink.leftOut([foreignKeys], 'some');
    for (const error of named.errors) sink.rowsMissing([foreignKeys], error);
    const areUsesComplete = haveAllLooked && named.errors.length === 0 && named.areKeysTold;
    const shared = await sharedWith(visit);
    for (const arn of [...new Set([...shared, ...named.uses.keys()])].sort()) {
      const owner = foreignKeyOf(arn, scope.accountId, knowledge);
      const uses = named.uses.get(arn) ?? null;
      const isShared = shared.has(arn);
      await sink.write(foreignKeys, foreignKeyRow({ arn, scope, owner, isShared, uses, areUsesComplete }));
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
