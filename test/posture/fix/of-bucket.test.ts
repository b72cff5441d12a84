import { describe, expect, test } from 'vitest';
import { known } from '../../../src/aws/fact.ts';
import { bucketPosture } from '../../../src/posture/bucket/posture.ts';
import { bucketVerdict } from '../../../src/posture/bucket/verdict.ts';
import type { Fix } from '../../../src/posture/fix/fix.ts';
import { fixOfBucket } from '../../../src/posture/fix/of-bucket.ts';
import type { ResolvedKey } from '../../../src/posture/resource-key.ts';
import { withoutKey } from '../../../src/posture/resource-key.ts';
import { arn, bucketFacts, read } from '../bucket/bucket.ts';
import { bucketKey, byOrganization, cloudFront, distribution, restricted } from '../bucket/cases/case.ts';
import {
  awsManagedKey,
  compute,
  customerKey,
  data,
  decrypt,
  goneKey,
  keyWith,
  organization,
  ours,
  policyOf,
  role,
  root,
  type Statement,
  third,
  unreachableKey,
  vendor,
} from '../cross-account/cast.ts';

const key = `arn:aws:kms:eu-west-1:${data}:key/k`;

function fixesOf(
  policy: readonly Statement[],
  resolved: ResolvedKey,
  bucket: object = {},
): { unlock: readonly Fix[]; takeAway: readonly Fix[] } | null {
  const posture = bucketPosture({ ...bucketFacts({}, policy), ...bucket }, organization);
  const fixes = fixOfBucket(posture, bucketVerdict(posture, resolved), resolved);
  return (
    fixes && {
      unlock: fixes.filter(({ purpose }) => purpose === 'unlock'),
      takeAway: fixes.filter(({ purpose }) => purpose === 'take_away'),
    }
  );
}

const statements = (fixes: readonly Fix[] | undefined) =>
  fixes?.flatMap(({ steps }) => steps.map(({ statement }) => statement));
const kinds = (fixes: readonly Fix[] | undefined) =>
  fixes?.map((fix) => [fix.for, fix.steps.map(({ kind }) => kind)]);
const whys = (fixes: readonly Fix[] | undefined) =>
  fixes?.flatMap(({ steps }) => steps.map(({ why }) => why)).join(' ');

/** Decrypt for this bucket's objects by S3 alone. */
const opening = (principal: object, context: string | readonly string[] = 'arn:aws:s3:::lake/*') => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'kms:Decrypt',
  Resource: '*',
  Condition: {
    StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
    StringLike: { 'kms:EncryptionContext:aws:s3:arn': context },
  },
});

describe('nothing is to be fixed', () => {
  test.each([
    ['nobody is let in', [], customerKey(), {}],
    ['whoever is let in can', [read(role(compute))], keyWith(decrypt(role(compute))), {}],
    ['no KMS key', [read(role(compute))], withoutKey('aws_owned'), {}],
    ['it is not known whether anybody is locked out', [read(role(compute))], unreachableKey, {}],
  ])('%s', (_what, policy, resolved, bucket) => {
    expect(fixesOf(policy, resolved, bucket)).toBeNull();
  });
});

