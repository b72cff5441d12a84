import { describe, expect, test } from 'vitest';
import { known } from '../../../src/aws/fact.ts';
import type { AccessPointFacts } from '../../../src/posture/bucket/access-point-facts.ts';
import { bucketPosture } from '../../../src/posture/bucket/posture.ts';
import { bucketVerdict } from '../../../src/posture/bucket/verdict.ts';
import { entityText } from '../../../src/posture/cross-account/entity-text.ts';
import type { EntityUse } from '../../../src/posture/cross-account/use.ts';
import {
  compute,
  data,
  decrypt,
  denied,
  keyWith,
  organization,
  ours,
  role,
  root,
  type Statement,
  third,
  vendor,
} from '../cross-account/cast.ts';
import { accessPoint, pointArn, through } from './access-point.ts';
import { arn, block, bucketFacts, read } from './bucket.ts';

const [possible, unknown, byKey, byBlock] = [
  'possible',
  'unknown',
  'blocked_by_key_policy',
  'blocked_by_public_access_block',
] as const;

const when = (key: string, value: string): Statement => ({ Condition: { StringEquals: { [key]: value } } });
const ofAccount = (id = data): Statement => when('s3:DataAccessPointAccount', id);
const delegating = (id = data): Statement => read('*', ofAccount(id));
const unread = { state: 'unread', error: denied('s3:GetAccessPointPolicy') } as const;
const restricting = known(block({ restrictPublicBuckets: true }));
const isPublic = { policyIsPublic: known(true) };
const inVpc = { networkOrigin: 'VPC', vpcId: 'vpc-1' };
const deny = (changes: Statement): Statement => ({ ...read('*', changes), Effect: 'Deny' });

interface Case {
  readonly bucket: readonly Statement[];
  readonly points?: readonly AccessPointFacts[];
  /** Accounts of which all access points were read; default: `data`. */
  readonly isRead?: readonly string[];
  readonly facts?: Parameters<typeof bucketFacts>[0];
  readonly expected: Readonly<Record<string, EntityUse>>;
}

const account = (id: string): string => `account ${id}`;
const pointsOf = (id: string): string => `whom access points of account ${id} admit`;

/** The key lets in `compute` and the organization, and nobody else. */
const key = keyWith(decrypt(root(compute)), decrypt('*', { StringEquals: { 'aws:PrincipalOrgID': ours } }));

const ofOwn: Readonly<Record<string, Case>> = {
  'the bucket delegates, its access point lets nobody in': {
    bucket: [delegating()],
    points: [accessPoint()],
    expected: {},
  },
  'the bucket delegates, it has no access point': { bucket: [delegating()], expected: {} },
  'access points were not read': {
    bucket: [delegating()],
    isRead: [],
    expected: { [pointsOf(data)]: unknown },
  },
  'the bucket delegates, its access point lets in an account': {
    bucket: [delegating()],
    points: [accessPoint([through(root(compute))])],
    expected: { [account(compute)]: possible },
  },
  'an access point does not give the key': {
    bucket: [delegating()],
    points: [accessPoint([through(root(vendor))])],
    expected: { [account(vendor)]: byKey },
  },
  'an access point that the bucket does not let in': {
    bucket: [read('*', when('s3:DataAccessPointArn', pointArn(data, 'other')))],
    points: [accessPoint([through(root(compute))])],
    expected: {},
  },
  'the bucket lets in access points by a pattern': {
    bucket: [read('*', { Condition: { StringLike: { 's3:DataAccessPointArn': pointArn(data, '*') } } })],
    points: [accessPoint([through(root(compute))])],
    expected: { [account(compute)]: possible },
  },
  'both must let in: the bucket another role': {
    bucket: [read(role(compute, 'other'), ofAccount())],
    points: [accessPoint([through(role(compute))])],
    expected: {},
  },
  'both must let in, and do': {
    bucket: [read(role(compute), ofAccount())],
    points: [accessPoint([through(root(compute))])],
    expected: { [account(compute)]: possible },
  },
  'both must let in to the same objects': {
    bucket: [read('*', { ...ofAccount(), Resource: `${arn}/a/*` })],
    points: [accessPoint([through(root(compute), data, { Resource: `${pointArn()}/object/b/*` })])],
    expected: {},
  },
  'a Deny of the access point wins': {
    bucket: [delegating()],
    points: [accessPoint([through(root(compute)), { ...through(root(compute)), Effect: 'Deny' }])],
    expected: {},
  },
  'a Deny of the bucket wins': {
    bucket: [delegating(), deny({ Principal: { AWS: root(compute) } })],
    points: [accessPoint([through('*', data, when('aws:PrincipalAccount', compute))])],
    expected: {},
  },
  'a Deny of what comes through no access point leaves who comes through one': {
    bucket: [
      read(root(compute)),
      read(root(third)),
      deny({ Condition: { StringNotEquals: { 's3:DataAccessPointAccount': data } } }),
    ],
    points: [accessPoint([through(root(compute))])],
    expected: { [account(compute)]: possible },
  },
  'a Deny of all access points leaves who comes directly': {
    bucket: [read(root(compute)), deny({ Condition: { Null: { 's3:DataAccessPointArn': 'false' } } })],
    points: [accessPoint([through(root(third))])],
    expected: { [account(compute)]: possible },
  },
  'the organization, through an access point': {
    bucket: [delegating()],
    points: [accessPoint([through('*', data, when('aws:PrincipalOrgID', ours))])],
    expected: { [`organization ${ours}`]: possible, [account(compute)]: possible },
  },
  "an access point's policy that was not read": {
    bucket: [read(root(compute), ofAccount())],
    points: [accessPoint([], { policy: unread })],
    expected: { [account(compute)]: unknown },
  },
  "an access point's policy in part not understood": {
    bucket: [read(root(compute), ofAccount())],
    points: [accessPoint([{ Effect: 'Allow', Principal: { AWS: 'who?' }, Action: 's3:*', Resource: '*' }])],
    expected: { [account(compute)]: unknown },
  },
  'an access point that answers in a VPC': {
    bucket: [delegating()],
    points: [accessPoint([through(root(compute))], inVpc)],
    expected: { [account(compute)]: unknown },
  },
  'a bucket that asks for a VPC is not reached through the internet': {
    bucket: [
      read(root(compute), {
        ...when('s3:AccessPointNetworkOrigin', 'VPC'),
        Principal: { AWS: root(compute) },
      }),
    ],
    points: [accessPoint([through(root(compute))])],
    // Another account's access point may be in a VPC.
    expected: { [account(compute)]: unknown },
  },
};

