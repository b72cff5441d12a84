import type { SimIamGroup, SimIamRole, SimIamUser, SimManagedPolicy } from '../../account-iam.ts';
import { roleId, uniqueId, userId } from '../../credentials.ts';
import type { Output } from '../../protocol/wire.ts';
import type { EpochSeconds } from '../../wire-shapes.ts';

/** How the things of an account's IAM are written. */
export interface Details {
  user(user: SimIamUser): Output;
  group(group: SimIamGroup): Output;
  role(role: SimIamRole): Output;
  policy(policy: SimManagedPolicy): Output;
  awsPolicy(policy: SimManagedPolicy): Output;
}

export function detailsOf(partition: string, accountId: string): Details {
  const arn = (kind: string, { path, name }: { path: string; name: string }, owner = accountId) =>
    `arn:${partition}:iam::${owner}:${kind}${path}${name}`;
  return {
    user: (user) => ({
      Path: user.path,
      UserName: user.name,
      UserId: user.name === 'lab' ? userId(accountId) : uniqueId('AIDA', `user ${accountId} ${user.name}`),
      Arn: arn('user', user),
      CreateDate: time(user.created),
      // AWS leaves out this list where it is empty, and no other.
      ...(Object.keys(user.inline).length > 0 && { UserPolicyList: inlineList(user.inline) }),
      GroupList: { member: user.groups },
      ...permissions(user),
    }),
    group: (group) => ({
      Path: group.path,
      GroupName: group.name,
      GroupId: uniqueId('AGPA', `group ${accountId} ${group.name}`),
      Arn: arn('group', group),
      CreateDate: time(group.created),
      GroupPolicyList: inlineList(group.inline),
      AttachedManagedPolicies: attachedList(group.attached),
    }),
    role: (role) => ({
      Path: role.path,
      RoleName: role.name,
      RoleId: roleId(accountId, role.name),
      Arn: arn('role', role),
      CreateDate: time(role.created),
      AssumeRolePolicyDocument: encoded(role.trustPolicy),
      InstanceProfileList: {},
      RolePolicyList: inlineList(role.inline),
      ...permissions(role),
      RoleLastUsed:
        role.lastUsed === null ? {} : { LastUsedDate: time(role.lastUsed.at), Region: role.lastUsed.region },
    }),
    policy: (policy) => policyDetail(policy, arn('policy', policy)),
    awsPolicy: (policy) => policyDetail(policy, arn('policy', policy, 'aws')),
  };
}

function permissions({ attached, boundary, tags }: SimIamUser | SimIamRole): Output {
  return {
    AttachedManagedPolicies: attachedList(attached),
    ...(boundary !== null && {
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary },
    }),
    Tags: { member: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
  };
}

function policyDetail(policy: SimManagedPolicy, Arn: string): Output {
  const { name, path, created, versions, defaultVersion } = policy;
  return {
    PolicyName: name,
    PolicyId: uniqueId('ANPA', `policy ${Arn}`),
    Arn,
    Path: path,
    DefaultVersionId: defaultVersion,
    IsAttachable: true,
    CreateDate: time(created),
    UpdateDate: time(created),
    // The newest first, as AWS lists them.
    PolicyVersionList: {
      member: Object.entries(versions)
        .reverse()
        .map(([VersionId, document]) => ({
          Document: encoded(document),
          VersionId,
          IsDefaultVersion: VersionId === defaultVersion,
          CreateDate: time(created),
        })),
    },
  };
}

const inlineList = (inline: Readonly<Record<string, string>>): Output => ({
  member: Object.entries(inline).map(([PolicyName, document]) => ({
    PolicyName,
    PolicyDocument: encoded(document),
  })),
});

const attachedList = (arns: readonly string[]): Output => ({
  member: arns.map((PolicyArn) => ({
    PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1),
    PolicyArn,
  })),
});

/** As RFC 3986 has it. */
const encoded = (document: string): string =>
  encodeURIComponent(document).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const time = (seconds: EpochSeconds): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
