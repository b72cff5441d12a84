import type { OrganizationKnowledge } from '../posture/access/knowledge.ts';

/** Of another account where nobody has listed the organization: the page and the checks say the same words. */
export const membershipNotKnown = 'membership not known';

/** A note on other accounts that are asked about or let in; none where it is known who is in the organization. */
export function membershipNotes(
  accountIds: readonly string[],
  { memberAccountIds }: OrganizationKnowledge,
  ownAccountId: string,
): readonly string[] {
  if (memberAccountIds !== null) return [];
  const others = [...new Set(accountIds)].filter((id) => id !== ownAccountId).sort();
  if (others.length === 0) return [];
  const accounts = others.length === 1 ? 'Account' : 'Accounts';
  return [
    `${accounts} ${others.join(', ')}: ${membershipNotKnown}, since no list of all accounts was read (the source's spec has no \`org\`); what conditions and policies of the organization say there is left open.`,
  ];
}
