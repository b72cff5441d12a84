import { describe, expect, test } from 'vitest';
import { answerFor, answerForAccount } from '../../src/explain/answer.ts';
import { bucketSubject } from '../../src/explain/bucket-subject.ts';
import {
  type BucketTold,
  type Encryption,
  type KeyTold,
  notTold,
  type OtherTold,
  type Told,
  told,
} from '../../src/explain/facts.ts';
import { namesIn } from '../../src/explain/names.ts';
import {
  askerOf,
  type IdentityTold,
  missingAsker,
  readPrincipal,
  rootAsker,
  strangeAsker,
} from '../../src/explain/principals.ts';
import type { Asker } from '../../src/explain/question.ts';
import { keySubject, resourceSubject } from '../../src/explain/subject.ts';
import { repositoryRules } from '../../src/services/codeartifact/rules.ts';
import { dynamoDbRules } from '../../src/services/dynamodb/rules.ts';
import { ecrRules } from '../../src/services/ecr/rules.ts';
import { efsRules } from '../../src/services/efs/rules.ts';
import { mskRules } from '../../src/services/msk/rules.ts';
import {
  compute,
  data,
  grantTo,
  policyOf,
  region,
  role,
  root,
  type Statement,
  vendor,
} from '../posture/cross-account/cast.ts';
import { allow, deny } from '../posture/iam/iam.ts';
import { organizationWith, payer } from '../posture/organization-policies/organization.ts';

const names = namesIn({ accounts: told([]), policies: told([]) });
const organization = organizationWith({});
const place = { region, partition: 'aws', accountId: data } as const;
const bucketArn = 'arn:aws:s3:::orders';
const keyArn = `arn:aws:kms:${region}:${data}:key/k`;
const objects = `${bucketArn}/*`;

const get = allow('s3:GetObject', { Resource: objects });
const decrypt = allow('kms:Decrypt');
const letIn = (principal: unknown, more: Statement = {}): Told<string> =>
  told(policyOf(allow('s3:GetObject', { Resource: objects, Principal: principal, ...more })));
const readers = letIn({ AWS: root(compute) });

const bucket: BucketTold = {
  ...place,
  kind: 'bucket',
  name: 'orders',
  objects: null,
  arn: bucketArn,
  policy: readers,
  encryption: { state: 'key', arn: keyArn, isAwsManaged: false, accountId: data },
  usesBucketKey: false,
  hasAcls: false,
  restrictsPublic: true,
  isPublic: false,
};

const key: KeyTold = {
  ...place,
  arn: keyArn,
  state: told({
    keyManager: 'CUSTOMER',
    keySpec: 'SYMMETRIC_DEFAULT',
    keyUsage: 'ENCRYPT_DECRYPT',
    keyState: 'Enabled',
  }),
  policy: told(policyOf(allow('kms:*', { Principal: { AWS: [root(data), root(compute)] } }))),
  ramPolicy: told(null),
  grants: told([]),
  tags: {},
};

function identity(accountId: string, ...says: readonly Statement[]): IdentityTold {
  const text = told(policyOf(...says));
  return {
    type: 'role',
    arn: role(accountId),
    accountId,
    name: 'analytics',
    id: 'AROAANALYTICS00000000',
    tags: {},
    isServiceLinked: false,
    policies: told(says.length === 0 ? [] : [{ arn: null, name: 'own', group: null, text }]),
    boundary: told(null),
  };
}

const reader = (accountId: string, ...says: readonly Statement[]): Asker =>
  askerOf(identity(accountId, ...says));
const analytics = reader(compute, get, decrypt);
const stranger = strangeAsker(
  {
    accountId: compute,
    partition: 'aws',
    type: 'role',
    name: 'analytics',
    arn: role(compute),
    sessionArn: null,
  },
  'IAM was not read',
);

interface Case {
  readonly bucket?: Partial<BucketTold>;
  /** Null: no row of it. */
  readonly key?: Partial<KeyTold> | null;
  readonly asker?: Asker;
  readonly expected: string;
}

