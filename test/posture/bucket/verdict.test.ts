import { describe, expect, test } from 'vitest';
import { known, unread } from '../../../src/aws/fact.ts';
import type { BucketFacts } from '../../../src/posture/bucket/bucket-facts.ts';
import { bucketPosture, bucketVerdict } from '../../../src/posture/bucket/verdict.ts';
import { type PartyLists, partyLists } from '../../../src/posture/cross-account/party-lists.ts';
import type { CrossAccountUse } from '../../../src/posture/cross-account/use.ts';
import { keyNotKnown, type ResolvedKey, withoutKey } from '../../../src/posture/resource-key.ts';
import {
  awsManagedKey,
  compute,
  customerKey,
  data,
  decrypt,
  denied,
  goneKey,
  grantTo,
  organization,
  ours,
  region,
  role,
  root,
  type Statement,
  theirs,
  third,
  unreachableKey,
  vendor,
} from '../cross-account/cast.ts';
import { arn, block, bucketFacts, read } from './bucket.ts';

type Case = [
  what: string,
  policy: readonly Statement[],
  key: ResolvedKey,
  expected: { read: CrossAccountUse } & Partial<PartyLists>,
  bucket?: Partial<BucketFacts>,
];

const reader = role(compute);
const readers = [read(reader)];
const admitting = customerKey({ statements: [decrypt(reader)] });
const restricted = { publicAccessBlock: known(block({ restrictPublicBuckets: true })) };
const sseS3: Partial<BucketFacts> = {
  encryption: known({
    sseAlgorithm: 'AES256',
    kmsMasterKeyId: null,
    bucketKeyEnabled: false,
    blockedEncryptionTypes: null,
  }),
};
const bucketKey: Partial<BucketFacts> = {
  encryption: known({
    sseAlgorithm: 'aws:kms',
    kmsMasterKeyId: `arn:aws:kms:${region}:${data}:key/k`,
    bucketKeyEnabled: true,
    blockedEncryptionTypes: null,
  }),
};
const readable = { readableAccounts: [compute], blockedAccounts: [], unknownAccounts: [] };
const blocked = { readableAccounts: [], blockedAccounts: [compute], unknownAccounts: [] };
const unknown = { readableAccounts: [], blockedAccounts: [], unknownAccounts: [compute] };

