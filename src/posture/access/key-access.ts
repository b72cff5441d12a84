import type { Fact } from '../../aws/fact.ts';
import type { KeyFacts } from '../key-facts.ts';
import type { PolicyDocument } from '../policy/document.ts';
import type { RequestFacts, ResourceContext } from './admission.ts';
import type { DenyingPolicy } from './deny.ts';
import { findingsOfGrant } from './grants.ts';
import { kms } from './kms.ts';
import { type OrganizationKnowledge, viewpointOf } from './knowledge.ts';
import { type AccessFinding, isWhoKnown } from './row.ts';
import { type KeySharing, type SharingGap, sharingOfAwsManagedKey, sharingOfKey } from './sharing.ts';
import { findingsOfPolicy } from './statements.ts';
import { readPolicyOf } from './understood.ts';

/** What decides who may use a key. */
export type KeyAccessFacts = Pick<KeyFacts, 'scope' | 'arn' | 'metadata' | 'policy' | 'ramPolicy' | 'grants'>;

/** Who may use one key, by its policies and its grants. */
export interface KeyAccess {
  /** One for each statement or grant and each principal. */
  readonly findings: readonly AccessFinding[];
  /** Null when the policy was not read. */
  readonly policy: PolicyDocument | null;
  /** The policy `AWS_RAM`; null when it was not read, and for a key that has none. */
  readonly ramPolicy: PolicyDocument | null;
  readonly sharing: KeySharing;
}

/** Works out who may use a key. With `request`, only what that one request meets is kept. */
export function accessToKey(
  facts: KeyAccessFacts,
  organization: OrganizationKnowledge,
  request: RequestFacts | null = null,
): KeyAccess {
  const context = contextOfKey(facts, organization, request);
  const policy = documentOf(facts.policy);
  const ramPolicy = documentOf(facts.ramPolicy);
  const grants = facts.grants.state === 'known' ? facts.grants.value : [];
  const ofPolicy = { policies: denying(policy, null), doubts: isRead(facts.policy) ? [] : [unreadPolicy] };
  const ofRam = {
    policies: denying(ramPolicy, 'the policy AWS_RAM'),
    doubts: isRead(facts.ramPolicy) ? [] : [unreadRamPolicy],
  };
  const ofOther = { ...ofPolicy, policies: denying(policy, 'the key policy') };
  const both = {
    policies: [...ofPolicy.policies, ...ofRam.policies],
    doubts: [...ofPolicy.doubts, ...ofRam.doubts],
  };
  const findings = [
    ...(policy === null ? [] : findingsOfPolicy(policy, 'key_policy', context, ofRam)),
    ...(ramPolicy === null ? [] : findingsOfPolicy(ramPolicy, 'ram', context, ofOther)),
    ...grants.flatMap((grant) => findingsOfGrant(grant, both, context)),
  ];
  const documents = { policy, ramPolicy };
  return { findings, policy, ramPolicy, sharing: sharing(facts, documents, findings, context) };
}

export const contextOfKey = (
  { arn, scope }: Pick<KeyAccessFacts, 'arn' | 'scope'>,
  organization: OrganizationKnowledge,
  request: RequestFacts | null,
): ResourceContext => ({
  grammar: kms,
  arn,
  partition: scope.partition,
  viewpoint: viewpointOf(organization, scope.accountId),
  ownCanonicalId: null,
  request,
});

const documentOf = (fact: Fact<string | null>): PolicyDocument | null =>
  fact.state === 'known' && fact.value !== null ? readPolicyOf(kms, fact.value) : null;

const denying = (document: PolicyDocument | null, name: string | null): readonly DenyingPolicy[] =>
  document === null ? [] : [{ document, name }];

const unreadPolicy = 'the key policy is not known, so a Deny in it is not ruled out';
/** Why nothing that other policies say is sure where `AWS_RAM` was not read. */
export const unreadRamPolicy = 'the policy AWS_RAM is not known, so a Deny in it is not ruled out';

function sharing(
  { metadata, policy, ramPolicy, grants }: KeyAccessFacts,
  documents: Pick<KeyAccess, 'policy' | 'ramPolicy'>,
  findings: readonly AccessFinding[],
  context: ResourceContext,
): KeySharing {
  const keyManager = metadata.state === 'known' ? metadata.value.keyManager : null;
  if (keyManager === 'AWS') return sharingOfAwsManagedKey;
  const gaps: readonly (readonly [boolean, SharingGap])[] = [
    [keyManager !== 'CUSTOMER', 'key_manager_not_known'],
    [!isRead(policy), 'key_policy_unread'],
    [!isRead(ramPolicy), 'ram_policy_unread'],
    [!isRead(grants), grants.state === 'not_asked' ? 'grants_not_asked' : 'grants_unread'],
    [documents.policy?.understood === false, 'key_policy_not_understood'],
    [documents.ramPolicy?.understood === false, 'ram_policy_not_understood'],
    [!findings.every(isWhoKnown), 'principal_not_told'],
  ];
  return sharingOfKey(
    findings,
    gaps.flatMap(([isOpen, gap]) => (isOpen ? [gap] : [])),
    context,
  );
}

/** Read, or there is nothing to read. */
export const isRead = (fact: Fact<unknown>): boolean =>
  fact.state === 'known' || fact.state === 'not_applicable';
