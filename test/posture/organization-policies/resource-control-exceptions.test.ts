import type { ResolvedKey } from '../../../src/posture/resource-key.ts';
import { read } from '../bucket/bucket.ts';
import { compute, decrypt, keyWith, ours } from '../cross-account/cast.ts';
import { blocked, cases, possible } from './bucket-case.ts';
import { denyEverybody, outsiders } from './organization.ts';

/** KMS developer guide, "Resource control policies in AWS KMS", first example, read 2026-11-29. */
const guide = {
  StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ours },
  Bool: { 'aws:PrincipalIsAWSService': 'false' },
};
const noKms: ResolvedKey = {
  key: { state: 'none' },
  arn: null,
  accountId: null,
  type: 'aws_owned',
  errors: [],
};
const ofOurs = { StringEquals: { 'aws:PrincipalOrgID': ours } };

/** Whom resource control policies spare: nobody that is like a pattern, and whoever signs no request. */
cases([
  {
    what: 'accounts are spared by a pattern that no member of the organization is like',
    policies: {
      rcp: { root: { Odd: [denyEverybody('s3:*', { StringNotLike: { 'aws:PrincipalAccount': '9999*' } })] } },
    },
    bucket: [read('*', { Condition: ofOurs })],
    key: keyWith(decrypt('*', ofOurs)),
    expect: { [`organization ${ours}`]: blocked },
    state: 'deny',
    ids: ['p-odd'],
  },
  {
    what: 'accounts are spared by a pattern that a member is like',
    policies: {
      rcp: {
        root: {
          Odd: [
            denyEverybody('s3:*', { StringNotLike: { 'aws:PrincipalAccount': `${compute.slice(0, 4)}*` } }),
          ],
        },
      },
    },
    bucket: [read('*', { Condition: ofOurs })],
    key: keyWith(decrypt('*', ofOurs)),
    expect: { [`organization ${ours}`]: possible },
    state: 'conditional',
    ids: ['p-odd'],
  },
  {
    what: "KMS's own example asks for aws:PrincipalIsAWSService by Bool: unsigned requests do not carry it and pass",
    policies: { rcp: { root: { Perimeter: [denyEverybody(['s3:*', 'kms:*'], guide)] } } },
    bucket: [read('*')],
    key: noKms,
    expect: { anyone: 'no_kms_barrier', [`organization ${ours}`]: 'no_kms_barrier' },
    state: 'conditional',
    ids: ['p-perimeter'],
  },
  {
    what: 'under a key such requests get nowhere, whoever may use it',
    policies: { rcp: { root: { Perimeter: [denyEverybody(['s3:*', 'kms:*'], guide)] } } },
    bucket: [read('*')],
    key: keyWith(decrypt('*')),
    expect: { anyone: blocked, [`organization ${ours}`]: possible },
    state: 'deny',
    ids: ['p-perimeter'],
  },
  {
    what: 'by BoolIfExists they are kept out',
    policies: { rcp: { root: { Perimeter: [denyEverybody(['s3:*', 'kms:*'], outsiders)] } } },
    bucket: [read('*')],
    key: noKms,
    expect: { anyone: blocked, [`organization ${ours}`]: 'no_kms_barrier' },
    state: 'deny',
    ids: ['p-perimeter'],
  },
]);
