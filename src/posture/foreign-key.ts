import { parseArn } from '../aws/arn.ts';
import type { OrganizationKnowledge } from './access/knowledge.ts';
import { viewpointOf } from './access/knowledge.ts';
import { type Trust, trustOfAccount } from './access/trust.ts';

/** Whose a key of another account is. */
export interface ForeignKey {
  /** 12 digits; null when the ARN has none. */
  readonly ownerAccountId: string | null;
  /** In the organization or in `known_accounts`; null when neither has one. */
  readonly ownerName: string | null;
  readonly trust: Trust | null;
}

/** @param accountId the account that may use the key */
export function foreignKeyOf(
  arn: string,
  accountId: string,
  organization: OrganizationKnowledge,
): ForeignKey {
  const owner = parseArn(arn)?.accountId ?? null;
  if (owner === null) return { ownerAccountId: null, ownerName: null, trust: null };
  return {
    ownerAccountId: owner,
    ownerName: organization.memberNames?.[owner] ?? organization.knownAccounts[owner] ?? null,
    trust: trustOfAccount(owner, viewpointOf(organization, accountId)),
  };
}
