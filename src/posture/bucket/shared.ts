import type { BucketAccess } from '../access/bucket-access.ts';
import type { ExternalEntities } from '../cross-account/external-entities.ts';

/** Whom a bucket is shared with, by itself or through access points. All ids ascending. */
export interface SharedBucket {
  /** Other accounts that are let in to read objects. */
  readonly accountIds: readonly string[];
  /** The same for writing. */
  readonly writeAccountIds: readonly string[];
  readonly organizationIds: readonly string[];
  /** Anyone, under conditions or not, is let in to read objects. */
  readonly withAnyone: boolean;
  readonly services: readonly string[];
}

/** As the bucket's policy alone tells it. */
export const sharedByPolicy = (access: BucketAccess): SharedBucket => ({
  accountIds: access.sharedAccountIds,
  writeAccountIds: access.writeAccountIds,
  organizationIds: access.sharedOrganizationIds,
  withAnyone: access.sharedWithAnyone,
  services: access.sharedServices,
});

/**
 * Where access points decide, too: as those tell it who are let in.
 * @param readers whom policies let in to read
 * @param writers the same for all that writes
 */
export const sharedWithParties = (readers: ExternalEntities, writers: ExternalEntities): SharedBucket => ({
  accountIds: accountsIn(readers),
  writeAccountIds: accountsIn(writers),
  organizationIds: idsIn(readers, 'organization'),
  withAnyone: readers.all.some(({ entity }) => entity.kind === 'anyone'),
  services: idsIn(readers, 'service'),
});

/** An account whose access points decide is shared with. */
const accountsIn = (entities: ExternalEntities): readonly string[] =>
  [...new Set([...idsIn(entities, 'account'), ...idsIn(entities, 'access_point')])].sort();

const idsIn = (
  { all }: ExternalEntities,
  kind: 'account' | 'organization' | 'service' | 'access_point',
): readonly string[] =>
  all
    .flatMap(({ entity }) =>
      entity.kind === kind && !(entity.kind === 'access_point' && entity.isOwn) ? [entity.id] : [],
    )
    .sort();
