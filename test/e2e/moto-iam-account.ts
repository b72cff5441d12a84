import type { IAMClient } from '@aws-sdk/client-iam';
import {
  allow,
  type Held,
  makeGroup,
  makePolicy,
  makeRole,
  makeUser,
  policyOf,
  type RoleToMake,
  trustIn,
  type UserToMake,
} from './moto-iam.ts';

/** An account's IAM as a test makes it, by names. Groups have no path. */
export interface IamToMake {
  /** Name → versions, the last in force. Their path is `/keys/`. */
  readonly policies: Readonly<Record<string, readonly [string, ...string[]]>>;
  readonly groups: Readonly<Record<string, Held>>;
  readonly users: Readonly<Record<string, UserToMake>>;
  readonly roles: Readonly<Record<string, RoleToMake>>;
}

export const powerUser = 'arn:aws:iam::aws:policy/AWSKeyManagementServicePowerUser';
export const externalId = 'not for the database';
export const decrypt = policyOf(allow('kms:Decrypt'));
const dataKeys = policyOf(allow(['kms:Decrypt', 'kms:GenerateDataKey']));
const deny = (Action: string) => policyOf({ Effect: 'Deny', Action, Resource: '*' });
const ofDataTeam = policyOf(
  allow('kms:Decrypt', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'data' } } }),
);

/** Users and roles that have a key, or miss it, in every way that IAM knows. @param data the account @param compute another */
export function iamToMake(data: string, compute: string): IamToMake {
  const own = (resource: string) => `arn:aws:iam::${data}:${resource}`;
  const attached = [own('policy/keys/data-keys')];
  return {
    policies: {
      'data-keys': [policyOf(allow('kms:*')), dataKeys],
      bounds: [policyOf(allow(['s3:*', 'kms:Encrypt']))],
    },
    groups: { analysts: { inline: { read: decrypt } }, readers: { attached }, nobody: {} },
    users: {
      ann: { path: '/staff/', groups: ['analysts', 'nobody'], tags: { team: 'data', 'cost centre': 'ü 1' } },
      bob: { groups: ['readers'] },
      eve: { groups: ['analysts', 'readers'], inline: { stop: deny('kms:*') } },
      jon: {
        inline: { become: policyOf(allow('sts:AssumeRole', { Resource: own('role/jobs/etl') })) },
      },
      zoe: {},
    },
    roles: {
      etl: { path: '/jobs/', trust: trustIn({ AWS: own('user/jon') }), inline: { own: decrypt } },
      managed: { attached },
      capped: {
        inline: { both: policyOf(allow(['kms:Decrypt', 'kms:Encrypt'])) },
        boundary: own('policy/keys/bounds'),
      },
      denied: { attached, inline: { stop: deny('kms:Decrypt') } },
      shut: { attached, inline: { stop: deny('kms:*') } },
      operator: { attached: [powerUser] },
      tagged: { inline: { team: ofDataTeam }, tags: { team: 'data' } },
      mistagged: { inline: { team: ofDataTeam }, tags: { team: 'web' } },
      named: {
        trust: trustIn(
          { AWS: `arn:aws:iam::${compute}:root` },
          { Condition: { StringEquals: { 'sts:ExternalId': externalId } } },
        ),
      },
      orphan: { trust: trustIn({ AWS: 'AROAAAAAAAAAAAAAAAAAA' }) },
    },
  };
}

export async function makeIam(iam: IAMClient, { policies, groups, users, roles }: IamToMake): Promise<void> {
  for (const [name, versions] of Object.entries(policies)) await makePolicy(iam, name, versions);
  for (const [name, group] of Object.entries(groups)) await makeGroup(iam, name, group);
  for (const [name, user] of Object.entries(users)) await makeUser(iam, name, user);
  for (const [name, role] of Object.entries(roles)) await makeRole(iam, name, role);
}
