import { expect, test } from 'vitest';
import { known } from '../../../src/aws/fact.ts';
import { accessToBucket } from '../../../src/posture/access/bucket-access.ts';
import { judge, type KeyCase, organization, policyOf } from './case-file.ts';

const allow = (principal: unknown, condition?: object, action: unknown = 'kms:Decrypt') => ({
  Effect: 'Allow',
  Principal: principal,
  Action: action,
  Resource: '*',
  ...(condition && { Condition: condition }),
});
const deny = (principal: unknown, condition?: object) => ({ ...allow(principal, condition), Effect: 'Deny' });
const arn = (account: string, what = 'root') => ({ AWS: `arn:aws:iam::${account}:${what}` });
const [own, member, vendor] = ['111122223333', '222233334444', '999988887777'];
const inOrganization = { StringEquals: { 'aws:PrincipalOrgID': 'o-ours000001' } };
const anyAccount = { StringLike: { 'aws:PrincipalAccount': '*' } };
const fromInside = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };

type Case = [what: string, given: Partial<KeyCase>, reason: string];

/** The whole sentence: nothing is said besides. */
test.each<Case>([
  ['the own account', { statements: [allow(arn(own))] }, 'own account: delegates to its IAM policies'],
  ['a role of it', { statements: [allow(arn(own, 'role/app'))] }, 'own account'],
  ['a member', { statements: [allow(arn(member))] }, 'account 222233334444 of this organization'],
  [
    'an account outside',
    { statements: [allow(arn(vendor))] },
    'account 999988887777 outside this organization',
  ],
  [
    'an account, the organization not listed',
    { statements: [allow(arn(vendor))], knowledge: 'id' },
    'other account 999988887777, not known to be of this organization or not',
  ],
  ['anyone', { statements: [allow('*')] }, 'anyone, in any account'],
  ['a service', { statements: [allow({ Service: 'logs.amazonaws.com' })] }, 'AWS service'],
  ['an account of AWS', { statements: [allow(arn('127311923021'))] }, "AWS's own account 127311923021"],
  [
    'a web identity',
    { statements: [allow({ Federated: 'accounts.google.com' })] },
    'anyone with a web identity of that provider; only sessions of the web identity provider accounts.google.com',
  ],
  [
    'a canonical user',
    { statements: [allow({ CanonicalUser: '79a5' })] },
    'a canonical user, whose account is not known',
  ],
  [
    'the organization',
    { statements: [allow('*', inOrganization)] },
    'accounts of this organization; limited to organization o-ours000001',
  ],
  [
    'a void condition alone',
    { statements: [allow('*', anyAccount)] },
    'anyone, in any account; StringLike aws:PrincipalAccount fixes no account or organization, so it limits no account',
  ],
  [
    'a void condition beside one that limits',
    { statements: [allow('*', { ...inOrganization, ...anyAccount })] },
    'accounts of this organization; limited to organization o-ours000001',
  ],
  [
    'a condition that stays open, on anyone',
    { statements: [allow('*', fromInside)] },
    'anyone, in any account; depends on aws:SourceIp',
  ],
  [
    'through any service',
    { statements: [allow('*', { StringLike: { 'kms:ViaService': '*' } })] },
    'anyone, in any account; depends on kms:ViaService',
  ],
  [
    'anyone by any ARN',
    { statements: [allow('*', { ArnLike: { 'aws:PrincipalArn': 'arn:*' } })] },
    'anyone, in any account; ArnLike aws:PrincipalArn fixes no account or organization, so it limits no account; depends on aws:PrincipalArn',
  ],
  [
    'two accounts by a condition',
    { statements: [allow('*', { StringEquals: { 'kms:CallerAccount': [member, vendor] } })] },
    'accounts outside this organization; limited to accounts 222233334444, 999988887777',
  ],
  [
    'through a service',
    {
      statements: [
        allow('*', {
          StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com', 'kms:CallerAccount': own },
        }),
      ],
    },
    'own account; limited to account 111122223333, service s3.eu-west-1.amazonaws.com; depends on kms:ViaService',
  ],
  [
    'a condition that stays open',
    { statements: [allow(arn(vendor), fromInside)] },
    'account 999988887777 outside this organization; depends on aws:SourceIp',
  ],
  [
    'a role by its ARN',
    {
      statements: [
        allow(arn(vendor), { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${vendor}:role/app` } }),
      ],
    },
    'account 999988887777 outside this organization; depends on aws:PrincipalArn',
  ],
  [
    'a Deny that takes a part',
    { statements: [allow(arn(vendor)), deny(arn(vendor, 'role/app'))] },
    'account 999988887777 outside this organization; Deny statement 1 takes a part away',
  ],
  [
    'a Deny that takes one federated user',
    { statements: [allow(arn(vendor)), deny({ AWS: `arn:aws:sts::${vendor}:federated-user/f` })] },
    'account 999988887777 outside this organization; Deny statement 1 takes a part away',
  ],
  [
    'a Deny that may take a part',
    { statements: [allow(arn(vendor)), { ...deny(arn(vendor), fromInside), Sid: 'Inside' }] },
    'account 999988887777 outside this organization; Deny statement 1 (Inside) may cover it',
  ],
  [
    'a Deny that takes all',
    { statements: [allow(arn(vendor)), deny('*')] },
    'denied: Deny statement 1 covers all of it',
  ],
  ['a Deny', { statements: [deny('*', fromInside)] }, 'takes access away from * where its conditions hold'],
  [
    'a Deny with NotPrincipal',
    { statements: [{ ...deny('*'), Principal: undefined, NotPrincipal: arn(own) }] },
    'takes access away from anyone but arn:aws:iam::111122223333:root',
  ],
  [
    'anyone but some',
    { statements: [{ ...allow('*'), Principal: undefined, NotPrincipal: arn(vendor) }] },
    'anyone but arn:aws:iam::999988887777:root',
  ],
  [
    'own only',
    { statements: [allow('*', undefined, 'kms:PutKeyPolicy')] },
    'own account only: none of its actions is honoured for other accounts',
  ],
  [
    'nothing for others',
    { statements: [allow(arn(vendor), undefined, 'kms:PutKeyPolicy')] },
    'admits to nothing: the service honours none of its actions for other accounts',
  ],
  [
    'no action',
    { statements: [allow(arn(vendor), undefined, 's3:GetObject')] },
    'admits to nothing: it names no kms action that a policy of this resource can allow',
  ],
  [
    'another resource',
    { statements: [{ ...allow(arn(vendor)), Resource: 'arn:aws:kms:eu-west-1:111122223333:key/other' }] },
    'admits nobody: the statement is about another resource',
  ],
  [
    'a contradiction',
    { statements: [allow(arn(vendor), { StringEquals: { 'kms:CallerAccount': member } })] },
    'admits nobody: StringEquals kms:CallerAccount excludes everyone that the principal names',
  ],
  [
    'deleted',
    { statements: [allow({ AWS: 'AROAEXAMPLEID12345678' })] },
    'admits nobody: the principal was deleted',
  ],
  [
    'another partition',
    { statements: [allow({ AWS: 'arn:aws-cn:iam::999988887777:root' })] },
    'admits nobody: the principal is in another partition than aws',
  ],
  [
    'a grant',
    { grants: [{ granteePrincipal: `arn:aws:iam::${vendor}:role/app` }] },
    'grantee: account 999988887777 outside this organization',
  ],
  [
    'a grant to the own account',
    { grants: [{ granteePrincipal: `arn:aws:iam::${own}:root` }] },
    'grantee: own account',
  ],
  [
    'a grant that its grantee may retire',
    {
      grants: [
        {
          granteePrincipal: `arn:aws:iam::${vendor}:role/app`,
          retiringPrincipal: `arn:aws:iam::${vendor}:role/app`,
        },
      ],
    },
    'grantee: account 999988887777 outside this organization; may also retire the grant',
  ],
  [
    'a grant under constraints',
    {
      grants: [
        {
          granteePrincipal: `arn:aws:iam::${vendor}:role/app`,
          constraints: { EncryptionContextSubset: { a: 'b', c: 'd' } },
        },
      ],
    },
    'grantee: account 999988887777 outside this organization; depends on kms:EncryptionContext:a, kms:EncryptionContext:c',
  ],
  [
    'a grant for one encryption context, a Deny for another',
    {
      statements: [deny('*', { StringEquals: { 'kms:EncryptionContext:team': 'x' } })],
      grants: [
        {
          granteePrincipal: `arn:aws:iam::${vendor}:role/app`,
          constraints: { EncryptionContextEquals: { app: 'y' } },
        },
      ],
    },
    'grantee: account 999988887777 outside this organization; depends on kms:EncryptionContext:app',
  ],
  [
    'a grant of which a Deny takes a part',
    {
      statements: [{ ...deny('*'), Sid: 'No' }],
      grants: [{ granteePrincipal: `arn:aws:iam::${vendor}:role/app`, operations: ['Decrypt', 'Encrypt'] }],
    },
    'grantee: account 999988887777 outside this organization; Deny statement 0 takes a part away',
  ],
  [
    'a grant that a Deny takes',
    { statements: [deny('*')], grants: [{ granteePrincipal: `arn:aws:iam::${vendor}:role/app` }] },
    'denied: Deny statement 0 of the key policy covers all of it',
  ],
  [
    'a grant beside a policy that was not read',
    { policy: 'unread', grants: [{ granteePrincipal: `arn:aws:iam::${vendor}:role/app` }] },
    'grantee: account 999988887777 outside this organization; the key policy is not known, so a Deny in it is not ruled out',
  ],
  [
    'a grant for nothing',
    { grants: [{ granteePrincipal: `arn:aws:iam::${vendor}:role/app`, operations: [] }] },
    "admits nobody: the grant's constraints exclude the request or it has no operation",
  ],
  [
    'a grant to another partition',
    { grants: [{ granteePrincipal: 'arn:aws-cn:iam::999988887777:role/app' }] },
    'admits nobody: the grantee is in another partition than aws',
  ],
])('%s', (_what, given, reason) => {
  const { findings } = judge({ name: '', expect: {}, ...given });
  const [finding] = given.grants === undefined ? findings : findings.slice(-1);
  expect(finding?.row.reason).toBe(reason);
});

test.each<[what: string, statement: object, reason: string]>([
  [
    'an action that nobody knows may be more than metadata',
    { ...allow(arn(vendor), undefined, 's3:GetFuture'), Resource: '*' },
    'account 999988887777 outside this organization; s3:GetFuture is not known to this version and may be reading or writing',
  ],
  [
    'some objects',
    { ...allow(arn(vendor), undefined, 's3:GetObject'), Resource: 'arn:aws:s3:::lake/exports/*' },
    'account 999988887777 outside this organization; only arn:aws:s3:::lake/exports/*',
  ],
])('of a bucket: %s', (_what, statement, reason) => {
  expect(rowOf(statement)?.reason).toBe(reason);
});

const ownPart = `arn:aws:s3:::lake/$\{aws:PrincipalAccount}/*`;
const toRead = (principal: unknown, condition?: object, resource = 'arn:aws:s3:::lake/*') => ({
  ...allow(principal, condition, 's3:GetObject'),
  Resource: resource,
});
const denyOwn = { ...toRead('*', undefined, ownPart), Effect: 'Deny' };
const denyOthers = { ...denyOwn, Resource: undefined, NotResource: ownPart };
const twoAccounts = { StringEquals: { 'aws:PrincipalAccount': [member, vendor] } };

test.each<[what: string, statements: readonly object[], certainty: string, reason: string]>([
  [
    "an account's own part",
    [toRead(arn(vendor), undefined, ownPart)],
    'unconditional',
    'account 999988887777 outside this organization; only arn:aws:s3:::lake/999988887777/*',
  ],
  [
    "each one's own part",
    [toRead('*', inOrganization, ownPart)],
    'unconditional',
    'accounts of this organization; limited to organization o-ours000001; only arn:aws:s3:::lake/????????????/*',
  ],
  [
    'the own part of each of two',
    [toRead('*', twoAccounts, ownPart)],
    'unconditional',
    'accounts outside this organization; limited to accounts 222233334444, 999988887777; only arn:aws:s3:::lake/????????????/*',
  ],
  [
    "a Deny of each one's own part takes from nobody what is others'",
    [toRead('*', inOrganization), denyOwn],
    'conditional',
    'accounts of this organization; limited to organization o-ours000001; Deny statement 1 may cover it',
  ],
  [
    'a Deny of the own part of each of two',
    [toRead('*', twoAccounts), denyOwn],
    'conditional',
    'accounts outside this organization; limited to accounts 222233334444, 999988887777; Deny statement 1 may cover it',
  ],
  [
    "a Deny of an account's own part",
    [toRead(arn(vendor)), denyOwn],
    'unconditional',
    'account 999988887777 outside this organization; Deny statement 1 takes a part away',
  ],
  [
    "a Deny of all but an account's own part",
    [toRead(arn(vendor)), denyOthers],
    'unconditional',
    'account 999988887777 outside this organization; only arn:aws:s3:::lake/999988887777/*; Deny statement 1 takes a part away',
  ],
  [
    "a Deny of all but each one's own part",
    [toRead('*', inOrganization), denyOthers],
    'conditional',
    'accounts of this organization; limited to organization o-ours000001; Deny statement 1 may cover it; only arn:aws:s3:::lake/????????????/*; Deny statement 1 takes a part away',
  ],
  [
    'a service has no account of its own',
    [toRead({ Service: 'logs.amazonaws.com' }, undefined, ownPart)],
    'conditional',
    'AWS service; the Resource has policy variables; only arn:aws:s3:::lake/????????????/*',
  ],
])("of a bucket, callers' own parts: %s", (_what, statements, certainty, reason) => {
  expect(rowOf(...statements)).toMatchObject({ certainty, reason });
});

test('of a bucket whose access points decide: their account is told by its key', () => {
  const throughPoints = { StringEquals: { 's3:DataAccessPointAccount': vendor } };
  const statement = { ...allow('*', throughPoints, 's3:GetObject'), Resource: 'arn:aws:s3:::lake/*' };
  expect(rowOf(statement)?.reason).toContain('depends on s3:DataAccessPointAccount');
});

function rowOf(...statements: readonly object[]) {
  const { findings } = accessToBucket(
    {
      arn: 'arn:aws:s3:::lake',
      accountId: own,
      partition: 'aws',
      ownCanonicalId: null,
      policy: known(policyOf(statements)),
    },
    organization,
  );
  return findings[0]?.row;
}