/** The word, and the link that decides with its action: `no: iam kms:Decrypt`. */
function judge({ bucket: changes = {}, key: ofKey = {}, asker = analytics }: Case): string {
  const given = { ...bucket, ...changes };
  const dataKey = {
    encryption: given.encryption,
    key: ofKey === null || given.encryption.state !== 'key' ? null : { ...key, ...ofKey },
    missing: 'it was not seen',
  };
  const { word, decisive } = answerFor(asker, bucketSubject(given, dataKey, organization), names);
  return [word, decisive && `${decisive.link} ${decisive.action ?? ''}`.trim()].filter(Boolean).join(': ');
}

const noKey: Encryption = { state: 'no_key', how: 'SSE-S3' };
const managed: Encryption = { state: 'key', arn: null, isAwsManaged: true, accountId: data };
const ofAws: Partial<KeyTold> = {
  state: told({
    keyManager: 'AWS',
    keySpec: 'SYMMETRIC_DEFAULT',
    keyUsage: 'ENCRYPT_DECRYPT',
    keyState: 'Enabled',
  }),
};
const only = { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'bi' } } };
const context = (value: string) => ({
  policy: told(
    policyOf(
      allow('kms:Decrypt', {
        Principal: { AWS: root(compute) },
        Condition: { StringLike: { 'kms:EncryptionContext:aws:s3:arn': value } },
      }),
    ),
  ),
});
const silentKey = told(policyOf(allow('kms:*', { Principal: { AWS: root(data) } })));

