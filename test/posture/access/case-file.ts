import { AwsError } from '../../../src/aws/error.ts';
import { type Fact, known, notApplicable, notAsked, unread } from '../../../src/aws/fact.ts';
import { accessToKey, type KeyAccess } from '../../../src/posture/access/key-access.ts';
import type { OrganizationKnowledge } from '../../../src/posture/access/knowledge.ts';
import type { AccessRow } from '../../../src/posture/access/row.ts';
import type { KeySharing } from '../../../src/posture/access/sharing.ts';
import type { Grant, KeyMetadata } from '../../../src/services/kms/facts.ts';
import { keyMetadata } from '../keys.ts';

/**
 * The world of all case files:
 * - 111122223333 owns the key `arn:aws:kms:eu-west-1:111122223333:key/k`;
 * - 222233334444 and 333344445555 are members of the same organization, o-ours000001;
 * - 999988887777 and 888877776666 are not; the user calls the first one "auditor"; o-theirs0001 is not ours.
 */
export interface KeyCase {
  readonly name: string;
  /** What is known of the organization: `members` (the default), `id` (no ListAccounts), `nothing`. */
  readonly knowledge?: 'members' | 'id' | 'nothing';
  readonly keyManager?: 'CUSTOMER' | 'AWS' | null;
  readonly version?: string;
  /** The statements, or the raw text of a policy, or why there is none. */
  readonly statements?: unknown;
  readonly text?: string;
  readonly policy?: 'unread' | 'not_asked';
  /** The statements of the policy `AWS_RAM`, or why it is not known; absent: the key has none. */
  readonly ram?: readonly unknown[] | 'unread' | 'not_applicable';
  /** Null: not read. */
  readonly grants?: readonly Partial<Grant>[] | 'unread' | 'not_asked';
  readonly expect: {
    readonly sharing?: Partial<KeySharing>;
    /** In order, all of them; each line names the columns that matter. `reason` is a part of the text. */
    readonly rows?: readonly Partial<AccessRow>[];
    /** A part of the policy's problem. */
    readonly problem?: string;
  };
}

export const organization = {
  organizationId: 'o-ours000001',
  memberAccountIds: new Set(['111122223333', '222233334444', '333344445555']),
  knownAccounts: { '999988887777': 'auditor' },
} as const satisfies OrganizationKnowledge;

const knowledgeOf: Readonly<Record<'members' | 'id' | 'nothing', OrganizationKnowledge>> = {
  members: organization,
  id: { ...organization, memberAccountIds: null },
  nothing: { ...organization, organizationId: null, memberAccountIds: null },
};

const failed = unread(
  new AwsError('access_denied', 'AccessDeniedException', {
    operation: 'kms:GetKeyPolicy',
    accountId: '111122223333',
    region: 'eu-west-1',
  }),
);

export const key = {
  arn: 'arn:aws:kms:eu-west-1:111122223333:key/k',
  scope: { accountId: '111122223333', accountName: 'data', region: 'eu-west-1', partition: 'aws' },
} as const;

/** A policy text of some statements. */
export const policyOf = (statements: unknown, version = '2012-10-17'): string =>
  JSON.stringify({ Version: version, Statement: statements });

export function judge(given: KeyCase): KeyAccess {
  return accessToKey(
    {
      ...key,
      metadata: metadataOf(given.keyManager === undefined ? 'CUSTOMER' : given.keyManager),
      policy: policyFact(given),
      ramPolicy: ramFact(given),
      grants: grantsFact(given),
    },
    knowledgeOf[given.knowledge ?? 'members'],
  );
}

function policyFact({ policy, text, statements, version }: KeyCase): Fact<string> {
  if (policy === 'unread') return failed;
  if (policy === 'not_asked') return notAsked;
  return known(text ?? policyOf(statements ?? [], version));
}

function ramFact({ ram }: KeyCase): Fact<string | null> {
  if (ram === 'unread') return failed;
  if (ram === 'not_applicable') return notApplicable;
  return known(ram === undefined ? null : policyOf(ram));
}

function grantsFact({ grants }: KeyCase): Fact<readonly Grant[]> {
  if (grants === 'unread') return failed;
  if (grants === 'not_asked') return notAsked;
  return known((grants ?? []).map(grantOf));
}

export const grantOf = (given: Partial<Grant>, index = 0): Grant => ({
  grantId: `grant-${index}`,
  name: null,
  creationDate: null,
  granteePrincipal: null,
  retiringPrincipal: null,
  granteeServicePrincipal: null,
  retiringServicePrincipal: null,
  issuingAccount: '111122223333',
  operations: ['Decrypt'],
  constraints: null,
  ...given,
});

export function metadataOf(keyManager: string | null): Fact<KeyMetadata> {
  if (keyManager === null) return failed;
  return known(keyMetadata({ arn: key.arn, accountId: key.scope.accountId, keyId: 'k', keyManager }));
}
