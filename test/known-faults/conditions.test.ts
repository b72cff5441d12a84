import { describe, expect, test } from 'vitest';
import { known } from '../../src/aws/fact.ts';
import { bucketPosture } from '../../src/posture/bucket/posture.ts';
import { bucketVerdict } from '../../src/posture/bucket/verdict.ts';
import { entityLists } from '../../src/posture/cross-account/entity-lists.ts';
import { withoutKey } from '../../src/posture/resource-key.ts';
import { bucketFacts, read } from '../posture/bucket/bucket.ts';
import {
  compute,
  customerKey,
  decrypt,
  keyWith,
  organization,
  root,
  type Statement,
} from '../posture/cross-account/cast.ts';
import { reportOf, sharingBy, sibling, stranger } from './key-sharing.ts';

const underS3 = {
  encryption: known({
    sseAlgorithm: 'AES256',
    kmsMasterKeyId: null,
    bucketKeyEnabled: false,
    blockedEncryptionTypes: null,
  }),
};

function judged(
  statements: readonly Statement[],
  key = keyWith(decrypt(root(compute))),
  bucket = {},
  who = organization,
) {
  const posture = bucketPosture({ ...bucketFacts({}, statements), ...bucket }, who);
  const { crossAccountRead, entities } = bucketVerdict(posture, key);
  const { sharedAccountIds, writeAccountIds, sharedWithAnyone } = posture.access;
  return {
    read: crossAccountRead,
    ...entityLists(entities, true),
    sharedAccountIds,
    writeAccountIds,
    sharedWithAnyone,
  };
}

const deny = (changes: Statement): Statement => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: ['arn:aws:s3:::lake', 'arn:aws:s3:::lake/*'],
  ...changes,
});

describe('A. an action that nobody knows', () => {
  test('use by ML-KEM is use', () => {
    const allow = (principal: string, action: string) => ({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: action, Resource: '*' }],
    });
    expect(sharingBy(allow(root(stranger), 'kms:Decapsulate'))).toMatchObject({
      sharing: 'external',
      access: ['use'],
    });
    expect(sharingBy(allow('*', 'kms:Encapsulate'))).toMatchObject({ sharing: 'public', access: ['use'] });
    expect(sharingBy(allow(root(sibling), 'kms:Anew'))).toMatchObject({
      sharing: 'unknown',
      complete: false,
      ids: [],
    });
  });

  test('in a bucket policy it may be reading: unknown', () => {
    const result = judged([read(root(compute), { Action: 's3:GetObjectAnew' })]);
    expect(result).toMatchObject({ read: 'unknown', unknownAccounts: [compute], sharedAccountIds: [] });
  });
});

describe('03b, 05b: carried into buckets', () => {
  test("AWS's opaque grantee leaves the reader locked out", () => {
    const grants = [
      {
        grantId: 'g',
        name: null,
        creationDate: null,
        granteePrincipal: 'AWS Internal',
        retiringPrincipal: 'medical-imaging.us-east-1.amazonaws.com',
        granteeServicePrincipal: null,
        retiringServicePrincipal: null,
        issuingAccount: 'AWS Internal',
        operations: ['Decrypt'],
        constraints: null,
      },
    ];
    const result = judged([read(root(compute))], customerKey({ grants }));
    expect(result).toMatchObject({ read: 'blocked_by_key_policy', blockedAccounts: [compute] });
  });

  test('whoever has a unique id is not anyone', () => {
    const condition = { StringLike: { 'aws:userid': ['AROA2BCDEFGHIJKLMNOPQ:*'] } };
    const result = judged([read('*', { Condition: condition })], withoutKey('aws_owned'), underS3);
    expect(result).toMatchObject({ read: 'unknown', sharedWithAnyone: false, sharedAccountIds: [] });
  });
});

describe('F. values that can never occur', () => {
  test.each([
    [
      'a role by the characters of a pattern',
      { StringNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${compute}:role/app-*` } },
    ],
    [
      "a role's session",
      { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:sts::${compute}:assumed-role/app/*` } },
    ],
    [
      'an organization path by the characters of a pattern',
      { StringNotEquals: { 'aws:PrincipalOrgPaths': 'o-ours000001/*' } },
    ],
  ])('a Deny that spares only %s spares nobody', (_, condition) => {
    expect(judged([read(root(compute)), deny({ Condition: condition })]).read).toBe('not_shared');
  });

  test.each(['StringEquals', 'StringEqualsIgnoreCase'])(
    '%s of a service by the characters of a pattern',
    (operator) => {
      const condition = { [operator]: { 'kms:ViaService': 's3.*.amazonaws.com' } };
      const statement = { ...decrypt(root(sibling)), Condition: condition };
      expect(sharingBy({ Version: '2012-10-17', Statement: [statement] })).toMatchObject({
        sharing: 'not_shared',
      });
    },
  );

  test('a Deny that spares roles by a pattern spares them', () => {
    const spared = { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${compute}:role/app-*` } };
    expect(judged([read(root(compute)), deny({ Condition: spared })]).read).toBe('possible');
  });
});

describe('H. a Deny that SSE-KMS cannot avoid', () => {
  test.each([
    ['TLS', { Bool: { 'aws:SecureTransport': 'true' } }],
    ['TLS, if the key is there', { BoolIfExists: { 'aws:SecureTransport': 'true' } }],
    ['Signature Version 4', { StringEquals: { 's3:signatureversion': 'AWS4-HMAC-SHA256' } }],
  ])('%s is needed', (_, condition) => {
    expect(judged([read(root(compute)), deny({ Condition: condition })]).read).toBe('not_shared');
  });

  test('under SSE-S3 whoever reads can do without TLS; a Deny without TLS can be avoided', () => {
    const withTls = deny({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } });
    const without = deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(judged([read(root(compute)), withTls], withoutKey('aws_owned'), underS3).read).toBe(
      'no_kms_barrier',
    );
    expect(judged([read(root(compute)), without]).read).toBe('possible');
  });
});

describe('L. facts at hand', () => {
  const paths = { ...organization, memberPaths: { [compute]: 'o-ours000001/r-1/ou-1/' } };
  const anyoneOf = (path: string) =>
    read('*', { Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': path } } });

  test('the unit of an account decides aws:PrincipalOrgPaths, once the key names the account', () => {
    expect(judged([anyoneOf('o-ours000001/r-1/ou-1/*')], undefined, {}, paths).readableAccounts).toEqual([
      compute,
    ]);
    expect(judged([anyoneOf('o-ours000001/r-1/ou-2/*')], undefined, {}, paths).readableAccounts).toEqual([]);
    expect(judged([anyoneOf('o-ours000001/r-1/ou-2/*')], undefined, {}, paths).unknownAccounts).toEqual([]);
  });
});

test('14. a condition key that GetObject never carries: no reading, and writing as the writer chooses', () => {
  const { bucketPolicy } = reportOf<{ bucketPolicy: Statement }>(
    '14-condition-key-that-get-object-never-carries',
  );
  const policy = { ...bucketPolicy, Principal: { AWS: root(compute) }, Resource: 'arn:aws:s3:::lake/*' };
  expect(judged([policy])).toMatchObject({
    read: 'not_shared',
    unknownAccounts: [],
    writeAccountIds: [compute],
  });
});