const cases: Readonly<Record<string, Case>> = {
  'all in place': { expected: 'yes' },
  'a statement on the bucket itself is none on its objects': {
    asker: reader(compute, allow('s3:*', { Resource: bucketArn }), decrypt),
    expected: 'no: iam s3:GetObject',
  },
  'one on a part of the objects is open': {
    asker: reader(compute, allow('s3:GetObject', { Resource: `${bucketArn}/public/*` }), decrypt),
    expected: 'unknown: iam s3:GetObject',
  },
  'asked about that part, it is not': {
    bucket: { objects: `${bucketArn}/public/2026/*` },
    asker: reader(compute, allow('s3:GetObject', { Resource: `${bucketArn}/public/*` }), decrypt),
    expected: 'yes',
  },
  'asked about another part, it is silent': {
    bucket: { objects: `${bucketArn}/secret/x` },
    asker: reader(compute, allow('s3:GetObject', { Resource: `${bucketArn}/public/*` }), decrypt),
    expected: 'no: iam s3:GetObject',
  },
  'a Deny on a part of them is open': {
    asker: reader(compute, get, decrypt, deny('s3:GetObject', { Resource: `${bucketArn}/secret/*` })),
    expected: 'unknown: iam s3:GetObject',
  },
  'versions only are read all the same': {
    asker: reader(compute, allow('s3:GetObjectVersion', { Resource: objects }), decrypt),
    bucket: {
      policy: told(
        policyOf(allow('s3:GetObject*', { Resource: objects, Principal: { AWS: root(compute) } })),
      ),
    },
    expected: 'yes',
  },
  'a bucket without a policy, from another account': {
    bucket: { policy: told(null) },
    expected: 'no: resource_policy s3:GetObject',
  },
  'a bucket without a policy, from its own': {
    bucket: { policy: told(null) },
    asker: reader(data, get, decrypt),
    expected: 'yes',
  },
  'the bucket policy names the role of the own account, whose IAM is silent': {
    bucket: { policy: letIn({ AWS: role(data) }) },
    asker: reader(data, decrypt),
    expected: 'yes',
  },
  'a bucket policy that was not read': {
    bucket: { policy: notTold('denied') },
    expected: 'unknown: resource_policy s3:GetObject',
  },
  'a bucket policy that was not read, and IAM that is silent': {
    bucket: { policy: notTold('denied') },
    asker: reader(compute, decrypt),
    expected: 'no: iam s3:GetObject',
  },
  'ACLs may let in whom the policy does not': {
    bucket: { policy: told(null), hasAcls: true },
    expected: 'unknown: resource_policy s3:GetObject',
  },
  'ACLs that are not known, too': {
    bucket: { policy: letIn({ AWS: root(vendor) }), hasAcls: null },
    expected: 'unknown: resource_policy s3:GetObject',
  },
  'ACLs are nothing to the own account': {
    bucket: { policy: told(null), hasAcls: true },
    asker: reader(data, decrypt),
    expected: 'no: iam s3:GetObject',
  },
  'Block Public Access keeps others out': { bucket: { isPublic: true }, expected: 'no: public_access_block' },
  'Block Public Access, not known': { bucket: { isPublic: null }, expected: 'unknown: public_access_block' },
  'Block Public Access is nothing to the own account': {
    bucket: { isPublic: true },
    asker: reader(data, get, decrypt),
    expected: 'yes',
  },
  'no KMS key': { bucket: { encryption: noKey }, asker: reader(compute, get), expected: 'yes' },
  'encryption that was not read': {
    bucket: { encryption: { state: 'not_told', why: 'denied' } },
    expected: 'unknown: key',
  },
  'an AWS managed key that was not synced, from another account': {
    bucket: { encryption: managed },
    key: null,
    expected: 'no: key',
  },
  'an AWS managed key that was not synced, from its own': {
    bucket: { encryption: managed },
    key: null,
    asker: reader(data, get),
    expected: 'unknown: key',
  },
  'an AWS managed key whose policy was not synced, from another account': {
    key: { ...ofAws, policy: notTold('denied') },
    expected: 'no: key',
  },
  'a key that was not seen': { key: null, expected: 'unknown: key' },
  'a key in another state': {
    key: {
      state: told({
        keyManager: 'CUSTOMER',
        keySpec: 'SYMMETRIC_DEFAULT',
        keyUsage: 'ENCRYPT_DECRYPT',
        keyState: 'PendingDeletion',
      }),
    },
    expected: 'no: key_state',
  },
  'a key whose state was not read': { key: { state: notTold('denied') }, expected: 'unknown: key_state' },
  'a key policy that was not read': {
    key: { policy: notTold('denied') },
    expected: 'unknown: key_policy kms:Decrypt',
  },
  'a policy AWS_RAM that was not read may deny': {
    key: { ramPolicy: notTold('denied') },
    expected: 'unknown: ram kms:Decrypt',
  },
  'a policy AWS_RAM lets in': {
    key: {
      policy: silentKey,
      ramPolicy: told(policyOf(allow('kms:*', { Principal: { AWS: root(compute) } }))),
    },
    expected: 'yes',
  },
  'grants that were not read cannot deny': { key: { grants: notTold('denied') }, expected: 'yes' },
  'grants that were not read may let in': {
    key: { policy: silentKey, grants: notTold('denied') },
    expected: 'unknown: grant kms:Decrypt',
  },
  'a grant lets in': { key: { policy: silentKey, grants: told([grantTo(role(compute))]) }, expected: 'yes' },
  'the key asks for the objects of the bucket': { key: context(objects), expected: 'yes' },
  'the key asks for other objects': {
    key: context('arn:aws:s3:::invoices/*'),
    expected: 'no: key_policy kms:Decrypt',
  },
  'the key asks for the bucket, by a bucket key': {
    bucket: { usesBucketKey: true },
    key: context(bucketArn),
    expected: 'yes',
  },
  'the key asks for the bucket, and no bucket key is used': {
    key: context(bucketArn),
    expected: 'no: key_policy kms:Decrypt',
  },
  'whether a bucket key is used is not known': {
    bucket: { usesBucketKey: null },
    key: context(bucketArn),
    expected: 'unknown: key_policy kms:Decrypt',
  },
  'IAM that was not read': { asker: stranger, expected: 'unknown: iam s3:GetObject' },
  'tags of a principal that was not read are not absent': {
    asker: stranger,
    bucket: { policy: letIn({ AWS: root(compute) }, only) },
    expected: 'unknown: iam s3:GetObject',
  },
  'a tag that a role has not': {
    bucket: { policy: letIn({ AWS: root(compute) }, only) },
    expected: 'no: resource_policy s3:GetObject',
  },
  'grants to unique ids may be to a principal that was not read': {
    asker: stranger,
    key: { policy: silentKey, grants: told([grantTo('AROAANALYTICS00000000')]) },
    expected: 'unknown: iam s3:GetObject',
  },
  'a role that does not exist': {
    asker: missingAsker(readPrincipal(role(compute)) ?? never(), 'there is no such role'),
    expected: 'no: iam s3:GetObject',
  },
  'the root user needs no IAM policy': { asker: rootAsker(compute, 'aws'), expected: 'yes' },
  'the management account is bound by no SCP': {
    asker: reader(payer, get, decrypt),
    bucket: { policy: letIn({ AWS: root(payer) }) },
    key: { policy: told(policyOf(allow('kms:*', { Principal: { AWS: root(payer) } }))) },
    expected: 'yes',
  },
  'SCPs of a strange organization are not known': {
    asker: reader(vendor, get, decrypt),
    bucket: { policy: letIn({ AWS: root(vendor) }) },
    key: { policy: told(policyOf(allow('kms:*', { Principal: { AWS: root(vendor) } }))) },
    expected: 'unknown: scp s3:GetObject',
  },
};

