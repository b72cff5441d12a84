import { read } from '../bucket/bucket.ts';
import { compute, customerKey, decrypt, keyWith, ours, root } from '../cross-account/cast.ts';
import { account, blocked, cases, possible } from './bucket-case.ts';
import { denyAction, denyEverybody, payer } from './organization.ts';

const org = { StringEquals: { 'aws:PrincipalOrgID': ours } };
const butPayer = { ...org, StringNotEquals: { 'aws:PrincipalAccount': payer } };
const forOrganization = { bucket: [read('*', { Condition: org })], key: keyWith(decrypt('*', org)) };
const organization = `organization ${ours}`;
const noKeys = { scp: { root: { Nothing: [denyAction('kms:*')] } } };
const noData = { scp: { root: { Nothing: [denyAction('s3:*')] } } };
const keptOut = `which keeps all but the management account ${payer} out`;

/** An organization that is let in as a whole: the policies of the root hit all of it but the management account. */
cases([
  {
    what: 'the organization as a whole is not split by the policies of a unit',
    policies: { scp: { workloads: { Nothing: [denyAction('*')] } } },
    bucket: [read('*', { Condition: org })],
    key: keyWith(decrypt('*', org)),
    expect: { [`organization ${ours}`]: possible },
    state: 'allow',
  },
  {
    what: 'a policy at the root leaves the management account, so the organization is not locked out',
    policies: noKeys,
    ...forOrganization,
    expect: { [organization]: possible },
    state: 'conditional',
    ids: ['p-nothing'],
    says: `can read where IAM there allows it (but service control policy p-nothing (Nothing) denies kms:Decrypt by statement 0 (Guard), ${keptOut})`,
  },
  {
    what: 'so with the data',
    policies: noData,
    ...forOrganization,
    expect: { [organization]: possible },
    state: 'conditional',
    ids: ['p-nothing'],
    says: keptOut,
  },
  {
    what: 'so where no policy of the root allows',
    policies: { detached: ['root'] },
    ...forOrganization,
    expect: { [organization]: possible },
    state: 'conditional',
    says: `no service control policy at the root allows s3:GetObject (none is attached), ${keptOut}`,
  },
  {
    what: 'a Deny that spares a role keeps not all of them out',
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
    ...forOrganization,
    expect: { [organization]: possible },
    state: 'conditional',
    ids: ['p-guard'],
    says: 'denies s3:GetObject by statement 0 (Guard))',
  },
  {
    what: "a perimeter of the keys alone that spares a member: the organization is locked out, and the member isn't",
    policies: {
      rcp: {
        root: { Keys: [denyEverybody('kms:*', { StringNotEquals: { 'aws:PrincipalAccount': compute } })] },
      },
    },
    ...forOrganization,
    expect: { [organization]: blocked, [account(compute)]: possible },
    state: 'deny',
    ids: ['p-keys'],
  },
  {
    what: 'what may be denied to the others is not denied to the management account',
    policies: {
      scp: {
        root: {
          Network: [
            denyAction('s3:*', { Condition: { NotIpAddressIfExists: { 'aws:SourceIp': '192.0.2.0/24' } } }),
          ],
        },
      },
    },
    ...forOrganization,
    expect: { [organization]: possible },
    state: 'conditional',
    ids: ['p-network'],
    says: 'that depends on aws:SourceIp',
  },
  {
    what: "the management account's own bucket: there is no other that gets through",
    policies: noKeys,
    bucket: forOrganization.bucket,
    key: customerKey({ account: payer, statements: [decrypt('*', org)] }),
    owner: payer,
    expect: { [organization]: blocked },
    state: 'deny',
    ids: ['p-nothing'],
  },
  {
    what: 'the bucket policy leaves the management account out',
    policies: noKeys,
    bucket: [read('*', { Condition: butPayer })],
    key: keyWith(decrypt('*', org)),
    expect: { [organization]: blocked },
    state: 'deny',
    ids: ['p-nothing'],
  },
  {
    what: 'the key policy leaves the management account out',
    policies: noData,
    bucket: forOrganization.bucket,
    key: keyWith(decrypt('*', butPayer)),
    expect: { [organization]: blocked },
    state: 'deny',
    ids: ['p-nothing'],
  },
  {
    what: 'a resource control policy keeps the management account out as well',
    policies: {
      ...noKeys,
      rcp: {
        root: { Own: [denyEverybody('kms:*', { StringEquals: { 'aws:PrincipalAccount': payer } })] },
      },
    },
    ...forOrganization,
    expect: { [organization]: blocked },
    state: 'deny',
    ids: ['p-nothing', 'p-own'],
  },
  {
    what: 'where the management account is named, it is a party of its own, and the organization is the others',
    policies: noKeys,
    bucket: forOrganization.bucket,
    key: keyWith(decrypt('*', org), decrypt(root(payer))),
    expect: { [account(payer)]: possible, [organization]: blocked },
    state: 'deny',
    ids: ['p-nothing'],
  },
]);
