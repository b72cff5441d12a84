import { valueOrNull } from '../../aws/fact.ts';
import { contextOfKey, isRead, type KeyAccessFacts, unreadRamPolicy } from '../access/key-access.ts';
import { kms } from '../access/kms.ts';
import type { OrganizationKnowledge } from '../access/knowledge.ts';
import { readPolicyOf } from '../access/understood.ts';
import type { KeyFacts } from '../key-facts.ts';
import type { SourcedPolicy } from './clauses.ts';
import { byGrantee } from './grant-side.ts';
import type { ResourcePolicies } from './resource-policies.ts';

const ramPolicyName = 'the policy AWS_RAM';

/** Null where the key policy was not read: then nobody's rights are told. */
export function keyPolicies(
  facts: KeyAccessFacts & Pick<KeyFacts, 'tags'>,
  organization: OrganizationKnowledge,
): ResourcePolicies | null {
  const text = valueOrNull(facts.policy);
  if (text === null) return null;
  const ramText = valueOrNull(facts.ramPolicy);
  const tags = valueOrNull(facts.tags);
  const policies: SourcedPolicy[] = [
    { kind: 'key_policy', id: 'the key policy', document: readPolicyOf(kms, text) },
  ];
  if (ramText !== null)
    policies.push({ kind: 'ram', id: ramPolicyName, document: readPolicyOf(kms, ramText) });
  const context = contextOfKey(facts, organization, null);
  return {
    policies,
    unread: isRead(facts.ramPolicy) ? [] : [{ kind: 'ram', id: ramPolicyName, problem: unreadRamPolicy }],
    grants: byGrantee(valueOrNull(facts.grants) ?? []),
    context: { ...context, region: facts.scope.region, ...(tags && { tags }) },
    underResourceControl: valueOrNull(facts.metadata)?.keyManager !== 'AWS',
    needsNoPolicy: false,
  };
}
