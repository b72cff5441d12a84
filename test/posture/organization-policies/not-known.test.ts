import { compute, vendor } from '../cross-account/cast.ts';
import { account, blocked, cases, forVendor, possible } from './bucket-case.ts';
import { denyAction, denyEverybody, outsiders } from './organization.ts';

/** Policies that were not read or are not understood. */
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
