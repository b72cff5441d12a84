import { describe, expect, test } from 'vitest';
import { known } from '../../../src/aws/fact.ts';
import { bucketExplanation } from '../../../src/posture/bucket/explanation.ts';
import { bucketPosture } from '../../../src/posture/bucket/posture.ts';
import { bucketVerdict } from '../../../src/posture/bucket/verdict.ts';
import { entityText } from '../../../src/posture/cross-account/entity-text.ts';
import type { EntityUse } from '../../../src/posture/cross-account/use.ts';
import { policyIds, policyState } from '../../../src/posture/organization-policies/effect.ts';
import type { ResolvedKey } from '../../../src/posture/resource-key.ts';
import { bucketFacts, read } from '../bucket/bucket.ts';
import { cloudFront, distribution, sseS3 } from '../bucket/cases/case.ts';
import {
  compute,
  customerKey,
  data,
  decrypt,
  keyWith,
  noPolicies,
  ours,
  role,
  root,
  type Statement,
  theirs,
  third,
  vendor,
} from '../cross-account/cast.ts';
import { denyAction, denyEverybody, type Given, organizationWith, outsiders, payer } from './organization.ts';

const reader = role(compute);
const serviceLinked = `arn:aws:iam::${compute}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;

/** A bucket under a key, policies, and how each fares who is let in to read. */
interface Case {
  readonly what: string;
  readonly policies: Given;
  /** Default: lets the role `analytics` of `compute` read. */
  readonly bucket?: readonly Statement[];
  /** Default: a key of `data` that lets the role decrypt. */
  readonly key?: ResolvedKey;
  readonly owner?: string;
  readonly expect: Readonly<Record<string, EntityUse>>;
  readonly state: ReturnType<typeof policyState>;
  readonly ids?: readonly string[];
  /** A part of the explanation. */
  readonly says?: string;
}

const org = { StringEquals: { 'aws:PrincipalOrgID': ours } };
const account = (id: string) => `account ${id}`;
const [possible, blocked] = ['possible', 'blocked_by_organization_policy'] as const;
const forVendor = { bucket: [read(root(vendor))], key: keyWith(decrypt(root(vendor))) };
const forAnyone = { bucket: [read('*')], key: keyWith(decrypt('*')) };
const ofThird = (...statements: readonly Statement[]) => customerKey({ account: third, statements });

function judge({ policies, bucket = [read(reader)], key = keyWith(decrypt(reader)), owner = data }: Case) {
  const facts = bucketFacts(
    { scope: { accountId: owner, accountName: null, region: 'eu-west-1', partition: 'aws' } },
    bucket,
  );
  const isPlain = key.key.state === 'none';
  const posture = bucketPosture(isPlain ? { ...facts, ...sseS3 } : facts, organizationWith(policies));
  const verdict = bucketVerdict(posture, key);
  const effects = verdict.entities.map((entity) => entity.policies);
  return {
    uses: Object.fromEntries(verdict.entities.map(({ entity, use }) => [entityText(entity), use])),
    state: policyState(effects),
    ids: policyIds(effects),
    explanation: bucketExplanation(posture, verdict, key, noPolicies),
  };
}

const cases = (list: readonly Case[]) =>
  test.each(list.map((given) => [given.what, given] as const))('%s', (_, given) => {
    const { uses, state, ids, explanation } = judge(given);
    expect(uses).toEqual(given.expect);
    expect({ state, ids }).toEqual({ state: given.state, ids: given.ids ?? [] });
    expect(explanation).toContain(given.says ?? '');
  });

describe('service control policies', () => {
  cases([
    {
      what: 'FullAWSAccess at every level takes nothing away',
      policies: {},
      expect: { [account(compute)]: possible },
      state: 'allow',
    },
    {
      what: 'the type is not enabled',
      policies: { scp: 'not_enabled', rcp: 'not_enabled' },
      expect: { [account(compute)]: possible },
      state: 'none',
    },
    {
      what: 'an allow list without kms at one unit, three down: the key is out of reach',
      policies: {
        detached: ['team'],
        scp: { team: { Analytics: [{ Effect: 'Allow', Action: ['s3:*', 'athena:*'], Resource: '*' }] } },
      },
      expect: { [account(compute)]: blocked },
      state: 'deny',
      ids: ['p-analytics'],
      says: 'cannot read, because no service control policy at the organizational unit allows kms:Decrypt (p-analytics (Analytics))',
    },
    {
      what: 'the same allow list does not matter under SSE-S3',
      policies: {
        detached: ['team'],
        scp: { team: { Analytics: [{ Effect: 'Allow', Action: ['s3:*'], Resource: '*' }] } },
      },
      key: { key: { state: 'none' }, arn: null, accountId: null, type: 'aws_owned', errors: [] },
      expect: { [account(compute)]: 'no_kms_barrier' },
      state: 'allow',
    },
    {
      what: 'two allow lists at one unit allow together, statement by statement',
      policies: {
        detached: ['team'],
        scp: {
          team: {
            Storage: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
            Keys: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }],
          },
        },
      },
      expect: { [account(compute)]: possible },
      state: 'allow',
    },
    {
      what: 'an allow list at another level does not make up for it',
      policies: {
        detached: ['analytics'],
        scp: {
          analytics: { Storage: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] },
          team: { Keys: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }] },
        },
      },
      expect: { [account(compute)]: blocked },
      state: 'deny',
      ids: ['p-storage'],
    },
    {
      what: 'no policy at all is attached to the account',
      policies: { detached: [compute] },
      expect: { [account(compute)]: blocked },
      state: 'deny',
      says: 'no service control policy at the account allows s3:GetObject',
    },
    {
      what: 'a Deny with NotAction: all but what the list names',
      policies: {
        scp: {
          root: { OnlyData: [{ Sid: 'Rest', Effect: 'Deny', NotAction: ['s3:*', 'sqs:*'], Resource: '*' }] },
        },
      },
      expect: { [account(compute)]: blocked },
      state: 'deny',
      ids: ['p-onlydata'],
      says: 'because service control policy p-onlydata (OnlyData) denies kms:Decrypt by statement 0 (Rest)',
    },
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
      what: 'direct calls only are denied: S3 asks the key for the reader, the reader asks S3 itself',
      policies: {
        scp: {
          root: {
            NoDirectKeys: [
              denyAction('kms:Decrypt', { Condition: { BoolIfExists: { 'aws:ViaAWSService': 'false' } } }),
            ],
          },
        },
      },
      expect: { [account(compute)]: possible },
      state: 'allow',
    },
    {
      what: 'kms through S3 is denied',
      policies: {
        scp: {
          root: {
            NoS3: [
              denyAction('kms:Decrypt', {
                Condition: { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' } },
              }),
            ],
          },
        },
      },
      expect: { [account(compute)]: blocked },
      state: 'deny',
      ids: ['p-nos3'],
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
    {
      what: "the management account's principals are not bound",
      policies: { scp: { root: { Nothing: [denyAction('*')] } } },
      bucket: [read(root(payer)), read(reader)],
      key: keyWith(decrypt(root(payer)), decrypt(reader)),
      expect: { [account(payer)]: possible, [account(compute)]: blocked },
      state: 'deny',
      ids: ['p-nothing'],
    },
    {
      what: 'a service-linked role is not bound',
      policies: {
        scp: { root: { Nothing: [denyAction('*')] } },
        rcp: { root: { All: [denyEverybody('*')] } },
      },
      bucket: [read(serviceLinked)],
      key: keyWith(decrypt(serviceLinked)),
      expect: { [account(compute)]: possible },
      state: 'allow',
    },
    {
      what: 'of another organization nothing is known and nobody is blamed',
      policies: { scp: { root: { Nothing: [denyAction('*')] } } },
      ...forVendor,
      expect: { [account(vendor)]: possible },
      state: 'allow',
    },
    {
      what: 'the organization as a whole is not split by the policies of a unit',
      policies: { scp: { workloads: { Nothing: [denyAction('*')] } } },
      bucket: [read('*', { Condition: org })],
      key: keyWith(decrypt('*', org)),
      expect: { [`organization ${ours}`]: possible },
      state: 'allow',
    },
    {
      what: 'a policy at the root hits the organization as a whole',
      policies: { scp: { root: { Nothing: [denyAction('kms:*')] } } },
      bucket: [read('*', { Condition: org })],
      key: keyWith(decrypt('*', org)),
      expect: { [`organization ${ours}`]: blocked },
      state: 'deny',
      ids: ['p-nothing'],
    },
    {
      what: 'the key policy comes first, and the policies are told all the same',
      policies: { scp: { root: { Nothing: [denyAction('s3:*')] } } },
      key: keyWith(),
      expect: { [account(compute)]: 'blocked_by_key_policy' },
      state: 'deny',
      ids: ['p-nothing'],
    },
    {
      what: 'a service of AWS is no principal of a member account',
      policies: { scp: { root: { Nothing: [denyAction('*')] } } },
      bucket: [read(cloudFront(), distribution('E1'))],
      key: keyWith(decrypt(cloudFront(), distribution('E1').Condition)),
      expect: { 'service cloudfront.amazonaws.com': possible },
      state: 'allow',
    },
  ]);
});

describe('resource control policies', () => {
  cases([
    {
      what: 'a perimeter by organization locks a vendor out of the bucket',
      policies: { rcp: { root: { Perimeter: [denyEverybody('s3:*', outsiders)] } } },
      ...forVendor,
      expect: { [account(vendor)]: blocked },
      state: 'deny',
      ids: ['p-perimeter'],
      says: 'because resource control policy p-perimeter (Perimeter) denies s3:GetObject',
    },
    {
      what: 'on the key alone, by the unit of its account',
      policies: { rcp: { storage: { Keys: [denyEverybody('kms:*', outsiders)] } } },
      ...forVendor,
      expect: { [account(vendor)]: blocked },
      state: 'deny',
      ids: ['p-keys'],
      says: 'because resource control policy p-keys (Keys) denies kms:Decrypt by statement 0 (Perimeter)',
    },
    {
      what: "of the key's owner where another account owns the key",
      policies: { rcp: { [third]: { Keys: [denyEverybody('kms:*', outsiders)] } } },
      bucket: [read(root(vendor))],
      key: ofThird(decrypt(root(vendor))),
      expect: { [account(vendor)]: blocked },
      state: 'deny',
      ids: ['p-keys'],
    },
    {
      what: "of the bucket's owner only: the key of another account is not under it",
      policies: { rcp: { storage: { Keys: [denyEverybody('kms:*', outsiders)] } } },
      bucket: [read(root(vendor))],
      key: ofThird(decrypt(root(vendor))),
      expect: { [account(vendor)]: possible },
      state: 'allow',
    },
    {
      what: 'members are inside the perimeter',
      policies: { rcp: { root: { Perimeter: [denyEverybody(['s3:*', 'kms:*'], outsiders)] } } },
      expect: { [account(compute)]: possible },
      state: 'allow',
    },
    {
      what: 'the perimeter spares an account that it names',
      policies: {
        rcp: {
          root: {
            Perimeter: [
              denyEverybody('s3:*', {
                ...outsiders,
                StringNotEqualsIfExists: {
                  'aws:PrincipalOrgID': ours,
                  'aws:PrincipalAccount': [vendor],
                },
              }),
            ],
          },
        },
      },
      ...forVendor,
      expect: { [account(vendor)]: possible },
      state: 'allow',
    },
    {
      what: 'anyone is kept out, but the organization: that is a party of its own',
      policies: { rcp: { root: { Perimeter: [denyEverybody('s3:*', outsiders)] } } },
      ...forAnyone,
      expect: { anyone: blocked, [`organization ${ours}`]: possible },
      state: 'deny',
      ids: ['p-perimeter'],
    },
    {
      what: 'with the exception for services, CloudFront reads',
      policies: { rcp: { root: { Perimeter: [denyEverybody(['s3:*', 'kms:*'], outsiders)] } } },
      bucket: [read(cloudFront(), distribution('E1'))],
      key: keyWith(decrypt(cloudFront(), distribution('E1').Condition)),
      expect: { 'service cloudfront.amazonaws.com': possible },
      state: 'allow',
    },
    {
      what: 'without it, CloudFront is locked out',
      policies: {
        rcp: {
          root: {
            Perimeter: [denyEverybody('s3:*', { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ours } })],
          },
        },
      },
      bucket: [read(cloudFront(), distribution('E1'))],
      key: keyWith(decrypt(cloudFront(), distribution('E1').Condition)),
      expect: { 'service cloudfront.amazonaws.com': blocked },
      state: 'deny',
      ids: ['p-perimeter'],
    },
    {
      what: "the management account's resources are under no policy",
      policies: { rcp: { root: { Perimeter: [denyEverybody('*', outsiders)] } } },
      bucket: [read(root(vendor))],
      key: customerKey({ account: payer, statements: [decrypt(root(vendor))] }),
      owner: payer,
      expect: { [account(vendor)]: possible },
      state: 'none',
    },
    {
      what: 'a Deny that another organization is named in',
      policies: {
        rcp: {
          root: { Theirs: [denyEverybody('s3:*', { StringEquals: { 'aws:PrincipalOrgID': theirs } })] },
        },
      },
      expect: { [account(compute)]: possible },
      state: 'allow',
    },
    {
      what: 'transport: who calls KMS or S3 can always choose TLS',
      policies: {
        rcp: { root: { Tls: [denyEverybody('*', { BoolIfExists: { 'aws:SecureTransport': 'false' } })] } },
      },
      expect: { [account(compute)]: possible },
      state: 'allow',
    },
    {
      what: "the key's tags, as they were read, decide",
      policies: {
        rcp: {
          root: {
            Secret: [denyEverybody('kms:*', { StringEquals: { 'aws:ResourceTag/class': 'secret' } })],
          },
        },
      },
      key: tagged(keyWith(decrypt(reader)), { Class: 'secret' }),
      expect: { [account(compute)]: blocked },
      state: 'deny',
      ids: ['p-secret'],
    },
    {
      what: 'tags that were not read leave it open',
      policies: {
        rcp: {
          root: {
            Secret: [denyEverybody('kms:*', { StringEquals: { 'aws:ResourceTag/class': 'secret' } })],
          },
        },
      },
      expect: { [account(compute)]: 'unknown' },
      state: 'conditional',
      ids: ['p-secret'],
      says: 'that depends on aws:ResourceTag/class',
    },
    {
      what: 'an Allow of a resource control policy gives nothing, and takes nothing',
      policies: { rcp: { root: { Odd: [{ ...denyEverybody('sqs:*'), Effect: 'Allow' }] } } },
      expect: { [account(compute)]: possible },
      state: 'allow',
    },
  ]);
});

describe('what is not known', () => {
  cases([
    {
      what: 'policies that were not read: possible, and the sentence says so',
      policies: { scp: 'not_read', rcp: 'not_read' },
      expect: { [account(compute)]: possible },
      state: 'not_read',
      says: 'service control policies not evaluated: organizations:ListPolicies failed with AccessDeniedException',
    },
    {
      what: "an account's policies that were not read",
      policies: { unread: [compute] },
      expect: { [account(compute)]: possible },
      state: 'not_read',
      says: `service control policies not evaluated: those of account ${compute} were not read`,
    },
    {
      what: 'what was read still denies',
      policies: { scp: 'not_read', rcp: { root: { Perimeter: [denyEverybody('s3:*', outsiders)] } } },
      ...forVendor,
      expect: { [account(vendor)]: blocked },
      state: 'deny',
      ids: ['p-perimeter'],
    },
    {
      what: 'a policy that is not understood may deny anything',
      policies: { scp: { team: { Odd: [{ Effect: 'Deny', Action: '*', Resource: '*', Principal: '*' }] } } },
      expect: { [account(compute)]: 'unknown' },
      state: 'conditional',
      ids: ['p-odd'],
      says: 'service control policy p-odd (Odd) may deny s3:GetObject by statement 0: it is not understood (it names principals)',
    },
    {
      what: 'an Allow that is not understood leaves open what no other allows',
      policies: {
        detached: ['team'],
        scp: { team: { Odd: [{ Effect: 'Allow', Action: 7, Resource: '*' }] } },
      },
      expect: { [account(compute)]: 'unknown' },
      state: 'conditional',
      ids: ['p-odd'],
      says: 'alone may allow',
    },
    {
      what: 'a policy whose content was not read',
      policies: { rcp: { root: { Closed: null } } },
      expect: { [account(compute)]: 'unknown' },
      state: 'conditional',
      ids: ['p-closed'],
      says: 'its content was not read',
    },
    {
      what: 'a policy of which it is not known where it is attached',
      policies: { unplaced: { scp: { Somewhere: [denyAction('kms:*')] } } },
      expect: { [account(compute)]: 'unknown' },
      state: 'conditional',
      ids: ['p-somewhere'],
      says: 'where the policy is attached was not read',
    },
    {
      what: 'such a policy about other services does not matter',
      policies: { unplaced: { scp: { Somewhere: [denyAction('ec2:*')] } } },
      expect: { [account(compute)]: possible },
      state: 'allow',
    },
  ]);
});

function tagged(resolved: ResolvedKey, tags: Readonly<Record<string, string>>): ResolvedKey {
  if (resolved.key.state !== 'found') return resolved;
  return { ...resolved, key: { state: 'found', facts: { ...resolved.key.facts, tags: known(tags) } } };
}
