import { describe, expect, test } from 'vitest';
import { known, notAsked } from '../../../src/aws/fact.ts';
import { accessToBucket } from '../../../src/posture/access/bucket-access.ts';
import {
  commonOfAll,
  type Decision,
  forAction,
  intersectAdmissions,
  withinAccount,
  withinOrganization,
} from '../../../src/posture/access/intersection.ts';
import { accessToKey } from '../../../src/posture/access/key-access.ts';
import { kms } from '../../../src/posture/access/kms.ts';
import { type OrganizationKnowledge, viewpointOf } from '../../../src/posture/access/knowledge.ts';
import type { AccessFinding } from '../../../src/posture/access/row.ts';
import { s3 } from '../../../src/posture/access/s3.ts';
import { likePattern } from '../../../src/posture/policy/pattern.ts';
import type { Grant } from '../../../src/services/kms/facts.ts';
import { grantOf, key, metadataOf, organization, policyOf } from './case-file.ts';

const data = '111122223333';
const compute = '222233334444';
const outside = '999988887777';
const role = (account: string, name = 'app') => ({ AWS: `arn:aws:iam::${account}:role/${name}` });
const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });
const anyPrincipal = { AWS: '*' };

type Condition = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const read = (principal: unknown, condition: Condition = {}) => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::data/*',
  Condition: condition,
});
const decrypt = (principal: unknown, condition: Condition = {}) => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'kms:Decrypt',
  Resource: '*',
  Condition: condition,
});

interface Scenario {
  readonly bucket: unknown;
  readonly key: unknown;
  readonly grants?: readonly Partial<Grant>[];
  readonly grantsUnread?: boolean;
  /** The context that S3 sends: object ARNs, or the bucket's ARN with a bucket key. */
  readonly bucketKey?: boolean;
  readonly knowledge?: OrganizationKnowledge;
  /** The reader: an account (compute, by default), an organization, or a service in any account. */
  readonly of?: string;
}

const admissionsOf = (findings: readonly AccessFinding[]) => findings.flatMap(({ admissions }) => admissions);

/** Can one principal read an object of the bucket in `data`, whose objects the key encrypts? */
function decisionOn(scenario: Scenario): Decision {
  const knowledge = scenario.knowledge ?? organization;
  const viewpoint = viewpointOf(knowledge, data);
  const bucket = accessToBucket(
    {
      arn: 'arn:aws:s3:::data',
      accountId: data,
      partition: 'aws',
      ownCanonicalId: null,
      policy: known(policyOf(scenario.bucket)),
    },
    knowledge,
  );
  const access = accessToKey(
    {
      ...key,
      metadata: metadataOf('CUSTOMER'),
      policy: known(policyOf(scenario.key)),
      ramPolicy: known(null),
      grants: scenario.grantsUnread ? notAsked : known((scenario.grants ?? []).map(grantOf)),
    },
    knowledge,
    {
      viaService: 's3.eu-west-1.amazonaws.com',
      encryptionContext: {
        'aws:s3:arn': scenario.bucketKey ? 'arn:aws:s3:::data' : likePattern('arn:aws:s3:::data/*'),
      },
    },
  );
  const of = scenario.of ?? compute;
  const readers = forAction(admissionsOf(bucket.findings), 's3:GetObject', s3);
  const limited = of.startsWith('o-')
    ? withinOrganization(readers, of, viewpoint)
    : of === 'service'
      ? readers.filter(({ caller }) => caller === 'service')
      : withinAccount(readers, of, viewpoint);
  const decrypters = forAction(admissionsOf(access.findings), 'kms:Decrypt', kms);
  const isComplete = bucket.complete && access.sharing.sharingComplete === true;
  const decisions = limited.map((one) => commonOfAll(one, [decrypters], viewpoint, isComplete).decision);
  if (decisions.includes('yes')) return 'yes';
  return decisions.includes('unknown') || !isComplete ? 'unknown' : 'no';
}

