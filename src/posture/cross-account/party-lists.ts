import type { PartyVerdict } from './judge.ts';
import type { Party } from './parties.ts';
import { canUse, isBlocked, type PartyUse } from './use.ts';

/**
 * Who fares how, as the tables list it. All ids ascending; null lists: it is not known who is let in. An account whose
 * access points the owner leaves the decision to counts as that account.
 */
export interface PartyLists {
  readonly readableAccounts: readonly string[] | null;
  readonly blockedAccounts: readonly string[] | null;
  readonly unknownAccounts: readonly string[] | null;
  readonly blockedOrganizations: readonly string[] | null;
  /** Null when it is not known, or anyone is not let in. */
  readonly blockedAnyone: boolean | null;
  readonly blockedServices: readonly string[] | null;
}

/** @param isRead whether the policy that lets in was read */
export function partyLists(verdicts: readonly PartyVerdict[], isRead: boolean): PartyLists {
  const named = new Set(verdicts.flatMap(({ party }) => (party.kind === 'account' ? [party.id] : [])));
  const isOf = (party: Party, kind: Party['kind']): boolean =>
    party.kind === kind ||
    (kind === 'account' && party.kind === 'access_point' && !party.isOwn && !named.has(party.id));
  const ids = (kind: Party['kind'], accept: (use: PartyUse) => boolean): readonly string[] | null => {
    if (!isRead) return null;
    return verdicts
      .flatMap(({ party, use }) => (isOf(party, kind) && 'id' in party && accept(use) ? [party.id] : []))
      .sort();
  };
  const anyone = verdicts.find(({ party }) => party.kind === 'anyone')?.use ?? 'unknown';
  return {
    readableAccounts: ids('account', canUse),
    blockedAccounts: ids('account', isBlocked),
    unknownAccounts: ids('account', (use) => use === 'unknown'),
    blockedOrganizations: ids('organization', isBlocked),
    blockedAnyone: anyone === 'unknown' ? null : isBlocked(anyone),
    blockedServices: ids('service', isBlocked),
  };
}