const whole: readonly [string, readonly Case[]][] = [
  [
    'the article',
    [
      [
        'aws/s3: its policy admits its own account only',
        readers,
        awsManagedKey(),
        { read: 'blocked_by_aws_managed_key', ...blocked },
      ],
      ['a customer managed key that admits the role', readers, admitting, { read: 'possible', ...readable }],
      [
        'a customer managed key that admits nobody else',
        readers,
        customerKey(),
        { read: 'blocked_by_key_policy', ...blocked },
      ],
      ['SSE-S3', readers, withoutKey('aws_owned'), { read: 'no_kms_barrier', ...readable }, sseS3],
      ['nobody is let in', [], admitting, { read: 'not_shared', readableAccounts: [], blockedAccounts: [] }],
      ['only the own account is let in', [read(root(data))], awsManagedKey(), { read: 'not_shared' }],
      [
        'let in to write only',
        [read(reader, { Action: 's3:PutObject' })],
        awsManagedKey(),
        { read: 'not_shared' },
      ],
    ],
  ],
  [
    'the state of the key comes before its policy',
    [
      [
        'disabled',
        readers,
        customerKey({ metadata: { keyState: 'Disabled' }, statements: [decrypt(reader)] }),
        { read: 'blocked_by_key_state', ...blocked },
      ],
      [
        'pending deletion',
        readers,
        customerKey({ metadata: { keyState: 'PendingDeletion' }, statements: [decrypt(reader)] }),
        { read: 'blocked_by_key_state', ...blocked },
      ],
      [
        'pending import',
        readers,
        customerKey({ metadata: { keyState: 'PendingImport' } }),
        { read: 'blocked_by_key_state', ...blocked },
      ],
      [
        'key store unavailable',
        readers,
        customerKey({ metadata: { keyState: 'Unavailable' } }),
        { read: 'blocked_by_key_state', ...blocked },
      ],
      ['deleted', readers, goneKey, { read: 'blocked_by_key_state', ...blocked }],
      [
        'primary region being moved: still usable',
        readers,
        customerKey({ metadata: { keyState: 'Updating' }, statements: [decrypt(reader)] }),
        { read: 'possible', ...readable },
      ],
      [
        'a state that came later',
        readers,
        customerKey({ metadata: { keyState: 'Frozen' }, statements: [decrypt(reader)] }),
        { read: 'unknown', ...unknown },
      ],
      [
        'state not read, but the policy admits nobody',
        readers,
        customerKey({ metadata: 'unread' }),
        { read: 'blocked_by_key_policy', ...blocked },
      ],
      [
        'state not read',
        readers,
        customerKey({ metadata: 'unread', statements: [decrypt(reader)] }),
        { read: 'unknown', ...unknown },
      ],
    ],
  ],
  [
    'one principal must be admitted by both',
    [
      [
        'different roles',
        readers,
        customerKey({ statements: [decrypt(role(compute, 'etl'))] }),
        { read: 'blocked_by_key_policy', ...blocked },
      ],
      [
        'bucket names the role, key the account',
        readers,
        customerKey({ statements: [decrypt(root(compute))] }),
        { read: 'possible', ...readable },
      ],
      [
        'bucket names the account, key the role',
        [read(root(compute))],
        admitting,
        { read: 'possible', ...readable },
      ],
      [
        'both name the account',
        [read(compute)],
        customerKey({ statements: [decrypt(compute)] }),
        { read: 'possible', ...readable },
      ],
      [
        'key admits by kms:CallerAccount',
        readers,
        customerKey({ statements: [decrypt('*', { StringEquals: { 'kms:CallerAccount': compute } })] }),
        { read: 'possible', ...readable },
      ],
      [
        'key admits by aws:PrincipalArn, another role',
        readers,
        customerKey({
          statements: [decrypt(root(compute), { ArnLike: { 'aws:PrincipalArn': role(compute, 'etl-*') } })],
        }),
        { read: 'blocked_by_key_policy', ...blocked },
      ],
      [
        'key admits the organization',
        readers,
        customerKey({ statements: [decrypt('*', { StringEquals: { 'aws:PrincipalOrgID': ours } })] }),
        { read: 'possible', ...readable },
      ],
      [
        'key admits another organization',
        readers,
        customerKey({ statements: [decrypt('*', { StringEquals: { 'aws:PrincipalOrgID': theirs } })] }),
        { read: 'blocked_by_key_policy', ...blocked },
      ],
      [
        'key lets the role encrypt only',
        readers,
        customerKey({ statements: [{ ...decrypt(reader), Action: 'kms:Encrypt' }] }),
        { read: 'blocked_by_key_policy', ...blocked },
      ],
      [
        'key denies the role',
        readers,
        customerKey({ statements: [decrypt(root(compute)), { ...decrypt(reader), Effect: 'Deny' }] }),
        { read: 'blocked_by_key_policy', ...blocked },
      ],
      [
        'bucket denies the role',
        [...readers, read(reader, { Effect: 'Deny' })],
        admitting,
        { read: 'not_shared' },
      ],
      [
        'the session of the role that the key names',
        [read(`arn:aws:sts::${compute}:assumed-role/analytics/job`)],
        admitting,
        { read: 'possible', ...readable },
      ],
      [
        'key under a condition on the network',
        readers,
        customerKey({ statements: [decrypt(reader, { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })] }),
        { read: 'unknown', ...unknown },
      ],
      [
        'bucket under a condition on the network',
        [read(reader, { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } })],
        admitting,
        { read: 'unknown', ...unknown },
      ],
    ],
  ],
  [
    'through S3, with the encryption context that S3 sends',
    [
      [
        'kms:ViaService of S3 here',
        readers,
        customerKey({
          statements: [decrypt(reader, { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } })],
        }),
        { read: 'possible', ...readable },
      ],
      [
        'kms:ViaService of another service',
        readers,
        customerKey({
          statements: [
            decrypt(reader, { StringEquals: { 'kms:ViaService': `ec2.${region}.amazonaws.com` } }),
          ],
        }),
        { read: 'blocked_by_key_policy', ...blocked },
      ],
      [
        'kms:ViaService of S3 in another region',
        readers,
        customerKey({
          statements: [decrypt(reader, { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } })],
        }),
        { read: 'blocked_by_key_policy', ...blocked },
      ],
      [
        "context: this bucket's objects",
        readers,
        customerKey({
          statements: [decrypt(reader, { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `${arn}/*` } })],
        }),
        { read: 'possible', ...readable },
      ],
      [
        "context: another bucket's objects",
        readers,
        customerKey({
          statements: [
            decrypt(reader, { StringLike: { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::other/*' } }),
          ],
        }),
        { read: 'blocked_by_key_policy', ...blocked },
      ],
      [
        'context: the bucket, without a bucket key',
        readers,
        customerKey({
          statements: [decrypt(reader, { StringEquals: { 'kms:EncryptionContext:aws:s3:arn': arn } })],
        }),
        { read: 'blocked_by_key_policy', ...blocked },
      ],
      [
        'context: the bucket, with a bucket key',
        readers,
        customerKey({
          statements: [decrypt(reader, { StringEquals: { 'kms:EncryptionContext:aws:s3:arn': arn } })],
        }),
        { read: 'possible', ...readable },
        bucketKey,
      ],
      [
        'context: the objects, with a bucket key',
        readers,
        customerKey({
          statements: [decrypt(reader, { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `${arn}/*` } })],
        }),
        { read: 'blocked_by_key_policy', ...blocked },
        bucketKey,
      ],
      [
        'context: the prefix that the bucket shares',
        [read(reader, { Resource: `${arn}/exports/*` })],
        customerKey({
          statements: [
            decrypt(reader, { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `${arn}/exports/*` } }),
          ],
        }),
        { read: 'possible', ...readable },
      ],
      [
        'context: another prefix than the bucket shares',
        [read(reader, { Resource: `${arn}/exports/*` })],
        customerKey({
          statements: [
            decrypt(reader, { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `${arn}/raw/*` } }),
          ],
        }),
        { read: 'blocked_by_key_policy', ...blocked },
      ],
      [
        'context: a part of what the bucket shares',
        readers,
        customerKey({
          statements: [
            decrypt(reader, { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `${arn}/exports/*` } }),
          ],
        }),
        { read: 'unknown', ...unknown },
      ],
    ],
  ],
  [
    'grants count',
    [
      [
        'a grant only',
        readers,
        customerKey({ grants: [grantTo(reader)] }),
        { read: 'possible', ...readable },
      ],
      [
        'a grant to another role',
        readers,
        customerKey({ grants: [grantTo(role(compute, 'etl'))] }),
        { read: 'blocked_by_key_policy', ...blocked },
      ],
      [
        'a grant to encrypt only',
        readers,
        customerKey({ grants: [grantTo(reader, { operations: ['Encrypt'] })] }),
        { read: 'blocked_by_key_policy', ...blocked },
      ],
      [
        'a grant that the role may only retire',
        readers,
        customerKey({ grants: [grantTo(role(data), { retiringPrincipal: reader })] }),
        { read: 'blocked_by_key_policy', ...blocked },
      ],
      [
        'a grant for this bucket, with a bucket key',
        readers,
        customerKey({
          grants: [grantTo(reader, { constraints: { EncryptionContextSubset: { 'aws:s3:arn': arn } } })],
        }),
        { read: 'possible', ...readable },
        bucketKey,
      ],
      [
        'a grant for another data set',
        readers,
        customerKey({
          grants: [grantTo(reader, { constraints: { EncryptionContextSubset: { dataset: 'public' } } })],
        }),
        { read: 'blocked_by_key_policy', ...blocked },
      ],
      [
        'a grant beaten by a Deny of the key policy',
        readers,
        customerKey({ statements: [{ ...decrypt(reader), Effect: 'Deny' }], grants: [grantTo(reader)] }),
        { read: 'blocked_by_key_policy', ...blocked },
      ],
      [
        'grants denied, policy admits nobody',
        readers,
        customerKey({ grants: 'unread' }),
        { read: 'unknown', ...unknown },
      ],
      [
        'grants switched off, policy admits nobody',
        readers,
        customerKey({ grants: 'not_asked' }),
        { read: 'unknown', ...unknown },
      ],
      [
        'grants switched off, policy admits the role',
        readers,
        customerKey({ statements: [decrypt(reader)], grants: 'not_asked' }),
        { read: 'possible', ...readable },
      ],
    ],
  ],
  [
    'what is not known of the key',
    [
      ['key out of reach', readers, unreachableKey, { read: 'unknown', ...unknown }],
      ['key policy denied', readers, customerKey({ policy: 'unread' }), { read: 'unknown', ...unknown }],
      [
        'key policy denied, a grant admits: a Deny may beat it',
        readers,
        customerKey({ policy: 'unread', grants: [grantTo(reader)] }),
        { read: 'unknown', ...unknown },
      ],
      [
        'key policy not understood',
        readers,
        customerKey({ text: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow"}]}' }),
        { read: 'unknown', ...unknown },
      ],
      [
        'encryption denied',
        readers,
        keyNotKnown('the default encryption could not be read'),
        { read: 'unknown', ...unknown },
      ],
    ],
  ],
  [
    'keys of other accounts',
    [
      [
        'a key of a third account that admits the role',
        readers,
        customerKey({ account: third, statements: [decrypt(reader)] }),
        { read: 'possible', ...readable },
      ],
      [
        'a key of a third account that does not',
        readers,
        customerKey({ account: third }),
        { read: 'blocked_by_key_policy', ...blocked },
      ],
      [
        "the reader's own key: its IAM decides",
        readers,
        customerKey({ account: compute }),
        { read: 'possible', ...readable },
      ],
      [
        "the reader's own key, without IAM",
        readers,
        customerKey({ account: compute, text: '{"Version":"2012-10-17","Statement":[]}' }),
        { read: 'blocked_by_key_policy', ...blocked },
      ],
      [
        "the reader's own key, disabled",
        readers,
        customerKey({ account: compute, metadata: { keyState: 'Disabled' } }),
        { read: 'blocked_by_key_state', ...blocked },
      ],
    ],
  ],
  [
    'several accounts',
    [
      [
        'one can, one cannot',
        [read(reader), read(root(vendor))],
        admitting,
        {
          read: 'partly_blocked',
          readableAccounts: [compute],
          blockedAccounts: [vendor],
          unknownAccounts: [],
        },
      ],
      [
        'both can',
        [read(reader), read(root(vendor))],
        customerKey({ statements: [decrypt(reader), decrypt(root(vendor))] }),
        { read: 'possible', readableAccounts: [compute, vendor] },
      ],
      [
        'neither can',
        [read(reader), read(root(vendor))],
        customerKey(),
        { read: 'blocked_by_key_policy', blockedAccounts: [compute, vendor] },
      ],
      [
        'one can, of the other it is not known',
        [read(reader), read(root(vendor))],
        customerKey({
          statements: [
            decrypt(reader),
            decrypt(root(vendor), { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }),
          ],
        }),
        { read: 'unknown', readableAccounts: [compute], unknownAccounts: [vendor] },
      ],
      [
        'one cannot, of the other it is not known',
        [read(reader), read(root(vendor))],
        customerKey({ statements: [decrypt(root(vendor), { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })] }),
        { read: 'blocked_by_key_policy', blockedAccounts: [compute], unknownAccounts: [vendor] },
      ],
    ],
  ],
  [
    'an organization, or anyone',
    [
      [
        'bucket and key admit the organization',
        [read('*', byOrganization(ours))],
        customerKey({ statements: [decrypt('*', byOrganization(ours).Condition)] }),
        { read: 'possible', blockedOrganizations: [] },
      ],
      [
        'bucket admits the organization, key nobody',
        [read('*', byOrganization(ours))],
        customerKey(),
        { read: 'blocked_by_key_policy', blockedOrganizations: [ours] },
      ],
      [
        'bucket admits the organization, aws/s3',
        [read('*', byOrganization(ours))],
        awsManagedKey(),
        { read: 'blocked_by_aws_managed_key', blockedOrganizations: [ours] },
      ],
      [
        'bucket admits the organization, key one role of it',
        [read('*', byOrganization(ours))],
        admitting,
        { read: 'partly_blocked', readableAccounts: [compute], blockedOrganizations: [ours] },
      ],
      [
        'bucket admits the organization, key one account outside of it',
        [read('*', byOrganization(ours))],
        customerKey({ statements: [decrypt(root(vendor))] }),
        { read: 'blocked_by_key_policy', readableAccounts: [], blockedOrganizations: [ours] },
      ],
      [
        'bucket admits the organization, key of a member: its own account can',
        [read('*', byOrganization(ours))],
        customerKey({ account: third }),
        { read: 'partly_blocked', readableAccounts: [third], blockedOrganizations: [ours] },
      ],
      [
        'bucket admits anyone, key nobody else',
        [read('*')],
        customerKey(),
        { read: 'blocked_by_key_policy', blockedAnyone: true },
      ],
      [
        'bucket admits anyone, key one role',
        [read('*')],
        admitting,
        { read: 'partly_blocked', readableAccounts: [compute], blockedAnyone: true },
      ],
      [
        'bucket admits anyone, key the organization',
        [read('*')],
        customerKey({ statements: [decrypt('*', byOrganization(ours).Condition)] }),
        { read: 'partly_blocked', blockedAnyone: true, blockedOrganizations: [] },
      ],
      [
        'bucket and key admit anyone',
        [read('*')],
        customerKey({ statements: [decrypt('*')] }),
        { read: 'possible', blockedAnyone: false },
      ],
      [
        'bucket admits anyone, SSE-S3',
        [read('*')],
        withoutKey('aws_owned'),
        { read: 'no_kms_barrier', blockedAnyone: false },
        sseS3,
      ],
      ['nobody speaks of anyone', readers, admitting, { read: 'possible', blockedAnyone: null }],
    ],
  ],
  [
    'Block Public Access',
    [
      [
        'public statement, restricted: named accounts too',
        [read('*'), ...readers],
        admitting,
        { read: 'blocked_by_public_access_block', blockedAccounts: [compute], blockedAnyone: true },
        { ...restricted, policyIsPublic: known(true) },
      ],
      [
        'public statement, restricted, SSE-S3',
        [read('*'), ...readers],
        withoutKey('aws_owned'),
        { read: 'blocked_by_public_access_block', ...blocked },
        { ...sseS3, ...restricted, policyIsPublic: known(true) },
      ],
      [
        'it comes before the AWS managed key',
        [read('*'), ...readers],
        awsManagedKey(),
        { read: 'blocked_by_public_access_block', ...blocked },
        { ...restricted, policyIsPublic: known(true) },
      ],
      [
        'public statement, not restricted',
        [read('*'), ...readers],
        admitting,
        { read: 'partly_blocked', readableAccounts: [compute], blockedAnyone: true },
        { policyIsPublic: known(true) },
      ],
      ['no public statement, restricted', readers, admitting, { read: 'possible', ...readable }, restricted],
      [
        'policy status denied, restricted',
        readers,
        admitting,
        { read: 'unknown', ...unknown },
        { ...restricted, policyIsPublic: unread(denied('s3:GetBucketPolicyStatus')) },
      ],
      [
        'policy status denied, restricted, SSE-S3',
        readers,
        withoutKey('aws_owned'),
        { read: 'unknown', ...unknown },
        { ...sseS3, ...restricted, policyIsPublic: unread(denied('s3:GetBucketPolicyStatus')) },
      ],
      [
        'block denied, policy public: what the key blocks stays blocked',
        [read('*'), ...readers],
        awsManagedKey(),
        { read: 'blocked_by_aws_managed_key', ...blocked },
        { policyIsPublic: known(true), publicAccessBlock: unread(denied('s3:GetPublicAccessBlock')) },
      ],
    ],
  ],
  [
    'services',
    [
      [
        'CloudFront by origin access control, aws/s3',
        [read(cloudFront())],
        awsManagedKey(),
        { read: 'not_shared', blockedServices: ['cloudfront.amazonaws.com'] },
      ],
      [
        'CloudFront, a key that does not admit it',
        [read(cloudFront())],
        customerKey(),
        { read: 'not_shared', blockedServices: ['cloudfront.amazonaws.com'] },
      ],
      [
        'CloudFront, a key that admits it',
        [read(cloudFront())],
        customerKey({ statements: [decrypt(cloudFront())] }),
        { read: 'not_shared', blockedServices: [] },
      ],
      [
        'CloudFront, a key that admits its distribution',
        [read(cloudFront(), distribution('D1'))],
        customerKey({ statements: [decrypt(cloudFront(), distribution('D1').Condition)] }),
        { read: 'not_shared', blockedServices: [] },
      ],
      [
        'CloudFront, a key that admits another distribution',
        [read(cloudFront(), distribution('D1'))],
        customerKey({ statements: [decrypt(cloudFront(), distribution('D2').Condition)] }),
        { read: 'not_shared', blockedServices: ['cloudfront.amazonaws.com'] },
      ],
      [
        'CloudFront, SSE-S3',
        [read(cloudFront())],
        withoutKey('aws_owned'),
        { read: 'not_shared', blockedServices: [] },
        sseS3,
      ],
      [
        'CloudFront passes Block Public Access',
        [read('*'), read(cloudFront())],
        customerKey({ statements: [decrypt(cloudFront())] }),
        { read: 'blocked_by_public_access_block', blockedServices: [] },
        { ...restricted, policyIsPublic: known(true) },
      ],
      [
        'an origin access identity',
        [read(`arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1`)],
        customerKey(),
        {
          read: 'not_shared',
          blockedServices: ['arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1'],
        },
      ],
    ],
  ],
  [
    'who cannot be named',
    [
      [
        'access points of the own account: their policies decide',
        [read('*', { Condition: { StringEquals: { 's3:DataAccessPointAccount': data } } })],
        admitting,
        { read: 'unknown', readableAccounts: [], blockedAnyone: null },
      ],
      [
        'access points of the own account, aws/s3',
        [read('*', { Condition: { StringEquals: { 's3:DataAccessPointAccount': data } } })],
        awsManagedKey(),
        { read: 'blocked_by_aws_managed_key' },
      ],
      ['a canonical user', [read({ CanonicalUser: 'somebodyelse' })], admitting, { read: 'unknown' }],
      [
        'a canonical user, aws/s3',
        [read({ CanonicalUser: 'somebodyelse' })],
        awsManagedKey(),
        { read: 'blocked_by_aws_managed_key' },
      ],
      [
        "the owner's canonical user",
        [read({ CanonicalUser: 'ownercanonicalid' })],
        awsManagedKey(),
        { read: 'not_shared' },
      ],
      [
        'bucket policy denied',
        [],
        admitting,
        { read: 'unknown', readableAccounts: [] },
        { policy: unread(denied('s3:GetBucketPolicy')) },
      ],
      [
        'a statement of the bucket policy not understood',
        [read(reader), { Effect: 'Allow', Nonsense: 1 }],
        admitting,
        { read: 'unknown', ...readable },
      ],
      [
        'a Deny of the bucket policy not understood',
        [read(reader), { Effect: 'Deny', Nonsense: 1 }],
        admitting,
        { read: 'unknown', ...unknown },
      ],
    ],
  ],
];

function byOrganization(id: string): { Condition: object } {
  return { Condition: { StringEquals: { 'aws:PrincipalOrgID': id } } };
}
function cloudFront(): object {
  return { Service: 'cloudfront.amazonaws.com' };
}
function distribution(id: string): { Condition: object } {
  return {
    Condition: { StringEquals: { 'AWS:SourceArn': `arn:aws:cloudfront::${data}:distribution/${id}` } },
  };
}

describe.each(whole)('%s', (_group, cases) => {
  test.each(cases)('%s', (_what, policy, key, { read: verdict, ...lists }, bucket = {}) => {
    const facts = bucketFacts(bucket, policy);
    const result = bucketVerdict(bucketPosture({ ...facts, ...bucket }, organization), key);
    expect({ read: result.crossAccountRead, ...partyLists(result.parties) }).toMatchObject({
      read: verdict,
      ...lists,
    });
  });
});
