import { known } from '../../../src/aws/fact.ts';
import type { ResolvedKey } from '../../../src/posture/resource-key.ts';
import { read } from '../bucket/bucket.ts';
import { cloudFront, distribution } from '../bucket/cases/case.ts';
import {
  compute,
  customerKey,
  decrypt,
  keyWith,
  ours,
  root,
  type Statement,
  theirs,
  third,
  vendor,
} from '../cross-account/cast.ts';
import { account, blocked, cases, forVendor, possible, reader } from './bucket-case.ts';
import { denyEverybody, outsiders, payer } from './organization.ts';

const forAnyone = { bucket: [read('*')], key: keyWith(decrypt('*')) };
const ofThird = (...statements: readonly Statement[]) => customerKey({ account: third, statements });

/** Resource control policies: perimeters, whose resource and whose key it is, tags. */
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

function tagged(resolved: ResolvedKey, tags: Readonly<Record<string, string>>): ResolvedKey {
  if (resolved.key.state !== 'found') return resolved;
  return { ...resolved, key: { state: 'found', facts: { ...resolved.key.facts, tags: known(tags) } } };
}
