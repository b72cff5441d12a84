import { read } from '../bucket/bucket.ts';
import { compute, decrypt, keyWith, root } from '../cross-account/cast.ts';
import { account, blocked, cases, possible } from './bucket-case.ts';
import { denyAction } from './organization.ts';

/** Service control policies under conditions: regions, roles that are spared, what is not known. */
cases([
  {
    what: 'a region restriction that leaves out the region of bucket and key',
    policies: {
      scp: {
        workloads: {
          Regions: [
            denyAction(undefined, {
              Action: undefined,
              NotAction: ['iam:*', 'sts:*'],
              Condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'us-west-2'] } },
            }),
          ],
        },
      },
    },
    expect: { [account(compute)]: blocked },
    state: 'deny',
    ids: ['p-regions'],
  },
  {
    what: 'a region restriction that lets the region',
    policies: {
      scp: {
        root: {
          Regions: [
            denyAction('*', { Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }),
          ],
        },
      },
    },
    expect: { [account(compute)]: possible },
    state: 'allow',
  },
  {
    what: 'a region restriction with an exception for another role',
    policies: {
      scp: {
        root: {
          Regions: [
            denyAction('*', {
              Condition: {
                StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' },
                ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Breakglass' },
              },
            }),
          ],
        },
      },
    },
    expect: { [account(compute)]: blocked },
    state: 'deny',
    ids: ['p-regions'],
  },
  {
    what: 'the bucket lets in the whole account: the excepted role can',
    policies: {
      scp: {
        root: {
          Guard: [
            denyAction('s3:*', {
              Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Breakglass' } },
            }),
          ],
        },
      },
    },
    bucket: [read(root(compute))],
    key: keyWith(decrypt(root(compute))),
    expect: { [account(compute)]: possible },
    state: 'conditional',
    ids: ['p-guard'],
    says: 'can read where IAM there allows it (but service control policy p-guard (Guard) denies s3:GetObject',
  },
  {
    what: 'resources outside the organization are denied: ours is inside',
    policies: {
      scp: {
        root: {
          Inside: [
            denyAction('*', {
              Condition: { StringNotEqualsIfExists: { 'aws:ResourceOrgID': `$\{aws:PrincipalOrgID}` } },
            }),
          ],
        },
      },
    },
    expect: { [account(compute)]: possible },
    state: 'allow',
  },
  {
    what: 'a condition on addresses: it may be denied',
    policies: {
      scp: {
        root: {
          Network: [
            denyAction('s3:*', { Condition: { NotIpAddressIfExists: { 'aws:SourceIp': '192.0.2.0/24' } } }),
          ],
        },
      },
    },
    expect: { [account(compute)]: 'unknown' },
    state: 'conditional',
    ids: ['p-network'],
    says: 'may be able to read or not: service control policy p-network (Network) may deny s3:GetObject by statement 0 (Guard): that depends on aws:SourceIp',
  },
  {
    what: 'tags of the principal are not known',
    policies: {
      scp: {
        root: {
          Tags: [
            denyAction('kms:*', { Condition: { StringNotEquals: { 'aws:PrincipalTag/team': 'data' } } }),
          ],
        },
      },
    },
    expect: { [account(compute)]: 'unknown' },
    state: 'conditional',
    ids: ['p-tags'],
    says: 'that depends on aws:PrincipalTag/team',
  },
]);
