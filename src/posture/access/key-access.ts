import type { Fact } from '../../aws/fact.ts';
import type { Grant } from '../../aws/kms-facts.ts';
import type { KeyFacts } from '../key-facts.ts';
import type { PolicyDocument } from '../policy/document.ts';
import type { RequestFacts, ResourceContext } from './admission.ts';
import { findingsOfGrant } from './grants.ts';
import { kms } from './kms.ts';
import { type OrganizationKnowledge, viewpointOf } from './knowledge.ts';
import { type AccessFinding, isWhoKnown } from './row.ts';
import { type KeySharing, notShareable, sharingOfKey } from './sharing.ts';
import { findingsOfPolicy } from './statements.ts';
import { readPolicyOf } from './understood.ts';

/** What decides who may use a key. */
export type KeyAccessFacts = Pick<KeyFacts, 'scope' | 'arn' | 'metadata' | 'policy' | 'grants'>;

/** Who may use one key, by its policy and its grants. */
export interface KeyAccess {
  /** One for each statement or grant and each principal. */
  readonly findings: readonly AccessFinding[];
  /** Null when the policy was not read. */
  readonly policy: PolicyDocument | null;
  readonly sharing: KeySharing;
}

/** Works out who may use a key. With `request`, only what that one request meets is kept. */
export function keyAccess(
  facts: KeyAccessFacts,
  organization: OrganizationKnowledge,
  request: RequestFacts | null = null,
): KeyAccess {
  const context: ResourceContext = {
    grammar: kms,
    arn: facts.arn,
    partition: facts.scope.partition,
    viewpoint: viewpointOf(organization, facts.scope.accountId),
    ownCanonicalId: null,
    request,
  };
  const policy = facts.policy.state === 'known' ? readPolicyOf(kms, facts.policy.value) : null;
  const grants = facts.grants.state === 'known' ? facts.grants.value : [];
  const findings = [
    ...(policy === null ? [] : findingsOfPolicy(policy, 'key_policy', context)),
    ...grants.flatMap((grant) => findingsOfGrant(grant, policy, context)),
  ];
  return { findings, policy, sharing: sharing(facts, policy, findings, context) };
}

function sharing(
  { metadata, policy: policyFact, grants }: KeyAccessFacts,
  policy: PolicyDocument | null,
  findings: readonly AccessFinding[],
  context: ResourceContext,
): KeySharing {
  const keyManager = metadata.state === 'known' ? metadata.value.keyManager : null;
  if (keyManager === 'AWS') return notShareable;
  const complete =
    keyManager === 'CUSTOMER' &&
    isRead(policyFact) &&
    policy?.understood !== false &&
    isRead<readonly Grant[]>(grants) &&
    findings.every(isWhoKnown);
  return sharingOfKey(findings, complete, context);
}

/** Read, or there is nothing to read. */
const isRead = <T>(fact: Fact<T>): boolean => fact.state === 'known' || fact.state === 'not_applicable';
