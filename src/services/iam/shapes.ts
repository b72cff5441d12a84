import type { Fields } from '../../aws/answer.ts';
import type {
  GroupDetail,
  InlinePolicy,
  ManagedPolicyDetail,
  PolicyAttachment,
  RoleDetail,
  UserDetail,
} from './facts.ts';

/*
 * Entries of GetAccountAuthorizationDetails as AWS writes them (API reference of IAM, read 2026-11-29). The lists of
 * attached policies and of groups are written where they are empty, too; those of inline policies are not always.
 */

export const userDetail = (user: Fields): UserDetail => ({
  name: user.requiredText('UserName'),
  id: user.requiredText('UserId'),
  groups: user.requiredTexts('GroupList'),
  inline: inlinePolicies(user, 'UserPolicyList'),
  ...ofPrincipal(user),
});

export const roleDetail = (role: Fields): RoleDetail => ({
  name: role.requiredText('RoleName'),
  id: role.requiredText('RoleId'),
  trustPolicy: decoded(role.text('AssumeRolePolicyDocument')),
  lastUsedAt: role.object('RoleLastUsed')?.date('LastUsedDate') ?? null,
  inline: inlinePolicies(role, 'RolePolicyList'),
  ...ofPrincipal(role),
});

export const groupDetail = (group: Fields): GroupDetail => ({
  arn: group.requiredText('Arn'),
  name: group.requiredText('GroupName'),
  inline: inlinePolicies(group, 'GroupPolicyList'),
  attached: attachments(group),
});

/** Of the version that is in force, which the entry names, and which says so itself. */
export function managedPolicyDetail(policy: Fields): ManagedPolicyDetail {
  const inForce = policy.text('DefaultVersionId');
  const versions = policy.objects('PolicyVersionList') ?? [];
  const version =
    versions.find((each) => inForce !== null && each.text('VersionId') === inForce) ??
    versions.find((each) => each.boolean('IsDefaultVersion') === true);
  return {
    arn: policy.requiredText('Arn'),
    name: policy.requiredText('PolicyName'),
    text: decoded(version?.text('Document') ?? null),
  };
}

const ofPrincipal = (principal: Fields) => ({
  arn: principal.requiredText('Arn'),
  path: principal.text('Path') ?? '/',
  createdAt: principal.date('CreateDate'),
  tags: tagsOf(principal),
  attached: attachments(principal),
  boundaryArn: principal.object('PermissionsBoundary')?.requiredText('PermissionsBoundaryArn') ?? null,
});

const tagsOf = (principal: Fields): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (principal.objects('Tags') ?? []).map((tag) => [tag.requiredText('Key'), tag.text('Value') ?? '']),
  );

const inlinePolicies = (owner: Fields, list: string): readonly InlinePolicy[] =>
  (owner.objects(list) ?? []).map((policy) => ({
    name: policy.requiredText('PolicyName'),
    text: decoded(policy.text('PolicyDocument')),
  }));

const attachments = (owner: Fields): readonly PolicyAttachment[] =>
  owner.requiredObjects('AttachedManagedPolicies').map((policy) => ({
    arn: policy.requiredText('PolicyArn'),
    name: policy.requiredText('PolicyName'),
  }));

/** From its URL encoding (RFC 3986); null where nothing is there that can be decoded. */
function decoded(document: string | null): string | null {
  try {
    return document === null || document === '' ? null : decodeURIComponent(document);
  } catch {
    return null;
  }
}