function never(): never {
  throw new Error('the ARN is of a role');
}

test.each(Object.entries(cases))('%s', (_, one) => {
  expect(judge(one)).toBe(one.expected);
});

describe('other resources', () => {
  const other = (service: string, resourceType: string, arn: string): OtherTold => ({
    ...place,
    kind: 'resource',
    arn,
    service,
    resourceType,
    policy: told(null),
    encryption: noKey,
    keyCheckedAgainst: null,
    explanation: null,
  });
  const dataKey = { encryption: noKey, key: null, missing: '' };

  test('a table itself, not its indexes', () => {
    const arn = `arn:aws:dynamodb:${region}:${data}:table/orders`;
    const table = resourceSubject(other('dynamodb', 'table', arn), dynamoDbRules, dataKey, organization);
    const asker = reader(data, allow('dynamodb:GetItem', { Resource: arn }));
    expect(answerFor(asker, table, names)).toMatchObject({ word: 'yes' });
    const ofIndex = reader(data, allow('dynamodb:Query', { Resource: `${arn}/index/*` }));
    expect(answerFor(ofIndex, table, names)).toMatchObject({ word: 'no' });
  });

  test('a repository, about which the policy of its domain decides as well', () => {
    const arn = `arn:aws:codeartifact:${region}:${data}:repository/shared/npm`;
    const given = other('codeartifact', 'repository', arn);
    const packages = resourceSubject(given, repositoryRules, dataKey, organization);
    const may = allow('codeartifact:ReadFromRepository');
    expect(answerFor(reader(compute, may), packages, names).word).toBe('unknown');
    expect(answerFor(reader(compute), packages, names).word).toBe('no');
  });

  test('topics of a cluster, which have ARNs of their own', () => {
    const arn = `arn:aws:kafka:${region}:${data}:cluster/orders/1a-1`;
    const topics = `arn:aws:kafka:${region}:${data}:topic/orders/1a-1/*`;
    const given = other('kafka', 'cluster', arn);
    const subject = resourceSubject(
      given,
      mskRules,
      { ...dataKey, encryption: bucket.encryption, key },
      organization,
    );
    const connect = allow('kafka-cluster:Connect', { Resource: arn });
    const read = (Resource: string) => allow('kafka-cluster:ReadData', { Resource });
    expect(answerFor(reader(data, connect, read(topics)), subject, names).word).toBe('yes');
    expect(answerFor(reader(data, connect, read(arn)), subject, names).word).toBe('no');
  });

  test('every action that it takes, and a key that the service uses itself', () => {
    const arn = `arn:aws:ecr:${region}:${data}:repository/app`;
    const given = { ...dataKey, encryption: bucket.encryption, key };
    const images = resourceSubject(other('ecr', 'repository', arn), ecrRules, given, organization);
    const half = answerFor(reader(data, allow('ecr:BatchGetImage')), images, names);
    expect(half).toMatchObject({
      word: 'no',
      decisive: { link: 'iam', action: 'ecr:GetDownloadUrlForLayer' },
    });
    const whole = answerFor(reader(data, allow('ecr:*')), images, names);
    expect(whole.word).toBe('yes');
    expect(whole.links.slice(-2).map(({ link }) => link)).toEqual(['key', 'key_state']);
  });

  test('the policy of the registry counts for a repository', () => {
    const arn = `arn:aws:ecr:${region}:${data}:repository/app`;
    const asker = reader(compute, allow('ecr:*'));
    const word = (within: OtherTold['within']) => {
      const told = { ...other('ecr', 'repository', arn), ...(within && { within }) };
      return answerFor(asker, resourceSubject(told, ecrRules, dataKey, organization), names).word;
    };
    const lets = { Effect: 'Allow', Principal: { AWS: root(compute) }, Action: 'ecr:*', Resource: '*' };
    expect(word(told(policyOf(lets)))).toBe('yes');
    expect(word(told(null))).toBe('no');
    expect(word(notTold('it was not read'))).toBe('unknown');
    expect(ecrRules.withinArn(arn)).toBe(`arn:aws:ecr:${region}:${data}:registry`);
  });

  test('a file system without a policy is open to who reaches it', () => {
    const arn = `arn:aws:elasticfilesystem:${region}:${data}:file-system/fs-1`;
    const files = resourceSubject(
      other('elasticfilesystem', 'file_system', arn),
      efsRules,
      dataKey,
      organization,
    );
    expect(answerFor(reader(compute), files, names)).toMatchObject({ word: 'unknown' });
    expect(answerFor(reader(data), files, names)).toMatchObject({ word: 'unknown' });
  });

  test('a key by itself: a condition on the service leaves it open', () => {
    const via = { Condition: { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } } };
    const policy = told(policyOf(allow('kms:*', { Principal: { AWS: root(compute) }, ...via })));
    expect(answerFor(analytics, keySubject(key, organization), names)).toMatchObject({ word: 'yes' });
    expect(answerFor(analytics, keySubject({ ...key, policy }, organization), names)).toMatchObject({
      word: 'unknown',
      decisive: { link: 'key_policy', why: 'it depends on kms:ViaService' },
    });
  });
});

