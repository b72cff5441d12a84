import { isFailedRead } from '../aws/error.ts';
import { type Fact, known, notAsked, unread } from '../aws/fact.ts';
import type { KeyAlias } from '../services/kms/facts.ts';
import { keyAliases, keyAliasRow } from '../tables/key-aliases.ts';
import { keys } from '../tables/keys.ts';
import { noteListing, type RegionVisit } from './enumerator.ts';

/** All aliases of a region by the key they name; not known when ListAliases failed. */
export type AliasesByKey = Fact<ReadonlyMap<string, readonly KeyAlias[]>>;

/**
 * Lists the aliases of a region, and writes them where their table is selected.
 * @param asked whether somebody wants to know the aliases of each key
 */
export async function listAliases(visit: RegionVisit, asked: boolean): Promise<AliasesByKey> {
  const { kms, scope, sink } = visit;
  if (!asked && !sink.selected(keyAliases)) return notAsked;
  const byKey = new Map<string, KeyAlias[]>();
  try {
    for await (const page of kms.listAliases()) {
      for (const alias of page) {
        if (sink.selected(keyAliases)) await sink.write(keyAliases, keyAliasRow(alias, scope));
        if (alias.targetKeyId === null) continue;
        const { name, targetKeyId } = alias;
        const own = byKey.get(targetKeyId);
        if (own) own.push({ name });
        else byKey.set(targetKeyId, [{ name }]);
      }
    }
    return known(byKey);
  } catch (error) {
    if (!isFailedRead(error)) throw error;
    noteListing(sink, [keyAliases], error);
    sink.valueMissing([keys], error);
    return unread(error);
  }
}
