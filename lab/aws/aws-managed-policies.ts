import { identityPolicy, type SimManagedPolicy } from './account-iam.ts';
import { at } from './wire-shapes.ts';

const created = at('2015-02-06T18:39:46Z');

/** In force is the last version, as AWS has it. */
function policy(name: string, ...documents: readonly string[]): SimManagedPolicy {
  const versions = Object.fromEntries(documents.map((document, index) => [`v${index + 1}`, document]));
  return { name, path: '/', created, versions, defaultVersion: `v${documents.length}` };
}

/** Such as AWS has by the hundred, in their manner; an account is told only of those that it attaches. */
const policies: readonly SimManagedPolicy[] = [
  policy('AdministratorAccess', identityPolicy('*')),
  policy(
    'ReadOnlyAccess',
    identityPolicy('s3:Get*', 's3:List*'),
    identityPolicy('ec2:Describe*', 'kms:Describe*', 'kms:Get*', 'kms:List*', 's3:Get*', 's3:List*'),
  ),
  policy(
    'PowerUserAccess',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
        { Effect: 'Allow', Action: ['iam:ListRoles', 'organizations:DescribeOrganization'], Resource: '*' },
      ],
    }),
  ),
  policy(
    'AWSKeyManagementServicePowerUser',
    identityPolicy('kms:CreateAlias', 'kms:CreateKey', 'kms:Describe*', 'kms:Get*', 'kms:List*'),
  ),
];

/** By ARN, in the partition. */
export const awsManagedPolicies = (partition: string): ReadonlyMap<string, SimManagedPolicy> =>
  new Map(policies.map((each) => [`arn:${partition}:iam::aws:policy/${each.name}`, each]));
