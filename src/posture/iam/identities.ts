import type { PolicyDocument } from '../policy/document.ts';

/** A policy that gives an identity permissions, or bounds them. */
export interface IdentityPolicy {
  /** Of a managed policy; null: it is part of the user, role or group. */
  readonly arn: string | null;
  readonly name: string;
  /** The user's group that it comes by; null: none. */
  readonly group: string | null;
  readonly document: PolicyDocument;
}

/** What decides by IAM alone. Identities that have the same share one object. */
export interface PolicySet {
  readonly policies: readonly IdentityPolicy[];
  /** Null: nothing bounds them. */
  readonly boundary: IdentityPolicy | null;
}

/** A user or role. */
export interface Identity {
  readonly type: 'user' | 'role';
  readonly arn: string;
  readonly accountId: string;
  readonly name: string;
  readonly path: string;
  /** `AIDA…`, `AROA…` */
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly policySet: PolicySet;
  /** Who may assume the role; null for users, and where AWS gave none. */
  readonly trust: PolicyDocument | null;
  readonly isServiceLinked: boolean;
  /** Made by IAM Identity Center for a permission set. */
  readonly isIdentityCenter: boolean;
  /** Of roles, in the 400 days that IAM keeps; null: not used in them, or not told. */
  readonly lastUsedAt: Date | null;
}

/** The users and roles of one account. */
export interface AccountIam {
  readonly accountId: string;
  readonly identities: readonly Identity[];
}
