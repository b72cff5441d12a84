import type { ExternalEntity } from './external-entities.ts';
import type { EntityVerdict } from './judge.ts';
import { canUse, type EntityUse, isBlocked } from './use.ts';

/**
 * Who fares how, as the tables list it. All ids ascending; null lists: it is not known who is let in. An account whose
 * access points the owner leaves the decision to counts as that account.
 */
export interface EntityLists {
  readonly readableAccounts: readonly string[] | null;
  readonly blockedAccounts: readonly string[] | null;
  readonly unknownAccounts: readonly string[] | null;
  readonly blockedOrganizations: readonly string[] | null;
  /** Null when it is not known, or anyone is not let in. */
  readonly blockedAnyone: boolean | null;
  readonly blockedServices: readonly string[] | null;
}

/** @param isRead whether the policy that lets in was read */
export function entityLists(verdicts: readonly EntityVerdict[], isRead: boolean): EntityLists {
  const named = new Set(verdicts.flatMap(({ entity }) => (entity.kind === 'account' ? [entity.id] : [])));
  const isOf = (entity: ExternalEntity, kind: ExternalEntity['kind']): boolean =>
    entity.kind === kind ||
    (kind === 'account' && entity.kind === 'access_point' && !entity.isOwn && !named.has(entity.id));
  const ids = (
    kind: ExternalEntity['kind'],
    accept: (use: EntityUse) => boolean,
  ): readonly string[] | null => {
    if (!isRead) return null;
    return verdicts
      .flatMap(({ entity, use }) => (isOf(entity, kind) && 'id' in entity && accept(use) ? [entity.id] : []))
      .sort();
  };
  const anyone = verdicts.find(({ entity }) => entity.kind === 'anyone')?.use ?? 'unknown';
  return {
    readableAccounts: ids('account', canUse),
    blockedAccounts: ids('account', isBlocked),
    unknownAccounts: ids('account', (use) => use === 'unknown'),
    blockedOrganizations: ids('organization', isBlocked),
    blockedAnyone: anyone === 'unknown' ? null : isBlocked(anyone),
    blockedServices: ids('service', isBlocked),
  };
}
