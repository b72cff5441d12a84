import { accessToKey } from '../../../src/posture/access/key-access.ts';
import { kms } from '../../../src/posture/access/kms.ts';
import type { OrganizationKnowledge } from '../../../src/posture/access/knowledge.ts';
import type { AccountIam, Identity } from '../../../src/posture/iam/account-iam.ts';
import { keyPolicies } from '../../../src/posture/iam/key-policies.ts';
import { accountsLetIn, type PrincipalsAlike, Rights } from '../../../src/posture/iam/rights.ts';
import type { IdentityPolicy, PolicySet } from '../../../src/posture/iam/shared-policies.ts';
import type { KeyFacts } from '../../../src/posture/key-facts.ts';
import { actionsOf } from '../../../src/posture/policy/action.ts';
import { readPolicy } from '../../../src/posture/policy/document.ts';
import { policyOf, type Statement } from '../cross-account/cast.ts';

/** Allows actions on all keys, or on some. */
export const allow = (actions: string | readonly string[], more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action: actions,
  Resource: '*',
  ...more,
});

export const deny = (actions: string | readonly string[], more: Statement = {}): Statement => ({
  ...allow(actions, more),
  Effect: 'Deny',
});

/** A customer managed policy of an account. */
export const managed = (
  accountId: string,
  name: string,
  ...statements: readonly Statement[]
): IdentityPolicy => ({
  arn: `arn:aws:iam::${accountId}:policy/${name}`,
  name,
  group: null,
  document: readPolicy(policyOf(...statements), 'of_principals'),
});

export interface GivenIdentity {
  readonly type?: Identity['type'];
  readonly name?: string;
  readonly path?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Its only policy; absent: it has none. */
  readonly says?: readonly Statement[];
  /** Absent: nothing bounds it. */
  readonly boundary?: readonly Statement[];
  readonly policySet?: PolicySet;
  /** The trust policy of a role; absent: none is known. */
  readonly trust?: readonly Statement[];
}

export function identity(accountId: string, given: GivenIdentity = {}): Identity {
  const { type = 'role', name = 'analytics', path = '/', tags = {}, says, boundary } = given;
  return {
    type,
    arn: `arn:aws:iam::${accountId}:${type}${path}${name}`,
    accountId,
    name,
    path,
    id: `${type === 'role' ? 'AROA' : 'AIDA'}${name
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]/g, '')
      .padEnd(17, '0')}`,
    createdAt: null,
    tags,
    policySet: given.policySet ?? {
      policies: says === undefined ? [] : [managed(accountId, 'own', ...says)],
      boundary: boundary === undefined ? null : managed(accountId, 'boundary', ...boundary),
    },
    trust: given.trust === undefined ? null : readPolicy(policyOf(...given.trust), 'of_resources'),
    isServiceLinked: path.startsWith('/aws-service-role/'),
    isIdentityCenter: path.startsWith('/aws-reserved/sso.amazonaws.com/'),
    lastUsedAt: null,
  };
}

export const iamOf = (accountId: string, ...identities: readonly Identity[]): AccountIam => ({
  accountId,
  identities,
});

/** Who can do what with a key, over the accounts that it lets in. */
export function principalsOf(
  facts: KeyFacts,
  organization: OrganizationKnowledge,
  accounts: readonly AccountIam[],
  principals = new Rights(),
): readonly PrincipalsAlike[] {
  const key = keyPolicies(facts, organization);
  if (key === null) throw new Error('the key has no policy');
  const letIn =
    accountsLetIn(accessToKey(facts, organization), key) ?? accounts.map(({ accountId }) => accountId);
  return letIn.flatMap((id) =>
    principals.of(id, accounts.find(({ accountId }) => accountId === id) ?? null, key),
  );
}

/** What one of them can do; null: nothing. */
export function verdictOn(alike: readonly PrincipalsAlike[], arn: string) {
  const found = alike.find(({ accountId, principals }) =>
    principals === 'root'
      ? arn === `arn:aws:iam::${accountId}:root`
      : principals.some((principal) => principal.arn === arn),
  );
  if (found === undefined) return null;
  const { sure, most, ...rest } = found.verdict;
  const catalog = actionsOf(kms);
  return { ...rest, surely: catalog.list(sure), atMost: catalog.list(most) };
}