describe('the key policy admits nobody: the least statement', () => {
  test.each<[string, readonly Statement[], object, object]>([
    ['a role', [read(role(compute))], {}, opening({ AWS: role(compute) })],
    ['an account', [read(root(compute))], {}, opening({ AWS: root(compute) })],
    [
      'two accounts that are let in alike: one statement',
      [read({ AWS: [root(compute), root(vendor)] })],
      {},
      opening({ AWS: [root(compute), root(vendor)] }),
    ],
    [
      'a part of the bucket',
      [read(role(compute), { Resource: 'arn:aws:s3:::lake/data/*' })],
      {},
      opening({ AWS: role(compute) }, 'arn:aws:s3:::lake/data/*'),
    ],
    [
      'two parts of the bucket',
      [read(role(compute), { Resource: ['arn:aws:s3:::lake/data/*', 'arn:aws:s3:::lake/logs/*'] })],
      {},
      opening({ AWS: role(compute) }, ['arn:aws:s3:::lake/data/*', 'arn:aws:s3:::lake/logs/*']),
    ],
    [
      'a Resource that reaches other buckets by its wildcard',
      [read(role(compute), { Resource: 'arn:aws:s3:::lake*' })],
      {},
      opening({ AWS: role(compute) }),
    ],
    [
      'roles of any name in an account',
      [read({ AWS: root(compute) }, { Condition: { ArnLike: { 'aws:PrincipalArn': role(compute, '*') } } })],
      {},
      {
        ...opening({ AWS: root(compute) }),
        Condition: {
          ...opening({}).Condition,
          ArnLike: { 'aws:PrincipalArn': role(compute, '*') },
        },
      },
    ],
    [
      'an organization',
      [read('*', byOrganization(ours))],
      {},
      {
        ...opening({ AWS: '*' }),
        Condition: {
          ...opening({}).Condition,
          StringEquals: { ...opening({}).Condition.StringEquals, 'aws:PrincipalOrgID': ours },
        },
      },
    ],
    [
      'with a bucket key S3 sends the ARN of the bucket',
      [read(role(compute))],
      bucketKey,
      {
        ...opening({ AWS: role(compute) }),
        Condition: {
          StringEquals: {
            'kms:ViaService': 's3.eu-west-1.amazonaws.com',
            'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::lake',
          },
        },
      },
    ],
    [
      'a writer: parts of a multipart upload are decrypted, too',
      [read(role(compute), { Action: 's3:PutObject' })],
      {},
      { ...opening({ AWS: role(compute) }), Action: ['kms:Decrypt', 'kms:GenerateDataKey'] },
    ],
    [
      'a service for its source: it calls as itself, through no service',
      [read(cloudFront(), distribution('D1'))],
      {},
      {
        ...opening(cloudFront()),
        Condition: {
          StringLike: opening({}).Condition.StringLike,
          ArnLike: { 'aws:SourceArn': `arn:aws:cloudfront::${data}:distribution/D1` },
        },
      },
    ],
  ])('%s', (_what, policy, bucket, statement) => {
    const fixes = fixesOf(policy, customerKey(), bucket);
    expect(statements(fixes?.unlock)).toEqual([statement]);
    expect(fixes?.unlock[0]?.steps[0]).toMatchObject({
      kind: 'key_policy_statement',
      on: key,
      command: expect.stringContaining(
        `aws kms put-key-policy --region eu-west-1 --key-id ${key} --policy-name default`,
      ),
    });
  });

  test('who is let in otherwise has a statement of its own', () => {
    const policy = [read(root(compute)), read(root(vendor), { Action: 's3:PutObject' })];
    const fixes = fixesOf(policy, customerKey());
    expect(fixes?.unlock.map((fix) => fix.for)).toEqual([[`account ${compute}`], [`account ${vendor}`]]);
  });

  test.each<[string, readonly Statement[], RegExp]>([
    ['anyone', [read('*')], /open to every AWS account/],
    [
      'an identity of CloudFront',
      [read('arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1')],
      /origin access control/,
    ],
  ])('%s: none, and why', (_what, policy, why) => {
    const fixes = fixesOf(policy, customerKey());
    expect(statements(fixes?.unlock)).toEqual([null]);
    expect(whys(fixes?.unlock)).toMatch(why);
  });

  test('a Deny of the key policy is named, and no statement is proposed that it would beat', () => {
    const deny = { ...decrypt(root(compute)), Effect: 'Deny', Sid: 'KeepOut' };
    const fixes = fixesOf([read({ AWS: [root(compute), root(vendor)] })], keyWith(deny));
    expect(statements(fixes?.unlock)).toEqual([opening({ AWS: root(vendor) }), null]);
    expect(whys(fixes?.unlock)).toContain('statement KeepOut of the key policy');
  });

  test('a key of another account is changed there', () => {
    const fixes = fixesOf([read(role(compute))], customerKey({ account: third }));
    expect(whys(fixes?.unlock)).toContain(`The key policy of account ${third}`);
  });
});

