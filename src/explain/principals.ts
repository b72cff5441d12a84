import { parseArn } from '../aws/arn.ts';
import type { CallerIdentity } from '../posture/access/caller.ts';
import { rootUser } from '../posture/iam/caller-requests.ts';
import type { IdentityPolicy, PolicySet } from '../posture/iam/shared-policies.ts';
import { readPolicy, unreadablePolicy } from '../posture/policy/document.ts';
import { type Told, told } from './facts.ts';
import type { Asker } from './question.ts';

/** Whom the question is about, by an ARN. */
export interface PrincipalRef {
  readonly accountId: string;
  readonly partition: string;
  readonly type: 'user' | 'role' | 'root';
  /** Null: the root user. */
  readonly name: string | null;
  /** As asked; of a session its role's, whose path is then not known. */
  readonly arn: string;
  /** Of a session, its own ARN. */
  readonly sessionArn: string | null;
}

/** Null: the text names no user, role, root user or session of a role. */
export function readPrincipal(text: string): PrincipalRef | null {
  const arn = parseArn(text);
  if (arn === null || !/^\d{12}$/.test(arn.accountId)) return null;
  const { accountId, partition } = arn;
  const [kind = '', ...path] = arn.resource.split('/');
  const name = path.at(-1);
  if (arn.service === 'iam' && arn.resource === 'root')
    return { accountId, partition, type: 'root', name: null, arn: text, sessionArn: null };
  if (arn.service === 'iam' && (kind === 'user' || kind === 'role') && name)
    return { accountId, partition, type: kind, name, arn: text, sessionArn: null };
  const [role, session] = path;
  if (arn.service !== 'sts' || kind !== 'assumed-role' || !role || !session) return null;
  const ofRole = `arn:${partition}:iam::${accountId}:role/${role}`;
  return { accountId, partition, type: 'role', name: role, arn: ofRole, sessionArn: text };
}

/** A user or role, as its row says. */
export interface IdentityTold {
  readonly type: 'user' | 'role';
  readonly arn: string;
  readonly accountId: string;
  readonly name: string;
  /** Null: not known. */
  readonly id: string | null;
  readonly tags: Readonly<Record<string, string>> | null;
  readonly isServiceLinked: boolean;
  readonly policies: Told<readonly PolicyTold[]>;
  /** Null: nothing bounds it. */
  readonly boundary: Told<PolicyTold | null>;
}

/** A policy of an identity. */
export interface PolicyTold extends Pick<IdentityPolicy, 'arn' | 'name' | 'group'> {
  /** JSON. */
  readonly text: Told<string>;
}

export function askerOf(given: IdentityTold): Asker {
  const { type, arn, accountId, name, id, tags, isServiceLinked } = given;
  const identity: CallerIdentity = { type, arn, name, id, tags };
  return {
    judged: { accountId, identity },
    own: { policySet: setOf(given), isServiceLinked },
    missing: null,
  };
}

export const rootAsker = (accountId: string, partition: string): Asker => ({
  judged: rootUser(accountId, partition),
  own: { policySet: null, isServiceLinked: false },
  missing: null,
});

/** Of whom nothing is known but the ARN. @param why a phrase: why IAM of its account is not known */
export function strangeAsker(ref: PrincipalRef, why: string): Asker {
  const notRead: Told<never> = { state: 'not_told', why };
  // The path of a session's role is not known, and its own ARN leaves it open.
  const arn = ref.sessionArn ?? ref.arn;
  return askerOf({ ...blankOf(ref), arn, policies: notRead, boundary: notRead });
}

/** Who is not there, by a whole listing. */
export function missingAsker(ref: PrincipalRef, why: string): Asker {
  const asker = askerOf({ ...blankOf(ref), policies: told([]), boundary: told(null) });
  return { ...asker, missing: why };
}

const blankOf = ({ type, arn, accountId, name }: PrincipalRef) => ({
  type: type === 'user' ? ('user' as const) : ('role' as const),
  arn,
  accountId,
  name: name ?? '',
  id: null,
  tags: null,
  isServiceLinked: false,
});

const unread = 'policies that were not read';

function setOf({ policies, boundary }: IdentityTold): PolicySet {
  const notRead = (why: string): IdentityPolicy => ({
    arn: null,
    name: unread,
    group: null,
    document: unreadablePolicy(why),
  });
  return {
    policies: policies.state === 'told' ? policies.value.map(identityPolicy) : [notRead(policies.why)],
    boundary:
      boundary.state === 'told' ? boundary.value && identityPolicy(boundary.value) : notRead(boundary.why),
  };
}

const identityPolicy = ({ arn, name, group, text }: PolicyTold): IdentityPolicy => ({
  arn,
  name,
  group,
  document: text.state === 'told' ? readPolicy(text.value, 'of_principals') : unreadablePolicy(text.why),
});
