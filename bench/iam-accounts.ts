import { known, notAsked } from '../src/aws/fact.ts';
import { type AccountIam, AccountIamBuilder } from '../src/posture/iam/account-iam.ts';
import { SharedPolicies } from '../src/posture/iam/shared-policies.ts';
import type { KeyFacts } from '../src/posture/key-facts.ts';
import type { ManagedPolicyDetail, RoleDetail } from '../src/services/iam/facts.ts';

const region = 'eu-west-1';
const rolesEach = 1_000;
const keysEach = 100;

const accountId = (index: number): string => String(100_000_000_000 + index);
const roleArn = (account: string, index: number): string =>
  `arn:aws:iam::${account}:role/team-${index % 40}/role-${index}`;
const keyArn = (account: string, index: number): string =>
  `arn:aws:kms:${region}:${account}:key/00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

const text = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (
  action: string | readonly string[],
  resource: string | readonly string[],
  more: object = {},
) => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
});

/** AWS's own, which every account has. */
const managed: readonly ManagedPolicyDetail[] = Object.entries({
  AdministratorAccess: text(allow('*', '*')),
  PowerUserAccess: text({
    Effect: 'Allow',
    NotAction: ['iam:*', 'organizations:*', 'account:*'],
    Resource: '*',
  }),
  ReadOnlyAccess: text(allow(['kms:Describe*', 'kms:List*', 's3:Get*', 's3:List*'], '*')),
}).map(([name, document]) => ({ arn: `arn:aws:iam::aws:policy/${name}`, name, text: document }));

/**
 * The policies of a large account's roles: most say nothing of keys, many name the keys of their application, some may
 * do everything.
 */
function policiesOf(account: string, index: number): Pick<RoleDetail, 'inline' | 'attached'> {
  const attached = (name: string) => ({
    inline: [],
    attached: [{ arn: `arn:aws:iam::aws:policy/${name}`, name }],
  });
  const own = (...statements: readonly object[]) => ({
    inline: [{ name: 'own', text: text(...statements) }],
    attached: [],
  });
  if (index % 10 === 0) return attached('AdministratorAccess');
  if (index % 20 === 1) return attached('PowerUserAccess');
  if (index % 10 === 2) return attached('ReadOnlyAccess');
  if (index % 10 < 6) {
    const named = [index, index + 7].map((each) => keyArn(account, each % keysEach));
    return own(
      allow(['kms:Decrypt', 'kms:GenerateDataKey*'], named),
      allow('s3:*', `arn:aws:s3:::app-${index}/*`),
    );
  }
  if (index % 10 === 6) {
    const ofTeam = { Condition: { StringEquals: { 'aws:ResourceTag/team': `team-${index % 40}` } } };
    return own(allow('kms:Decrypt', '*', ofTeam));
  }
  return own(allow(['s3:GetObject', 'logs:*'], `arn:aws:s3:::app-${index}/*`));
}

function iamOfAccount(account: string, shared: SharedPolicies): AccountIam {
  const builder = new AccountIamBuilder(account, shared);
  const roles = Array.from(
    { length: rolesEach },
    (_, index): RoleDetail => ({
      arn: roleArn(account, index),
      name: `role-${index}`,
      path: `/team-${index % 40}/`,
      id: `AROA${String(index).padStart(17, '0')}`,
      createdAt: null,
      tags: { team: `team-${index % 40}` },
      boundaryArn: null,
      trustPolicy: trusting(account, index),
      lastUsedAt: null,
      ...policiesOf(account, index),
    }),
  );
  builder.add({ users: [], groups: [], roles, policies: managed });
  return builder.end();
}

/** Most serve AWS services; some can be had by their whole account. */
const trusting = (account: string, index: number): string => {
  const who = index % 10 === 0 ? { AWS: `arn:aws:iam::${account}:root` } : { Service: 'ec2.amazonaws.com' };
  return text({ Effect: 'Allow', Principal: who, Action: 'sts:AssumeRole' });
};

/** Most keys leave the decision to IAM, many name the roles of their application, some let another account in. */
function keyPolicyOf(account: string, index: number, accounts: number): string {
  const root = (id: string) => ({ AWS: `arn:aws:iam::${id}:root` });
  const own = { ...allow('kms:*', '*'), Principal: root(account) };
  if (index % 10 < 6) return text(own);
  const use = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
  if (index % 10 < 9) {
    const roles = [index, index + 3].map((each) => roleArn(account, each));
    return text(own, { ...allow(use, '*'), Principal: { AWS: roles } });
  }
  const other = accountId((Number(account) + index) % accounts);
  return text(own, { ...allow(use, '*'), Principal: root(other) });
}

function keyOf(account: string, index: number, accounts: number): KeyFacts {
  const arn = keyArn(account, index);
  return {
    scope: { accountId: account, accountName: null, region, partition: 'aws' },
    keyId: arn.slice(arn.lastIndexOf('/') + 1),
    arn,
    metadata: notAsked,
    policy: known(keyPolicyOf(account, index, accounts)),
    ramPolicy: known(null),
    grants: known([]),
    tags: known({ team: `team-${index % 40}` }),
    aliases: notAsked,
    rotationStatus: notAsked,
    rotations: notAsked,
    lastUsage: notAsked,
  };
}

/** Accounts with 1,000 roles each. */
export function accountsWithRoles(accounts: number): readonly AccountIam[] {
  const shared = new SharedPolicies();
  return Array.from({ length: accounts }, (_, index) => iamOfAccount(accountId(index), shared));
}

/** The 100 keys of each of them, one by one. */
export function* keysOfAccounts(accounts: number): Generator<KeyFacts> {
  for (let account = 0; account < accounts; account++)
    for (let index = 0; index < keysEach; index++) yield keyOf(accountId(account), index, accounts);
}
