import { read } from '../bucket/bucket.ts';
import { cloudFront, distribution } from '../bucket/cases/case.ts';
import { compute, decrypt, keyWith, root, vendor } from '../cross-account/cast.ts';
import { account, blocked, cases, forVendor, possible, reader } from './bucket-case.ts';
import { denyAction, denyEverybody, payer } from './organization.ts';

const serviceLinked = `arn:aws:iam::${compute}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;

/** Whom service control policies bind: member accounts, not the management account, not AWS itself. */
cases([
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
