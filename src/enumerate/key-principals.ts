import type { AwsError } from '../aws/error.ts';
import type { KeyAccess } from '../posture/access/key-access.ts';
import { kms } from '../posture/access/kms.ts';
import type { OrganizationKnowledge } from '../posture/access/knowledge.ts';
import type { Identity } from '../posture/iam/account-iam.ts';
import { accountsTrustedByAll, type WaysIn } from '../posture/iam/assuming.ts';
import { keyPolicies } from '../posture/iam/key-policies.ts';
import { accountsLetIn, type PrincipalsAlike } from '../posture/iam/rights.ts';
import type { Verdict } from '../posture/iam/verdict.ts';
import type { KeyFacts } from '../posture/key-facts.ts';
import { actionsOf } from '../posture/policy/action.ts';
import { AccountsRead } from './accounts-read.ts';
import type { RegionVisit } from './enumerator.ts';
import type { IamReadings } from './iam-readings.ts';

/** Who can really use a key, as far as the IAM of the accounts that it lets in could be read. */
export interface PrincipalsOfKey {
  readonly principals: readonly PrincipalsAlike[];
  /** Users and roles that can become a role that can use it, with these roles. */
  readonly throughRoles: WaysIn;
  /** Why users and roles of some accounts are missing. */
  readonly errors: readonly AwsError[];
}

/** Waits for the IAM of the accounts that the key lets in, and for the organization's policies. */
export async function principalsOfKey(
  { iam, knowledgeWithPolicies }: Pick<RegionVisit, 'iam' | 'knowledgeWithPolicies'>,
  facts: KeyFacts,
  access: KeyAccess,
): Promise<PrincipalsOfKey> {
  const knowledge = await knowledgeWithPolicies;
  const key = keyPolicies(facts, knowledge);
  if (key === null) return { principals: [], throughRoles: new Map(), errors: [] };
  const named = accountsLetIn(access, key);
  const own = facts.scope.accountId;
  const read = new AccountsRead(iam);
  const principals: PrincipalsAlike[] = [];
  for (const id of named ?? [own, ...iam.accountIds.filter((each) => each !== own)]) {
    const isNamed = named !== null || id === own;
    principals.push(...iam.rights.of(id, await read.account(id), key, isNamed));
  }
  const throughRoles = await waysThrough(iam, read, principals, knowledge);
  return { principals, throughRoles, errors: read.errors };
}

/** By roles that can use the key, hand out its use, or change it. */
async function waysThrough(
  iam: IamReadings,
  read: AccountsRead,
  principals: readonly PrincipalsAlike[],
  knowledge: OrganizationKnowledge,
): Promise<WaysIn> {
  const all = new Map<Identity, readonly Identity[]>();
  for (const { principals: some, verdict } of principals) {
    if (some === 'root' || !isWorthIt(verdict)) continue;
    for (const id of accountsTrustedByAll(some) ?? iam.accountIds) await read.account(id);
    const ways = iam.assuming.waysThrough(some, knowledge, (id) => read.get(id), iam.accountIds);
    for (const [identity, roles] of ways) all.set(identity, [...(all.get(identity) ?? []), ...roles]);
  }
  return all;
}

/** Whether it is more than to look at the key. */
function isWorthIt({ most }: Verdict): boolean {
  return actionsOf(kms)
    .access(most)
    .some((access) => access !== 'read_metadata');
}