describe('no room in the key policy', () => {
  const many = Array.from({ length: 200 }, (_, i) => ({
    ...decrypt(root(data)),
    Sid: `s${i}`.padEnd(60, 'x'),
  }));
  const full = customerKey({ statements: many });

  test('room without white space alone is told', () => {
    const text = policyOf({ ...decrypt(root(data)), Sid: 'own' });
    const fixes = fixesOf([read(role(compute))], customerKey({ text: text.padEnd(32_700) }));
    expect(statements(fixes?.unlock)).toEqual([opening({ AWS: role(compute) })]);
    expect(whys(fixes?.unlock)).toContain('without white space between');
    expect(whys(fixesOf([read(role(compute))], customerKey({ text }))?.unlock)).not.toContain('white space');
  });

  test('a grant for each, tied to the bucket where it has a bucket key', () => {
    const fixes = fixesOf([read(role(compute))], full, bucketKey);
    const constraints = { EncryptionContextSubset: { 'aws:s3:arn': 'arn:aws:s3:::lake' } };
    expect(statements(fixes?.unlock)).toEqual([
      null,
      { GranteePrincipal: role(compute), Operations: ['Decrypt'], Constraints: constraints },
    ]);
    expect(fixes?.unlock[0]?.steps[1]?.command).toBe(
      `aws kms create-grant --region eu-west-1 --key-id ${key} --grantee-principal ${role(compute)} --operations Decrypt --constraints '${JSON.stringify(constraints)}'`,
    );
    expect(whys(fixes?.unlock)).toContain('32,768 bytes');
  });

  test('no grant where it could not be tied to the bucket', () => {
    const fixes = fixesOf([read(role(compute))], full);
    expect(statements(fixes?.unlock)).toEqual([null, null]);
    expect(whys(fixes?.unlock)).toContain('with a bucket key it can');
  });

  test('no grant to whom a Deny keeps out', () => {
    const deny = { ...decrypt(root(compute)), Effect: 'Deny', Sid: 'KeepOut' };
    const fixes = fixesOf([read(role(compute))], customerKey({ statements: [...many, deny] }), bucketKey);
    expect(kinds(fixes?.unlock)).toEqual([[[`account ${compute}`], ['key_policy_statement']]]);
    expect(whys(fixes?.unlock)).toContain('statement KeepOut of the key policy');
  });

  test('many accounts: names, grants and bytes are bounded', () => {
    const accounts = Array.from({ length: 1500 }, (_, i) => root(String(700000000000 + i)));
    const fixes = fixesOf([read({ AWS: accounts })], customerKey(), bucketKey);
    expect(fixes?.unlock[0]?.parties).toBe(1500);
    expect(fixes?.unlock[0]?.for).toHaveLength(100);
    expect(fixes?.unlock[0]?.steps.filter(({ statement }) => statement !== null)).toHaveLength(10);
    expect(JSON.stringify(fixes).length).toBeLessThan(32_768);
  });
});

describe('other verdicts', () => {
  test.each<[string, readonly Statement[], ResolvedKey, object, readonly (readonly string[])[]]>([
    [
      'an AWS managed key',
      [read(role(compute))],
      awsManagedKey(),
      {},
      [['replace_key', 'bucket_default', 'existing_objects']],
    ],
    [
      'a key that is gone',
      [read(role(compute))],
      goneKey,
      {},
      [['replace_key', 'bucket_default', 'existing_objects']],
    ],
    [
      'a disabled key that admits them',
      [read(role(compute))],
      customerKey({ statements: [decrypt(role(compute))], metadata: { keyState: 'Disabled' } }),
      {},
      [['enable_key']],
    ],
    [
      'a disabled key that does not admit them, either',
      [read(role(compute))],
      customerKey({ metadata: { keyState: 'Disabled' } }),
      {},
      [['enable_key', 'key_policy_statement']],
    ],
    [
      'an asymmetric key',
      [read(role(compute))],
      customerKey({ metadata: { keySpec: 'RSA_2048' } }),
      {},
      [['replace_key', 'bucket_default', 'existing_objects']],
    ],
    [
      'Block Public Access',
      [read(role(compute)), read('*')],
      keyWith(decrypt('*')),
      { ...restricted, policyIsPublic: known(true) },
      [['public_access_block']],
    ],
  ])('%s', (_what, policy, resolved, bucket, steps) => {
    const fixes = fixesOf(policy, resolved, bucket);
    expect(fixes?.unlock.map((fix) => fix.steps.map(({ kind }) => kind))).toEqual(steps);
  });

  test('pending deletion is cancelled, and the key is disabled then', () => {
    const resolved = customerKey({
      statements: [decrypt(role(compute))],
      metadata: { keyState: 'PendingDeletion' },
    });
    const [fix] = fixesOf([read(role(compute))], resolved)?.unlock ?? [];
    expect(fix?.steps[0]?.command).toBe(
      `aws kms cancel-key-deletion --region eu-west-1 --key-id ${key}\naws kms enable-key --region eu-west-1 --key-id ${key}`,
    );
  });

  test('a new key: its policy, the default of the bucket, and what cannot be moved', () => {
    const [fix] = fixesOf([read(role(compute))], awsManagedKey())?.unlock ?? [];
    expect(fix?.steps[0]?.statement).toMatchObject({
      Statement: [{ Principal: { AWS: root(data) }, Action: 'kms:*' }, opening({ AWS: role(compute) })],
    });
    expect(fix?.steps[1]?.command).toBe(
      `aws s3api put-bucket-encryption --region eu-west-1 --bucket lake --server-side-encryption-configuration '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"'"$KEY_ARN"'"},"BucketKeyEnabled":false}]}'`,
    );
    expect(fix?.steps[0]?.why).toContain(
      'own account then need the actions on the key by their IAM policies',
    );
    expect(fix?.steps[2]?.why).toMatch(/DSSE-KMS or SSE-C/);
    const [ofGone] = fixesOf([read(role(compute))], goneKey)?.unlock ?? [];
    expect(ofGone?.steps[0]?.why).not.toContain('IAM policies');
  });

  test('server access logs reach no bucket under KMS', () => {
    const policy = [read({ Service: 'logging.s3.amazonaws.com' }, { Action: 's3:PutObject' })];
    expect(whys(fixesOf(policy, customerKey())?.unlock)).toContain('under SSE-S3 only');
  });
});