const blocks: Readonly<Record<string, Case>> = {
  'a public policy of an access point under a block of its own': {
    bucket: [delegating()],
    points: [
      accessPoint([through('*'), through(root(compute))], { ...isPublic, publicAccessBlock: restricting }),
    ],
    expected: { anyone: byBlock, [account(compute)]: byBlock, [`organization ${ours}`]: byBlock },
  },
  'under a block of the account': {
    bucket: [delegating()],
    points: [accessPoint([through(root(compute))], isPublic)],
    facts: { accountPublicAccessBlock: restricting },
    expected: { [account(compute)]: byBlock },
  },
  'a block of what is not public': {
    bucket: [delegating()],
    points: [accessPoint([through(root(compute))], { publicAccessBlock: restricting })],
    expected: { [account(compute)]: possible },
  },
  'a block that was not read': {
    bucket: [delegating()],
    points: [accessPoint([through(root(compute))], { ...isPublic, publicAccessBlock: unread })],
    expected: { [account(compute)]: unknown },
  },
  'whether the policy is public was not read': {
    bucket: [delegating()],
    points: [
      accessPoint([through(root(compute))], { policyIsPublic: unread, publicAccessBlock: restricting }),
    ],
    expected: { [account(compute)]: unknown },
  },
  'a public bucket policy is blocked through access points, too': {
    bucket: [read('*'), read(root(compute), ofAccount())],
    points: [accessPoint([through(root(compute))])],
    facts: { policyIsPublic: known(true), publicAccessBlock: restricting },
    expected: { anyone: byBlock, [account(compute)]: byBlock, [`organization ${ours}`]: byBlock },
  },
};

const isRead = [data, compute];
const ofOthers: Readonly<Record<string, Case>> = {
  'access points of another account, which was not read': {
    bucket: [delegating(compute)],
    expected: { [pointsOf(compute)]: unknown },
  },
  'an account that has an access point reads through it without a policy of it': {
    bucket: [delegating(compute)],
    points: [accessPoint([], {}, compute)],
    isRead,
    expected: { [account(compute)]: possible },
  },
  'others, as its policy says': {
    bucket: [delegating(compute)],
    points: [accessPoint([through(root(third), compute), through(root(vendor), compute)], {}, compute)],
    isRead,
    expected: { [account(compute)]: possible, [account(third)]: possible, [account(vendor)]: byKey },
  },
  'an account that has none yet can make one': {
    bucket: [delegating(compute)],
    isRead,
    expected: { [pointsOf(compute)]: unknown },
  },
  'one that its own policy keeps out': {
    bucket: [delegating(compute)],
    points: [accessPoint([{ ...through(root(compute), compute), Effect: 'Deny' }], {}, compute)],
    isRead,
    expected: { [pointsOf(compute)]: unknown },
  },
  'who owns the access point passes the block of its public policy': {
    bucket: [delegating(compute)],
    points: [accessPoint([through('*', compute)], { ...isPublic, publicAccessBlock: restricting }, compute)],
    isRead,
    expected: {
      anyone: byBlock,
      [account(compute)]: possible,
      [`organization ${ours}`]: byBlock,
    },
  },
};

describe.each(Object.entries({ ofOwn, blocks, ofOthers }))('%s', (_name, cases) => {
  test.each(Object.entries(cases))('%s', (_what, given) => {
    const { bucket, points = [], isRead: accounts = [data], facts = {}, expected } = given;
    const posture = bucketPosture(bucketFacts(facts, bucket), organization, {
      points,
      readAccounts: new Set(accounts),
    });
    const { entities } = bucketVerdict(posture, key);
    expect(Object.fromEntries(entities.map(({ entity, use }) => [entityText(entity), use]))).toEqual(
      expected,
    );
  });
});
