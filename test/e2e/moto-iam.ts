import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  type IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';

/** JSON of a policy. */
export const policyOf = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

export const allow = (Action: string | readonly string[], more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});

/** Who may assume a role. */
export const trustIn = (Principal: object, more: object = {}): string =>
  policyOf({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more });

/** Policies of a user, group or role. */
export interface Held {
  /** Name → JSON. */
  readonly inline?: Readonly<Record<string, string>>;
  /** ARNs. */
  readonly attached?: readonly string[];
}

/** Without a boundary: moto leaves those of users out of GetAccountAuthorizationDetails, where AWS tells them. */
export interface UserToMake extends Held {
  readonly path?: string;
  readonly groups?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
}

export interface RoleToMake extends Held {
  readonly path?: string;
  readonly trust?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly boundary?: string;
}

export const onlyEc2 = trustIn({ Service: 'ec2.amazonaws.com' });

/** A managed policy of the account, below `/keys/`. @param versions the last is in force */
export async function makePolicy(
  iam: IAMClient,
  PolicyName: string,
  [first, ...later]: readonly [string, ...string[]],
): Promise<void> {
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName, Path: '/keys/', PolicyDocument: first }),
  );
  for (const PolicyDocument of later)
    await iam.send(
      new CreatePolicyVersionCommand({ PolicyArn: Policy?.Arn, PolicyDocument, SetAsDefault: true }),
    );
}

export async function makeGroup(
  iam: IAMClient,
  GroupName: string,
  { inline, attached }: Held,
): Promise<void> {
  await iam.send(new CreateGroupCommand({ GroupName }));
  for (const [PolicyName, PolicyDocument] of Object.entries(inline ?? {}))
    await iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName, PolicyDocument }));
  for (const PolicyArn of attached ?? [])
    await iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }));
}

export async function makeUser(iam: IAMClient, UserName: string, user: UserToMake): Promise<void> {
  await iam.send(new CreateUserCommand({ UserName, Path: user.path, Tags: tagsOf(user) }));
  for (const GroupName of user.groups ?? [])
    await iam.send(new AddUserToGroupCommand({ UserName, GroupName }));
  for (const [PolicyName, PolicyDocument] of Object.entries(user.inline ?? {}))
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }));
  for (const PolicyArn of user.attached ?? [])
    await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
}

/** Only EC2 may assume it where `trust` says nothing else. */
export async function makeRole(iam: IAMClient, RoleName: string, role: RoleToMake): Promise<void> {
  await iam.send(
    new CreateRoleCommand({
      RoleName,
      Path: role.path,
      AssumeRolePolicyDocument: role.trust ?? onlyEc2,
      PermissionsBoundary: role.boundary,
      Tags: tagsOf(role),
    }),
  );
  for (const [PolicyName, PolicyDocument] of Object.entries(role.inline ?? {}))
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
  for (const PolicyArn of role.attached ?? [])
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
}

const tagsOf = ({ tags }: UserToMake | RoleToMake) =>
  tags && Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