describe('an account', () => {
  const subject = bucketSubject(bucket, { encryption: bucket.encryption, key, missing: '' }, organization);
  const closed = { ...key, policy: silentKey };
  const closedSubject = bucketSubject(
    bucket,
    { encryption: bucket.encryption, key: closed, missing: '' },
    organization,
  );

  test('whose IAM was not read: its root user is told, all others are not', () => {
    const answer = answerForAccount(compute, notTold('denied'), subject, names);
    expect(answer).toMatchObject({
      word: 'yes',
      principal: root(compute),
      gaps: ['users and roles are not known: denied'],
    });
    expect(answerForAccount(compute, notTold('denied'), closedSubject, names).word).toBe('unknown');
  });

  test('the one that comes nearest is shown', () => {
    const far = askerOf({ ...identity(compute), arn: role(compute, 'far'), name: 'far' });
    const near = askerOf({ ...identity(compute, get, decrypt), arn: role(compute, 'near'), name: 'near' });
    const answer = answerForAccount(compute, told([far, near]), closedSubject, names);
    expect(answer).toMatchObject({
      word: 'no',
      principal: role(compute, 'near'),
      principals: [],
      decisive: { link: 'key_policy' },
    });
  });
});

test.each([
  [`arn:aws:iam::${compute}:role/team/app`, { type: 'role', name: 'app', sessionArn: null }],
  [`arn:aws:iam::${compute}:user/ann`, { type: 'user', name: 'ann' }],
  [root(compute), { type: 'root', name: null }],
  [
    `arn:aws:sts::${compute}:assumed-role/app/me`,
    { type: 'role', name: 'app', arn: `arn:aws:iam::${compute}:role/app` },
  ],
  [`arn:aws:iam::${compute}:group/staff`, null],
  ['arn:aws:iam::*:role/app', null],
  ['analytics', null],
])('%s as a principal', (text, expected) => {
  const ref = readPrincipal(text);
  if (expected === null) expect(ref).toBeNull();
  else expect(ref).toMatchObject(expected);
});
