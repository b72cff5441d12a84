import type { AwsError } from '../aws/error.ts';
import type { KeyAccess } from '../posture/access/key-access.ts';
import { keyPolicies } from '../posture/iam/key-policies.ts';
import { accountsLetIn, type PrincipalsAlike } from '../posture/iam/principals-of-key.ts';
import type { KeyFacts } from '../posture/key-facts.ts';
import type { RegionVisit } from './enumerator.ts';

/** Who can really use a key, as far as the IAM of the accounts that it lets in could be read. */
export interface PrincipalsOfKey {
  readonly principals: readonly PrincipalsAlike[];
  /** Why users and roles of some accounts are missing. */
  readonly errors: readonly AwsError[];
}

/** Waits for the IAM of the accounts that the key lets in, and for the organization's policies. */
export async function principalsOfKey(
  { iam, knowledgeWithPolicies }: Pick<RegionVisit, 'iam' | 'knowledgeWithPolicies'>,
  facts: KeyFacts,
  access: KeyAccess,
): Promise<PrincipalsOfKey> {
  const key = keyPolicies(facts, await knowledgeWithPolicies);
  if (key === null) return { principals: [], errors: [] };
  const named = accountsLetIn(access, key);
  const own = facts.scope.accountId;
  const asked = named ?? [own, ...iam.accountIds.filter((id) => id !== own)];
  const principals: PrincipalsAlike[] = [];
  const errors: AwsError[] = [];
  for (const id of asked) {
    const reading = await iam.of(id);
    if (reading.state === 'unread') errors.push(reading.error);
    const read = reading.state === 'read' ? reading.iam : null;
    const isNamed = named !== null || id === own;
    principals.push(...iam.rights.of(id, read, key, isNamed));
  }
  return { principals, errors };
}
