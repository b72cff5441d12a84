import { describe, expect, test } from 'vitest';
import { known, notAsked } from '../../../src/aws/fact.ts';
import { accessToBucket, type BucketAccess } from '../../../src/posture/access/bucket-access.ts';
import type { AccessRow } from '../../../src/posture/access/row.ts';
import { organization, policyOf } from './case-file.ts';

const own = '111122223333';
const member = '222233334444';
const foreign = '999988887777';
const bucket = 'arn:aws:s3:::data';
const objects = `${bucket}/*`;

const judge = (statements: unknown): BucketAccess =>
  accessToBucket(
    {
      arn: bucket,
      accountId: own,
      partition: 'aws',
      ownCanonicalId: 'abc123',
      policy: known(policyOf(statements)),
    },
    organization,
  );
const allow = (principal: unknown, extra: object = {}) => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 's3:GetObject',
  Resource: objects,
  ...extra,
});
const deny = (extra: object) => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: objects,
  ...extra,
});

interface BucketCase {
  readonly statements: unknown;
  readonly audience?: Partial<BucketAccess>;
  readonly row?: Partial<AccessRow>;
}

const nobody = {
  sharedAccountIds: [],
  writeAccountIds: [],
  sharedOrganizationIds: [],
  sharedWithAnyone: false,
  sharedServices: [],
};