const managed = decrypt(anyPrincipal, {
  StringEquals: { 'kms:CallerAccount': data, 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
});
const viaS3 = { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } };
const viaEc2 = { StringEquals: { 'kms:ViaService': 'ec2.eu-west-1.amazonaws.com' } };
const context = (operator: string, value: string) => ({
  [operator]: { 'kms:EncryptionContext:aws:s3:arn': value },
});
const sourceArn = (id: string) => ({
  StringEquals: { 'AWS:SourceArn': `arn:aws:cloudfront::${data}:distribution/${id}` },
});
const cloudfront = { Service: 'cloudfront.amazonaws.com' };

const inProd = {
  'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-ours000001/r-ab12/ou-ab12-prod/*' },
};
const placedIn = (unit: string): OrganizationKnowledge => ({
  ...organization,
  memberPaths: { [compute]: `o-ours000001/r-ab12/${unit}/` },
});
const fromInside = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };

const table: Readonly<Record<string, readonly [Scenario, Decision]>> = {
  "the article: aws/s3's policy admits only the data account": [
    { bucket: read(role(compute)), key: managed },
    'no',
  ],
  'a customer managed key that admits the role': [
    { bucket: read(role(compute)), key: decrypt(role(compute)) },
    'yes',
  ],
  'a key that admits the account': [{ bucket: read(role(compute)), key: decrypt(root(compute)) }, 'yes'],
  'a bucket that admits the account, a key that admits the role': [
    { bucket: read(root(compute)), key: decrypt(role(compute)) },
    'yes',
  ],
  'a bucket for a unit, a key for an account that is in it': [
    { bucket: read(anyPrincipal, inProd), key: decrypt(root(compute)), knowledge: placedIn('ou-ab12-prod') },
    'yes',
  ],
  'a bucket for a unit, a key for an account of another unit': [
    { bucket: read(anyPrincipal, inProd), key: decrypt(root(compute)), knowledge: placedIn('ou-ab12-test') },
    'no',
  ],
  'a bucket for a unit, a key for an account whose unit is not known': [
    { bucket: read(anyPrincipal, inProd), key: decrypt(root(compute)) },
    'unknown',
  ],
  'a bucket for a unit under another condition, a key for an account that is in it': [
    {
      bucket: read(anyPrincipal, { ...fromInside, ...inProd }),
      key: decrypt(root(compute)),
      knowledge: placedIn('ou-ab12-prod'),
    },
    'unknown',
  ],
  'a bucket for a unit under another condition, a key for an account of another unit': [
    {
      bucket: read(anyPrincipal, { ...inProd, ...fromInside }),
      key: decrypt(root(compute)),
      knowledge: placedIn('ou-ab12-test'),
    },
    'no',
  ],
  'a bucket and a key for units, an account that is in one of them': [
    {
      bucket: read(anyPrincipal, inProd),
      key: decrypt(anyPrincipal, {
        'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-ours000001/r-ab12/ou-ab12-test/*' },
        StringEquals: { 'aws:PrincipalAccount': compute },
      }),
      knowledge: placedIn('ou-ab12-prod'),
    },
    'no',
  ],
  'a key that does not admit it': [{ bucket: read(role(compute)), key: decrypt(root(data)) }, 'no'],
  'different roles in bucket and key policy: nobody can read': [
    { bucket: read(role(compute, 'a')), key: decrypt(role(compute, 'b')) },
    'no',
  ],
  'different sessions of one role': [
    {
      bucket: read({ AWS: `arn:aws:sts::${compute}:assumed-role/app/one` }),
      key: decrypt({ AWS: `arn:aws:sts::${compute}:assumed-role/app/two` }),
    },
    'no',
  ],
  'a session of the role that the key admits': [
    { bucket: read({ AWS: `arn:aws:sts::${compute}:assumed-role/app/one` }), key: decrypt(role(compute)) },
    'yes',
  ],
  'by a grant only': [
    {
      bucket: read(role(compute)),
      key: decrypt(root(data)),
      grants: [{ granteePrincipal: role(compute).AWS, operations: ['Decrypt'] }],
    },
    'yes',
  ],
  'a grant for another operation': [
    {
      bucket: read(role(compute)),
      key: decrypt(root(data)),
      grants: [{ granteePrincipal: role(compute).AWS, operations: ['Encrypt'] }],
    },
    'no',
  ],
  'grants were not read: a no is not proven': [
    { bucket: read(role(compute)), key: decrypt(root(data)), grantsUnread: true },
    'unknown',
  ],
  'grants were not read, the policy admits': [
    { bucket: read(role(compute)), key: decrypt(role(compute)), grantsUnread: true },
    'yes',
  ],
  'a grant constrained to the context that S3 sends': [
    {
      bucket: read(role(compute)),
      key: decrypt(root(data)),
      bucketKey: true,
      grants: [
        {
          granteePrincipal: role(compute).AWS,
          constraints: { EncryptionContextEquals: { 'aws:s3:arn': 'arn:aws:s3:::data' } },
        },
      ],
    },
    'yes',
  ],
  'a grant constrained to a context with more keys': [
    {
      bucket: read(role(compute)),
      key: decrypt(root(data)),
      bucketKey: true,
      grants: [
        { granteePrincipal: role(compute).AWS, constraints: { EncryptionContextSubset: { tenant: 'a' } } },
      ],
    },
    'no',
  ],
  'a grant constrained to exactly no key of S3': [
    {
      bucket: read(role(compute)),
      key: decrypt(root(data)),
      grants: [
        { granteePrincipal: role(compute).AWS, constraints: { EncryptionContextEquals: { tenant: 'a' } } },
      ],
    },
    'no',
  ],
  'a grant for requests without any encryption context': [
    {
      bucket: read(role(compute)),
      key: decrypt(root(data)),
      grants: [{ granteePrincipal: role(compute).AWS, constraints: { EncryptionContextEquals: {} } }],
    },
    'no',
  ],
  'a key that admits a service, not the account': [
    { bucket: read(root(compute)), key: decrypt({ Service: 's3.amazonaws.com' }) },
    'no',
  ],
  'the key admits through S3': [{ bucket: read(role(compute)), key: decrypt(role(compute), viaS3) }, 'yes'],
  'the key admits through EC2 only': [
    { bucket: read(role(compute)), key: decrypt(role(compute), viaEc2) },
    'no',
  ],
  'the key denies what comes through a service': [
    {
      bucket: read(role(compute)),
      key: [
        decrypt(role(compute)),
        { ...decrypt('*', { Null: { 'kms:ViaService': 'false' } }), Effect: 'Deny' },
      ],
    },
    'no',
  ],
  'the encryption context of the objects': [
    {
      bucket: read(role(compute)),
      key: decrypt(role(compute), context('StringLike', 'arn:aws:s3:::data/*')),
    },
    'yes',
  ],
  'the same condition with a bucket key, which sends the bucket': [
    {
      bucket: read(role(compute)),
      key: decrypt(role(compute), context('StringLike', 'arn:aws:s3:::data/*')),
      bucketKey: true,
    },
    'no',
  ],
  'the encryption context of a part of the objects': [
    {
      bucket: read(role(compute)),
      key: decrypt(role(compute), context('StringLike', 'arn:aws:s3:::data/a/*')),
    },
    'unknown',
  ],
  'the encryption context of another bucket': [
    {
      bucket: read(role(compute)),
      key: decrypt(role(compute), context('StringEquals', 'arn:aws:s3:::other/x')),
    },
    'no',
  ],
  'an open condition in the key policy': [
    {
      bucket: read(role(compute)),
      key: decrypt(role(compute), { StringEquals: { 'aws:PrincipalTag/team': 'x' } }),
    },
    'unknown',
  ],
  'an open condition in one statement, none in another': [
    {
      bucket: read(role(compute)),
      key: [
        decrypt(role(compute), { StringEquals: { 'aws:PrincipalTag/team': 'x' } }),
        decrypt(root(compute)),
      ],
    },
    'yes',
  ],
  'shared by organization id, the key too': [
    {
      bucket: read('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-ours000001' } }),
      key: decrypt('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-ours000001' } }),
      of: 'o-ours000001',
    },
    'yes',
  ],
  'shared by organization id, the key admits one account of it': [
    {
      bucket: read('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-ours000001' } }),
      key: decrypt(root(compute)),
      of: 'o-ours000001',
    },
    'yes',
  ],
  'shared by organization id, the key admits an account outside': [
    {
      bucket: read('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-ours000001' } }),
      key: decrypt(root(outside)),
      of: 'o-ours000001',
    },
    'no',
  ],
  'shared by organization id, membership of the account not known': [
    {
      bucket: read('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-ours000001' } }),
      key: decrypt(root(compute)),
      knowledge: { ...organization, memberAccountIds: null },
    },
    'unknown',
  ],
  'the key admits the organization, the bucket an account of it': [
    {
      bucket: read(root(compute)),
      key: decrypt('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-ours000001' } }),
    },
    'yes',
  ],
  'two accounts, of which one can read': [
    { bucket: [read(root(compute)), read(root(outside))], key: decrypt(root(compute)), of: outside },
    'no',
  ],
  'anyone through access points: their policies decide': [
    {
      bucket: read('*', { StringEquals: { 's3:DataAccessPointAccount': data } }),
      key: decrypt(root(compute)),
    },
    'unknown',
  ],
  'a Deny in the key policy covers the account': [
    {
      bucket: read(role(compute)),
      key: [decrypt(root(compute)), { ...decrypt(root(compute)), Effect: 'Deny' }],
    },
    'no',
  ],
  'CloudFront by origin access control on a key that admits it': [
    { bucket: read(cloudfront, sourceArn('E1')), key: decrypt(cloudfront, sourceArn('E1')), of: 'service' },
    'yes',
  ],
  'CloudFront on a key that admits another distribution': [
    { bucket: read(cloudfront, sourceArn('E1')), key: decrypt(cloudfront, sourceArn('E2')), of: 'service' },
    'no',
  ],
  'CloudFront on a key that does not admit it': [
    { bucket: read(cloudfront, sourceArn('E1')), key: managed, of: 'service' },
    'no',
  ],
  'an unsigned reader has no principal that a key could admit': [
    { bucket: read('*', { Null: { 'aws:PrincipalIsAWSService': 'true' } }), key: decrypt('*') },
    'no',
  ],
};

describe('one principal that bucket policy and key both admit', () => {
  test.each(Object.entries(table))('%s', (_, [scenario, expected]) => {
    expect(decisionOn(scenario)).toBe(expected);
  });
});

test('whom both admit keeps what each of them fixes', () => {
  const viewpoint = viewpointOf(organization, data);
  const admitted = (statement: unknown) =>
    accessToKey(
      {
        ...key,
        metadata: metadataOf('CUSTOMER'),
        policy: known(policyOf(statement)),
        ramPolicy: known(null),
        grants: known([]),
      },
      organization,
    ).findings.flatMap(({ admissions }) => admissions);
  const [first] = admitted(decrypt('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-ours000001' } }));
  const [second] = admitted(decrypt({ AWS: [role(compute).AWS] }));
  if (first === undefined || second === undefined) throw new Error('both statements let somebody in');
  expect(intersectAdmissions(first, second, viewpoint)).toMatchObject({
    decision: 'yes',
    common: {
      accounts: { only: [compute] },
      organizations: { only: ['o-ours000001'] },
      arns: { only: [role(compute).AWS] },
    },
  });
});
