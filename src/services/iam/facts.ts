/**
 * What GetAccountAuthorizationDetails tells of one account's IAM (IAM API reference, read 2026-11-29). The root user is
 * not in it, nor are session policies.
 */

/** A policy document that is part of a user, group or role. */
export interface InlinePolicy {
  readonly name: string;
  /** JSON, decoded from its URL encoding; null where AWS gave none, or none that can be decoded. */
  readonly text: string | null;
}

/** A managed policy that is attached: its document comes in an entry of its own. */
export interface PolicyAttachment {
  readonly arn: string;
  readonly name: string;
}

interface PrincipalDetail {
  /** With the path. */
  readonly arn: string;
  readonly name: string;
  /** `/` where it has none of its own. */
  readonly path: string;
  /** `AIDA…`, `AROA…` */
  readonly id: string;
  readonly createdAt: Date | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly inline: readonly InlinePolicy[];
  readonly attached: readonly PolicyAttachment[];
  /** ARN of the managed policy that bounds its permissions; null: none does. */
  readonly boundaryArn: string | null;
}

export interface UserDetail extends PrincipalDetail {
  /** Names of its groups. */
  readonly groups: readonly string[];
}

export interface RoleDetail extends PrincipalDetail {
  /** The trust policy's JSON text; null where AWS gave none, or none that can be decoded. */
  readonly trustPolicy: string | null;
  /** When it was last used, in the 400 days that IAM keeps; null: not in that time, or not told. */
  readonly lastUsedAt: Date | null;
}

export interface GroupDetail {
  readonly arn: string;
  readonly name: string;
  readonly inline: readonly InlinePolicy[];
  readonly attached: readonly PolicyAttachment[];
}

export interface ManagedPolicyDetail {
  readonly arn: string;
  readonly name: string;
  /** JSON text of the version that is in force; null where AWS gave none, or none that can be decoded. */
  readonly text: string | null;
}

/** One page: entries of all kinds, as they come. */
export interface AuthorizationPage {
  readonly users: readonly UserDetail[];
  readonly roles: readonly RoleDetail[];
  readonly groups: readonly GroupDetail[];
  readonly policies: readonly ManagedPolicyDetail[];
}