const cases: Readonly<Record<string, BucketCase>> = {
  'a role of another account reads': {
    statements: allow({ AWS: `arn:aws:iam::${member}:role/app` }),
    audience: { ...nobody, sharedAccountIds: [member] },
    row: {
      source: 'bucket_policy',
      trust: 'organization',
      access: ['read'],
      actions: ['s3:GetObject'],
      certainty: 'unconditional',
      reason: `account ${member} of this organization`,
    },
  },
  'another account writes': {
    statements: allow({ AWS: foreign }, { Action: ['s3:PutObject*', 's3:DeleteObject'] }),
    audience: { ...nobody, writeAccountIds: [foreign] },
    row: { trust: 'external', access: ['write', 'administer'] },
  },
  's3:* on bucket and objects': {
    statements: allow({ AWS: foreign }, { Action: 's3:*', Resource: [bucket, objects] }),
    audience: { sharedAccountIds: [foreign], writeAccountIds: [foreign] },
    row: { access: ['read', 'write', 'list', 'administer', 'read_metadata'] },
  },
  'the policy itself answers to the owner only': {
    statements: allow({ AWS: foreign }, { Action: 's3:PutBucketPolicy', Resource: bucket }),
    row: { trust: 'external', access: [], certainty: 'denied' },
  },
  'the bucket ARN alone names no object': {
    statements: allow({ AWS: foreign }, { Resource: bucket }),
    audience: nobody,
    row: {
      access: [],
      certainty: 'denied',
      reason: 'admits nobody: the statement is about another resource',
    },
  },
  'the objects alone name no bucket action': {
    statements: allow({ AWS: foreign }, { Action: ['s3:ListBucket', 's3:GetObject'] }),
    row: { actions: ['s3:GetObject'], access: ['read'] },
  },
  'objects of another bucket': {
    statements: allow({ AWS: foreign }, { Resource: 'arn:aws:s3:::data-2/*' }),
    audience: nobody,
    row: { access: [] },
  },
  'a prefix limits, and the reason says so': {
    statements: allow({ AWS: foreign }, { Resource: [`${bucket}/reports/*`, `${bucket}/reports/2026/*`] }),
    audience: { sharedAccountIds: [foreign] },
    row: {
      access: ['read'],
      certainty: 'unconditional',
      reason: `account ${foreign} outside this organization; only ${bucket}/reports/*`,
    },
  },
  'a pattern of bucket names, and *': {
    statements: allow({ AWS: foreign }, { Resource: ['arn:aws:s3:::d*'] }),
    row: { access: ['read'], reason: `account ${foreign} outside this organization` },
  },
  'a policy variable in the path is a condition': {
    statements: allow({ AWS: foreign }, { Resource: `${bucket}/\${aws:username}/*` }),
    row: { access: ['read'], certainty: 'conditional' },
  },
  'anyone, signed or not': {
    statements: allow('*'),
    audience: { ...nobody, sharedWithAnyone: true },
    row: { trust: 'anyone', certainty: 'unconditional' },
  },
  'anyone from an address': {
    statements: allow('*', { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }),
    audience: { sharedWithAnyone: true },
    row: { trust: 'anyone', certainty: 'conditional' },
  },
  'an unsigned request carries no organization': {
    statements: allow('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-ours000001' } } }),
    audience: { ...nobody, sharedOrganizationIds: ['o-ours000001'] },
    row: { trust: 'organization', limitedToOrganizationIds: ['o-ours000001'], certainty: 'unconditional' },
  },
  'IfExists lets unsigned requests through': {
    statements: allow('*', { Condition: { StringEqualsIfExists: { 'aws:PrincipalAccount': own } } }),
    audience: { sharedWithAnyone: true },
    row: { trust: 'anyone' },
  },
  'a Deny by organization covers unsigned requests': {
    statements: [
      allow('*'),
      deny({ Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-ours000001' } } }),
    ],
    audience: { ...nobody, sharedOrganizationIds: ['o-ours000001'] },
  },
  'access points of the own account decide: not public': {
    statements: allow('*', {
      Action: 's3:*',
      Condition: { StringEquals: { 's3:DataAccessPointAccount': own } },
    }),
    audience: nobody,
    row: { trust: 'same_account', certainty: 'conditional' },
  },
  'access points of a foreign account decide': {
    statements: allow('*', { Condition: { StringEquals: { 's3:DataAccessPointAccount': foreign } } }),
    row: { trust: 'external', certainty: 'conditional' },
  },
  'access points by ARN': {
    statements: allow('*', {
      Condition: { ArnLike: { 's3:DataAccessPointArn': `arn:aws:s3:eu-west-1:${own}:accesspoint/*` } },
    }),
    audience: nobody,
    row: { trust: 'same_account' },
  },
  'a named account through an access point is that account': {
    statements: allow(
      { AWS: foreign },
      { Condition: { StringEquals: { 's3:DataAccessPointAccount': own } } },
    ),
    audience: { sharedAccountIds: [foreign] },
    row: { trust: 'external', certainty: 'conditional' },
  },
  "CloudFront's origin access identity and control are services": {
    statements: [
      allow({ AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' }),
      allow(
        { Service: 'cloudfront.amazonaws.com' },
        { Condition: { StringEquals: { 'AWS:SourceArn': `arn:aws:cloudfront::${own}:distribution/E1` } } },
      ),
    ],
    audience: {
      ...nobody,
      sharedServices: [
        'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1',
        'cloudfront.amazonaws.com',
      ],
    },
  },
  "a load balancer's log account is a service": {
    statements: allow({ AWS: 'arn:aws:iam::127311923021:root' }, { Action: 's3:PutObject' }),
    audience: nobody,
    row: { trust: 'service', access: ['write'] },
  },
  "the owner's canonical user is the own account, another is not known": {
    statements: [allow({ CanonicalUser: 'abc123' })],
    audience: nobody,
    row: { principalType: 'canonical', trust: 'same_account' },
  },
  'a Deny of plain HTTP keeps no principal out': {
    statements: [
      allow({ AWS: foreign }),
      deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      deny({ Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } }),
    ],
    audience: { sharedAccountIds: [foreign] },
    row: { certainty: 'unconditional', reason: `account ${foreign} outside this organization` },
  },
  'a Deny of a prefix leaves the rest': {
    statements: [allow({ AWS: foreign }), deny({ Resource: `${bucket}/secret/*` })],
    audience: { sharedAccountIds: [foreign] },
    row: { certainty: 'unconditional' },
  },
  'a Deny of everything but a prefix leaves the prefix': {
    statements: [
      allow({ AWS: foreign }),
      { Effect: 'Deny', Principal: '*', Action: 's3:*', NotResource: `${bucket}/public/*` },
    ],
    audience: { sharedAccountIds: [foreign] },
    row: { reason: expect.stringContaining(`only ${bucket}/public/*`) },
  },
  'a Deny of all objects covers': {
    statements: [allow({ AWS: foreign }, { Resource: `${bucket}/reports/*` }), deny({})],
    audience: nobody,
    row: { certainty: 'denied' },
  },
};

describe('whom a bucket policy lets in', () => {
  test.each(Object.entries(cases))('%s', (_, { statements, audience, row }) => {
    const access = judge(statements);
    expect(access.complete).toBe(true);
    expect(access).toMatchObject(audience ?? {});
    expect(access.findings[0]?.row).toMatchObject(row ?? {});
  });

  test('no policy lets nobody in; an unread one leaves it open', () => {
    const facts = { arn: bucket, accountId: own, partition: 'aws', ownCanonicalId: null };
    expect(accessToBucket({ ...facts, policy: known(null) }, organization)).toMatchObject({
      ...nobody,
      complete: true,
    });
    expect(accessToBucket({ ...facts, policy: notAsked }, organization)).toMatchObject({
      ...nobody,
      complete: false,
    });
    expect(accessToBucket({ ...facts, policy: known('{') }, organization)).toMatchObject({
      ...nobody,
      complete: false,
    });
  });
});
