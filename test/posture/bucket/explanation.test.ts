import { expect, test } from 'vitest';
import { known, unread } from '../../../src/aws/fact.ts';
import type { BucketFacts } from '../../../src/posture/bucket/bucket-facts.ts';
import { keyNotKnown, type ResolvedKey, withoutKey } from '../../../src/posture/resource-key.ts';
import {
  awsManagedKey,
  compute,
  customerKey,
  data,
  decrypt,
  denied,
  goneKey,
  region,
  role,
  root,
  unreachableKey,
  vendor,
} from '../cross-account/cast.ts';
import { arn, block, read } from './bucket.ts';
import { explain, keyArn, rule } from './explain.ts';

const holdsFor = `this holds for objects written by account ${data} under the bucket's default, existing objects keep their own key`;
const reader = [read(role(compute))];
const contextLike = (value: string) => ({ StringLike: { 'kms:EncryptionContext:aws:s3:arn': value } });

test("the article's bucket in one sentence", () => {
  expect(explain(reader, awsManagedKey(), rule('aws:kms'))).toBe(
    `Bucket lake of account ${data}, ${region}, encrypted by default with the AWS managed key alias/aws/s3 of account ${data}: ` +
      `account ${compute} cannot read, because the policy of an AWS managed key admits its own account only (kms:CallerAccount) and nobody can change it; ${holdsFor}`,
  );
});

test('a customer managed key, two accounts, one of them below a prefix', () => {
  const policy = [...reader, read(root(vendor), { Resource: `${arn}/exports/*` })];
  expect(explain(policy, customerKey({ statements: [decrypt(role(compute))] }))).toBe(
    `Bucket lake of account ${data}, ${region}, encrypted by default with the KMS key ${keyArn}: ` +
      `account ${vendor} (only objects exports/*) cannot read, because neither the key policy nor a grant admits a principal that the bucket policy admits to kms:Decrypt through S3, ` +
      `and account ${compute} can read where IAM there allows it; ${holdsFor}`,
  );
});

test.each<[what: string, text: string, part: string]>([
  [
    'SSE-S3',
    explain(reader, withoutKey('aws_owned'), rule('AES256')),
    `with SSE-S3 (a key that AWS owns): account ${compute} meets no KMS barrier`,
  ],
  [
    'a disabled key',
    explain(reader, customerKey({ metadata: { keyState: 'Disabled' } })),
    'cannot read, because the key is in state Disabled',
  ],
  [
    'a key out of reach',
    explain(reader, unreachableKey),
    'may be able to read or not: the key in account 333344445555 could not be read: sts:AssumeRole failed with AccessDenied',
  ],
  [
    'a key policy that was denied',
    explain(reader, customerKey({ policy: 'unread' })),
    'kms:GetKeyPolicy on the key failed with AccessDeniedException',
  ],
  [
    'grants that were switched off',
    explain(reader, customerKey({ grants: 'not_asked' })),
    "the key's grants were not read (include_grants)",
  ],
  [
    'a condition',
    explain(
      [read(role(compute), { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })],
      customerKey({ statements: [decrypt(role(compute))] }),
    ),
    'conditions or policies that are not evaluated decide',
  ],
  [
    'a new algorithm',
    explain(reader, keyNotKnown('this version does not know the algorithm'), rule('aws:fsx')),
    'with aws:fsx, which this version does not know',
  ],
  [
    'encryption that was denied',
    explain(reader, keyNotKnown('the default encryption could not be read'), {
      encryption: unread(denied('s3:GetBucketEncryption')),
    }),
    'with a default that could not be read',
  ],
  [
    'a public bucket under a block',
    explain([read('*'), ...reader], customerKey(), {
      policyIsPublic: known(true),
      publicAccessBlock: known(block({ restrictPublicBuckets: true })),
    }),
    `account ${compute}, anyone cannot read, because the bucket policy is public and Block Public Access then admits only AWS services and the own account`,
  ],
  [
    "a public bucket under the account's block, which an S3 policy of the organization may have set",
    explain([read('*'), ...reader], customerKey(), {
      policyIsPublic: known(true),
      accountPublicAccessBlock: known(block({ restrictPublicBuckets: true })),
    }),
    'Block Public Access of the account (its own, or by an S3 policy of the organization) then admits only',
  ],
  [
    'a block that is not known',
    explain(reader, customerKey({ statements: [decrypt(role(compute))] }), {
      policyIsPublic: known(true),
      publicAccessBlock: unread(denied('s3:GetPublicAccessBlock')),
    }),
    'it is not known whether Block Public Access applies',
  ],
  [
    'CloudFront',
    explain([read({ Service: 'cloudfront.amazonaws.com' })], awsManagedKey(), rule('aws:kms')),
    'service cloudfront.amazonaws.com cannot read, because the policy of an AWS managed key',
  ],
  [
    'a private bucket',
    explain([], customerKey()),
    'the bucket policy admits no other account to read objects',
  ],
  [
    'a policy that was denied',
    explain([], customerKey(), { policy: unread(denied('s3:GetBucketPolicy')) }),
    'others may be admitted since the bucket policy was not read',
  ],
  [
    'a key for a part of the objects',
    explain(reader, customerKey({ statements: [decrypt(role(compute), contextLike(`${arn}/a/*`))] })),
    `account ${compute} (only objects a/*) can read`,
  ],
  [
    'a key for one object, in other letters',
    explain(
      reader,
      customerKey({
        statements: [
          decrypt(role(compute), {
            StringEqualsIgnoreCase: { 'kms:EncryptionContext:aws:s3:arn': `${arn}/a/b` },
          }),
        ],
      }),
    ),
    `account ${compute} (only objects a/b) can read`,
  ],
  [
    'a key for one object whose letters may be others',
    explain(
      reader,
      customerKey({
        statements: [
          decrypt(role(compute), {
            StringEqualsIgnoreCase: { 'kms:EncryptionContext:aws:s3:arn': `${arn}/A/b` },
          }),
        ],
      }),
    ),
    `account ${compute} (only objects A/b) can read`,
  ],
  [
    'a policy that is not understood',
    explain([...reader, { ...read(root(vendor)), Else: '1' }], awsManagedKey(), rule('aws:kms')),
    'and others may be admitted since the bucket policy was in part not understood',
  ],
  [
    'a bare alias',
    explain(reader, customerKey(), rule('aws:kms', 'alias/lake')),
    `with the KMS key alias/lake (${keyArn})`,
  ],
  [
    'a bare alias depends on the writer',
    explain(reader, customerKey(), rule('aws:kms', 'alias/lake')),
    "other writers resolve the key's name in their own account",
  ],
])('%s', (_what, text, part) => {
  expect(text).toContain(part);
});

