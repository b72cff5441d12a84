import { compute } from '../cross-account/cast.ts';
import { account, blocked, cases, possible } from './bucket-case.ts';

/** Service control policies: allow lists and denials. */
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
]);
