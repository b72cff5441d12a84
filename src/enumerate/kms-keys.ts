import pLimit from 'p-limit';
import pMap, { pMapSkip } from 'p-map';
import { type AwsError, isFailedRead } from '../aws/error.ts';
import { letsOthersIn } from '../posture/access/beyond.ts';
import { assessKey, type KeyPosture } from '../posture/key.ts';
import { failedReads, type KeyFacts, type KeyRead } from '../posture/key-facts.ts';
import type { KeyListEntry } from '../services/kms/facts.ts';
import { rowIdentity } from '../tables/identity.ts';
import { keyAccess } from '../tables/key-access.ts';
import { keyAliases } from '../tables/key-aliases.ts';
import { keyMetrics } from '../tables/key-metrics.ts';
import { keyPrincipals } from '../tables/key-principals.ts';
import type { KeyTable } from '../tables/key-table.ts';
import { keys } from '../tables/keys.ts';
import { keyTables } from '../tables/of-a-key.ts';
import { noteListing, type RegionEnumerator, type RegionVisit } from './enumerator.ts';
import { metricCalls, wantsMetrics, writeKeyMetrics } from './key-metrics.ts';
import { principalsOfKey } from './key-principals.ts';
import { aliasesOf, callsOfReads, type KeyReadings, readKey, withMetadata } from './key-reads.ts';
import { SharedKeys } from './ram-shares.ts';
import { type AliasesByKey, listAliases } from './region-aliases.ts';

/** Keys of one scope that are read at the same time: enough to fill the network alone. */
const keysAtOnce = 128;

/** With those that wait for their turn, or are read and wait for the aliases of their region. */
const keysBegun = 4_096;

/**
 * ListAliases once and ListKeys once, at the same time, then each key's facets once, whatever number of tables is
 * selected; and the metrics of a region that has keys.
 */
export const kmsKeys: RegionEnumerator = {
  name: 'kms_keys',
  tables: [...keyTables, keyMetrics, keyAliases],
  marks: new Map([[keys, { enumerated_by: 'kms' }]]),

  calls(table) {
    if (table === keyMetrics) return ['kms:ListKeys', ...metricCalls];
    const keyTable = keyTables.find((each) => each === table);
    if (keyTable === undefined) return ['kms:ListAliases'];
    return ['kms:ListKeys', ...callsOfReads(withMetadata(readsIn(keyTable)))];
  },

  async visit(visit) {
    const selected = keyTables.filter(
      (table) => visit.sink.selected(table) && (table !== keyPrincipals || visit.options.includeIam),
    );
    const asked = readsOf(selected, visit);
    const withoutIam = !visit.options.includeIam && visit.sink.selected(keyPrincipals);
    if (withoutIam) visit.sink.leftOut([keyPrincipals], 'all');
    for (const table of selected) {
      const off = table.sources.filter((source) => !asked.has(source));
      if (off.length > 0) visit.sink.leftOut([table], off.length === table.sources.length ? 'all' : 'some');
    }
    const tables = selected.filter((table) => readsIn(table).some((read) => asked.has(read)));
    const aliases = listAliases(visit, asked.has('aliases'));
    const shares = new SharedKeys(visit.ram);
    const metrics = wantsMetrics(visit);
    const isListed = tables.length > 0 || metrics;
    await Promise.all([aliases, isListed && readKeys(visit, { tables, asked, aliases, shares, metrics })]);
    if (asked.has('ramPolicy'))
      visit.scopes.ramHistory.remember(visit.scope.accountId, visit.scope.region, shares.worthRemembering());
  },
};

/** What is read of the keys of a region. */
interface Wanted {
  /** None: only whether there are keys. */
  readonly tables: readonly KeyTable[];
  readonly asked: ReadonlySet<KeyRead>;
  readonly aliases: Promise<AliasesByKey>;
  readonly shares: SharedKeys;
  readonly metrics: boolean;
}