test.each<[ownership: Partial<BucketFacts>, phrase: string | null]>([
  [{ ownership: known('BucketOwnerEnforced') }, null],
  [{ ownership: unread(denied('s3:GetBucketOwnershipControls')) }, null],
  [
    { ownership: known('ObjectWriter') },
    'under ObjectWriter the bucket policy does not govern objects that other accounts wrote: they own them',
  ],
  [{ ownership: known(null) }, 'under ObjectWriter (no ownership is set) the bucket policy does not govern'],
  [{ ownership: known('BucketOwnerPreferred') }, 'wrote without the ACL bucket-owner-full-control'],
])('object ownership %j', (ownership, phrase) => {
  const text = explain(reader, customerKey(), ownership);
  expect(text.includes('does not govern')).toBe(phrase !== null);
  expect(text).toContain(phrase ?? '');
});

test('a key that is named without its prefix', () => {
  const named = rule('aws:kms', 'aws/s3');
  const text = explain(
    reader,
    { ...goneKey, key: { state: 'gone', problem: '"aws/s3" names no KMS key' } },
    named,
  );
  expect(text).toContain(
    `encrypted by default with "aws/s3", which names no KMS key: account ${compute} cannot read, because "aws/s3" names no KMS key`,
  );
});

test.each<[what: string, key: ResolvedKey, phrase: string]>([
  [
    'an asymmetric key',
    customerKey({ metadata: { keySpec: 'RSA_2048' } }),
    'cannot read, because the key is of spec RSA_2048, and only symmetric encryption keys serve',
  ],
  [
    'a key for signatures',
    customerKey({ metadata: { keyUsage: 'SIGN_VERIFY' } }),
    'cannot read, because the key is for SIGN_VERIFY, and only symmetric encryption keys serve',
  ],
  [
    'a spec of later',
    customerKey({ metadata: { keySpec: 'NEW_1' }, statements: [decrypt(role(compute))] }),
    "may be able to read or not: this version does not know the key's spec NEW_1",
  ],
  [
    'no spec answered',
    customerKey({ metadata: { keySpec: null }, statements: [decrypt(role(compute))] }),
    "may be able to read or not: the key's spec is not known",
  ],
  [
    'a key that was not described',
    customerKey({ metadata: 'unread', statements: [decrypt(role(compute))] }),
    "may be able to read or not: the key's state is not known",
  ],
])('%s', (_what, key, phrase) => {
  expect(explain(reader, key)).toContain(phrase);
});

test('of two prefixes it names the one that the key lets in', () => {
  const policy = [read(role(compute), { Resource: [`${arn}/exports/*`, `${arn}/reports/*`] })];
  const key = customerKey({
    statements: [
      decrypt(role(compute), { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `${arn}/exports/*` } }),
    ],
  });
  expect(explain(policy, key)).toContain(`account ${compute} (only objects exports/*) can read`);
});

test('access points of another account', () => {
  const policy = [read('*', { Condition: { StringEquals: { 's3:DataAccessPointAccount': vendor } } })];
  expect(explain(policy, customerKey({ statements: [decrypt('*')] }))).toContain(
    `whom access points of account ${vendor} admit may be able to read or not: conditions or policies that are not evaluated decide`,
  );
});

test.each<[rcp: boolean | null, scp: boolean | null, isSaid: boolean]>([
  [true, false, true],
  [false, true, true],
  [null, null, true],
  [false, false, false],
])('resource control policies %s, service control policies %s: said %s', (rcp, scp, isSaid) => {
  const switches = { resourceControlPoliciesEnabled: rcp, serviceControlPoliciesEnabled: scp };
  const text = explain(reader, customerKey(), {}, switches);
  expect(text.endsWith('; organization policies not evaluated')).toBe(isSaid);
});

test('of a whole bucket it names the part that the key lets in', () => {
  const context = { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `${arn}/exports/*` } };
  const key = customerKey({ statements: [decrypt(root(compute), context)] });
  expect(explain([read(root(compute))], key)).toContain(
    `account ${compute} (only objects exports/*) can read`,
  );
});
