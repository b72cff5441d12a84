import type { RegionVisit } from '../enumerate/enumerator.ts';
import type { Scope } from '../organization/model.ts';
import type { ReadingContext } from './context.ts';
import type { Listing, ScopeWork } from './selection.ts';
import type { Slots } from './slots.ts';
import { finishScope, visitScope } from './visit.ts';

/** A region that is being read. */
export interface RegionReading {
  /** Resolves when its resources are read: none of them asks for a key any more. */
  readonly resources: Promise<void>;
  /** Resolves when all of it is read and told. */
  readonly whole: Promise<void>;
}

/**
 * Reads one account × region for all selected tables: its resources and its keys at the same time, and what resources
 * tell of keys of other accounts when they and the account's buckets have told. Rejects as `visitScope` does.
 */
export function readRegion(context: ReadingContext, scope: Scope, buckets: Promise<void>): RegionReading {
  const { history, scopes, slots, progress } = context;
  const { accountId, region } = scope;
  const work = context.selection.region;
  // At once, so that rows need not wait for the state when they come.
  const opened = { scope, run: history.open(scope, work) };
  const visit = async (
    listings: readonly Listing<RegionVisit>[],
    slot: Slots['resources'],
  ): Promise<void> => {
    if (listings.length === 0) return;
    const visiting = () =>
      scopes.use(accountId, region, ({ listing, ram }) =>
        visitScope(context, opened, listings, (visit) => ({ ...visit, kms: listing, ram })),
      );
    await slot(visiting, listings.length);
    progress.partDone();
  };
  const resources = visit(work.resources, slots.resources);
  const keys = visit(work.listings, slots.listings);
  const keysOfOthers = Promise.all([resources, buckets]).then(() => {
    // What nobody reads who does not choose it is not waited for, and not missed.
    // Of whoever takes no names nothing is remembered: of 34,000 regions that is much.
    if (work.afterResources.length > 0)
      for (const service of context.selection.leftOut.usually) scopes.named.finished(scope, service);
    return visit(work.afterResources, slots.listings);
  });
  const whole = async (): Promise<void> => {
    await Promise.all([opened.run.registered, resources, keys, keysOfOthers]);
    await finishScope(context, opened, scopes.takeCounts(accountId, region));
    history.close(opened.run, 'stated');
  };
  return { resources, whole: whole() };
}

/** In how many parts a region is read. */
export const partsOf = ({ resources, listings, afterResources }: ScopeWork<RegionVisit>): number =>
  [resources, listings, afterResources].filter(({ length }) => length > 0).length;
