import { parseArn } from '../aws/arn.ts';
import type { OrganizationKnowledge } from './access/knowledge.ts';
import { viewpointOf } from './access/knowledge.ts';
import { type Trust, trustOfAccount } from './access/trust.ts';

/** Whose a key is, for the account that depends on it: who is to be asked, and whether anybody is. */
export type OwnerStanding = 'organization' | 'known_account' | 'aws' | 'outside' | 'unknown';

/** Whose a key of another account is. */
export interface ForeignKey {
  /** 12 digits; null when the ARN has none. */
  readonly ownerAccountId: string | null;
  /** In the organization or in `known_accounts`; null when neither has one. */
  readonly ownerName: string | null;
  readonly trust: Trust | null;
  readonly standing: OwnerStanding;
}

/** @param accountId the account that may use the key */
export function foreignKeyOf(
  arn: string,
  accountId: string,
  organization: OrganizationKnowledge,
): ForeignKey {
  const owner = parseArn(arn)?.accountId ?? null;
  if (owner === null) return { ownerAccountId: null, ownerName: null, trust: null, standing: 'unknown' };
  const { memberNames, knownAccounts } = organization;
  const trust = trustOfAccount(owner, viewpointOf(organization, accountId));
  return {
    ownerAccountId: owner,
    ownerName: memberNames?.[owner] ?? knownAccounts[owner] ?? null,
    trust,
    standing: standingOf(trust, Object.hasOwn(knownAccounts, owner)),
  };
}

/** A stranger is one that is in neither list, where the organization was listed. */
function standingOf(trust: Trust, isKnown: boolean): OwnerStanding {
  if (trust === 'organization') return 'organization';
  if (trust === 'service') return 'aws';
  if (isKnown) return 'known_account';
  return trust === 'external' ? 'outside' : 'unknown';
}