async function readKeys(visit: RegionVisit, wanted: Wanted): Promise<void> {
  const { tables, asked, aliases, shares, metrics } = wanted;
  const atWork = pLimit(keysAtOnce);
  let areAliasesListed = false;
  const noteListed = () => {
    areAliasesListed = true;
  };
  aliases.then(noteListed, noteListed);
  const write = async (readings: KeyReadings) =>
    writeKey(visit, tables, { ...readings, aliases: await aliasesOf(readings.keyId, aliases) });
  const read = async (entry: KeyListEntry): Promise<typeof pMapSkip> => {
    const waiting = await atWork(async () => {
      if (visit.turns.ahead.isFull) await aliases;
      return visit.turns.keys(async () => {
        await visit.scopes.room();
        const readings = await readKey(visit, visit.scope, entry, aliases, asked);
        if (!readings) return null;
        await shares.note(readings);
        if (!areAliasesListed) return readings;
        // At once: it would else come after all that are still to be read.
        await write(readings);
        return null;
      });
    });
    if (waiting !== null) {
      await visit.turns.ahead.until(aliases);
      // Asks nothing of AWS, and is bounded as reading is: it may wait for the organization's policies.
      await visit.turns.keys(() => write(waiting), 0);
    }
    return pMapSkip;
  };
  const seen: Seen = { hasKeys: false, failure: null };
  await pMap(listKeys(visit, tables, shares, seen), read, { concurrency: keysBegun });
  if (metrics) await readMetrics(visit, seen);
}

const readsIn = ({ values, sources }: KeyTable): readonly KeyRead[] => [...values, ...sources];

function readsOf(tables: readonly KeyTable[], { options }: RegionVisit): Set<KeyRead> {
  const asked = new Set(tables.flatMap(readsIn));
  if (!options.includeGrants) asked.delete('grants');
  if (!options.includeKeyLastUsage) asked.delete('lastUsage');
  return withMetadata(asked);
}

/** What the listing of keys has shown of the region. */
interface Seen {
  hasKeys: boolean;
  failure: AwsError | null;
}

/**
 * The keys one by one; a listing that fails ends the sequence and is noted, so that keys seen are still read. None where
 * no table is of keys: then it only shows whether there are some.
 */
async function* listKeys(
  visit: RegionVisit,
  tables: readonly KeyTable[],
  shares: SharedKeys,
  seen: Seen,
): AsyncGenerator<KeyListEntry> {
  try {
    for await (const page of visit.kms.listKeys()) {
      seen.hasKeys = true;
      if (tables.length === 0) return;
      yield* page;
    }
  } catch (error) {
    if (!isFailedRead(error)) throw error;
    seen.failure = error;
    noteListing(visit.sink, tables, error);
    shares.listingFailed();
  }
}

/** A region without keys costs no call; one of which it is not known whether it has some is not read. */
async function readMetrics(visit: RegionVisit, { hasKeys, failure }: Seen): Promise<void> {
  if (hasKeys) await writeKeyMetrics(visit);
  else if (failure !== null) noteListing(visit.sink, [keyMetrics], failure);
}

async function writeKey(visit: RegionVisit, tables: readonly KeyTable[], facts: KeyFacts): Promise<void> {
  const alone = assessKey(facts, visit.knowledge, visit.now);
  const { accountId, region } = facts.scope;
  visit.scopes.listed(facts.scope, facts.keyId, () => isShared(alone));
  const judged = await underPolicies(visit, tables, alone);
  const who = tables.includes(keyPrincipals) ? await principalsOfKey(visit, facts, alone.access()) : null;
  for (const error of who?.errors ?? []) visit.sink.rowsMissing([keyPrincipals], error);
  const key = who === null ? judged : { ...judged, ...who };
  const id = rowIdentity(keys, { account_id: accountId, region, key_id: facts.keyId });
  for (const table of tables) {
    for (const row of table.rows(key)) await visit.sink.write(table, row, table === keys ? undefined : id);
    // A failed ListAliases was noted once for the scope.
    for (const error of failedReads(facts, without(table.values, 'aliases')))
      visit.sink.valueMissing([table], error);
    for (const error of failedReads(facts, table.sources)) visit.sink.rowsMissing([table], error);
  }
}

/** The key as organization policies leave it, once they are read: only what is said of others depends on them. */
async function underPolicies(
  visit: RegionVisit,
  tables: readonly KeyTable[],
  alone: KeyPosture,
): Promise<KeyPosture> {
  const tellsAccess = tables.some((table) => table === keys || table === keyAccess);
  if (!tellsAccess || !letsOthersIn(alone.access().findings)) return alone;
  return assessKey(alone.facts, await visit.knowledgeWithPolicies, visit.now, alone.access());
}

/** Whether another account is let in, as far as that is known. */
const isShared = (key: KeyPosture): boolean => (key.access().sharing.sharedBy?.length ?? 0) > 0;

const without = (reads: readonly KeyRead[], read: KeyRead): KeyRead[] =>
  reads.filter((each) => each !== read);
