import { compute } from '../cross-account/cast.ts';
import { account, blocked, cases, possible } from './bucket-case.ts';
import { denyAction } from './organization.ts';

/** Service control policies that ask by which service a call comes: who reads may choose one, KMS is asked by S3. */
cases([
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
    what: 'direct calls of S3 are denied: who reads may choose a service between, such as Athena',
    policies: {
      scp: {
        root: {
          NoDirectReads: [
            denyAction('s3:*', { Condition: { BoolIfExists: { 'aws:ViaAWSService': 'false' } } }),
          ],
        },
      },
    },
    expect: { [account(compute)]: possible },
    state: 'allow',
  },
  {
    what: 'one policy denies direct calls of S3, another those that services make: no way is left',
    policies: {
      scp: {
        root: {
          NoDirect: [denyAction('s3:*', { Condition: { BoolIfExists: { 'aws:ViaAWSService': 'false' } } })],
        },
        [compute]: {
          NoServices: [denyAction('s3:*', { Condition: { Bool: { 'aws:ViaAWSService': 'true' } } })],
        },
      },
    },
    expect: { [account(compute)]: blocked },
    state: 'deny',
    ids: ['p-nodirect', 'p-noservices'],
    says: 'denies s3:GetObject',
  },
  {
    what: 'all but what comes through Athena is denied: whether the reader comes so is not known',
    policies: {
      scp: {
        root: {
          OnlyAthena: [
            denyAction('s3:*', {
              Condition: { 'ForAllValues:StringNotEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } },
            }),
          ],
        },
      },
    },
    expect: { [account(compute)]: 'unknown' },
    state: 'conditional',
    ids: ['p-onlyathena'],
    says: 'that depends on aws:CalledVia',
  },
  {
    what: 'direct calls of S3, and of the key but by S3, are denied by one statement',
    policies: {
      scp: {
        root: {
          NoDirect: [denyAction('*', { Condition: { BoolIfExists: { 'aws:ViaAWSService': 'false' } } })],
        },
      },
    },
    expect: { [account(compute)]: possible },
    state: 'allow',
  },
  {
    what: 'services between are denied: S3 itself is one when it asks the key',
    policies: {
      scp: {
        root: {
          OnlyDirect: [denyAction('*', { Condition: { Bool: { 'aws:ViaAWSService': 'true' } } })],
        },
      },
    },
    expect: { [account(compute)]: blocked },
    state: 'deny',
    ids: ['p-onlydirect'],
    says: 'denies kms:Decrypt',
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
]);
