import type { Admission, RequestFacts } from '../access/admission.ts';
import { forAction } from '../access/intersection.ts';
import { accessToKey, isRead } from '../access/key-access.ts';
import { kms } from '../access/kms.ts';
import type { OrganizationKnowledge } from '../access/knowledge.ts';
import { isWhoKnown } from '../access/row.ts';
import { accountsOf, organizationsLimiting } from '../access/trust.ts';
import type { KeyFacts } from '../key-facts.ts';
import type { EntityNames, ExternalEntity } from './external-entities.ts';

/** Whom a key lets in for one request, by its policies and its grants. */
export interface KeySide {
  /** For each action, who is let in for it. */
  readonly separately: readonly (readonly Admission[])[];
  /** False when a policy or the grants are unread or not understood: more may be let in. */
  readonly complete: boolean;
}

/** @param actions what KMS must allow, `Decrypt` */
export function keySide(
  facts: KeyFacts,
  actions: readonly string[],
  request: RequestFacts,
  organization: OrganizationKnowledge,
): KeySide {
  const { findings, policy, ramPolicy } = accessToKey(facts, organization, request);
  const admissions = findings.flatMap((finding) => [...finding.admissions, ...finding.perhaps]);
  return {
    separately: actions.map((action) => forAction(admissions, action, kms)),
    complete:
      // A Deny that is not understood lets nobody in.
      policy?.unread.every(({ effect }) => effect === 'Deny') === true &&
      isRead(facts.ramPolicy) &&
      ramPolicy?.unread.every(({ effect }) => effect === 'Deny') !== false &&
      isRead(facts.grants) &&
      findings.every(isWhoKnown),
  };
}

/** The accounts and organizations that a key names. */
export const namesOf = ({ separately }: KeySide): EntityNames => namesIn(separately.flat());

/** The accounts and organizations that admissions name. */
export function namesIn(admissions: readonly Admission[]): EntityNames {
  return {
    accounts: admissions.flatMap((admission) => accountsOf(admission) ?? []),
    organizations: admissions.flatMap((admission) =>
      accountsOf(admission) === null ? (organizationsLimiting(admission) ?? []) : [],
    ),
  };
}

/** What names some accounts does not let in an organization, or anyone, as a whole. */
export function isAsWide(admission: Admission, { kind }: ExternalEntity): boolean {
  if (kind === 'organization') return accountsOf(admission) === null;
  if (kind === 'anyone') return accountsOf(admission) === null && organizationsLimiting(admission) === null;
  return true;
}