describe('the share is not wanted', () => {
  test.each<[string, readonly Statement[], ResolvedKey, readonly unknown[]]>([
    [
      'a statement for those who are locked out',
      [read(role(compute))],
      customerKey(),
      [{ index: 0, sid: null }],
    ],
    [
      'a statement for them and others: their principals',
      [read({ AWS: [root(compute), root(vendor)] })],
      keyWith(decrypt(root(vendor))),
      [{ index: 0, sid: null, principals: [root(compute)] }],
    ],
    [
      'two statements',
      [read(role(compute)), read(root(data)), read(root(compute), { Sid: 'all' })],
      customerKey(),
      [
        { index: 0, sid: null },
        { index: 2, sid: 'all' },
      ],
    ],
    [
      'a statement that lets others list the bucket stays',
      [
        read(root(compute)),
        {
          ...read('*', {
            Condition: { StringEquals: { 'aws:PrincipalAccount': [compute, third] } },
          }),
          Action: 's3:ListBucket',
          Resource: 'arn:aws:s3:::lake',
        },
      ],
      customerKey(),
      [null],
    ],
    [
      'who can write is not taken out',
      [read(root(compute), { Action: ['s3:GetObject', 's3:PutObject'] })],
      keyWith({ ...decrypt(root(compute)), Action: 'kms:GenerateDataKey' }),
      [],
    ],
  ])('%s', (_what, policy, resolved, expected) => {
    expect(statements(fixesOf(policy, resolved)?.takeAway)).toEqual(expected);
  });

  test('the last statement goes with its policy', () => {
    const [fix] = fixesOf([read(role(compute))], customerKey())?.takeAway ?? [];
    expect(fix?.steps[0]?.command).toBe('aws s3api delete-bucket-policy --region eu-west-1 --bucket lake');
  });

  test('a statement that lets in others by the same principal is narrowed by hand', () => {
    const fixes = fixesOf([read('*', byOrganization(ours))], keyWith(decrypt(root(third))));
    expect(kinds(fixes?.takeAway)).toEqual([[[`organization ${ours}`], ['remove_statement']]]);
    expect(statements(fixes?.takeAway)).toEqual([null]);
  });

  test('what is narrowed by hand is named, and no statement beside it', () => {
    const byAccounts = { StringEquals: { 'aws:PrincipalAccount': [compute, third] } };
    const list = { Action: 's3:ListBucket', Resource: arn, Condition: byAccounts };
    const policy = [read(root(compute)), read('*', list)];
    expect(whys(fixesOf(policy, customerKey())?.takeAway)).toContain('statement 1 lets in others');
  });
});
