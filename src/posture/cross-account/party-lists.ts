import type { PartyVerdict } from './judge.ts';
import type { Party } from './parties.ts';
import { canUse, isBlocked, type PartyUse } from './use.ts';

/** Who fares how, as the tables list it. All ids ascending. */
export interface PartyLists {
  readonly readableAccounts: readonly string[];
  readonly blockedAccounts: readonly string[];
  readonly unknownAccounts: readonly string[];
  readonly blockedOrganizations: readonly string[];
  /** Null when it is not known, or anyone is not let in. */
  readonly blockedAnyone: boolean | null;
  readonly blockedServices: readonly string[];
}

export function partyLists(verdicts: readonly PartyVerdict[]): PartyLists {
  const ids = (kind: Party['kind'], accept: (use: PartyUse) => boolean): readonly string[] =>
    verdicts
      .flatMap(({ party, use }) => (party.kind === kind && 'id' in party && accept(use) ? [party.id] : []))
      .sort();
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
