import { expect, test } from 'vitest';
import { membershipOf } from '../../../lab/aws/iam/organization.ts';
import type { Statement } from '../../../lab/aws/iam/policy.ts';
import type { Caller } from '../../../lab/aws/iam/request.ts';
import type { SimOrganization } from '../../../lab/aws/model.ts';
import {
  type Asked,
  accounts,
  deny,
  identity,
  management,
  organizationOf,
  rcp,
  refusal,
  stranger,
} from './controlled.ts';

/**
 * What RCPs do to a request, against the sentences of the Organizations user guide, "RCP evaluation" and "Resource control
 * policies", and the examples of the KMS developer guide, "Resource control policies in AWS KMS", read 2026-11-29.
 */
const ours = 'o-exampleorg1';
/** KMS developer guide, "Resource control policies in AWS KMS", first example. */
const perimeter: Statement = {
  Effect: 'Deny',
  Action: ['kms:*', 's3:*', 'sns:*'],
  Resource: '*',
  Condition: {
    StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ours },
    Bool: { 'aws:PrincipalIsAWSService': 'false' },
  },
};
/** The same guide, second example. */
const confusedDeputy: Statement = {
  Effect: 'Deny',
  Action: 'kms:*',
  Resource: '*',
  Condition: {
    StringNotEqualsIfExists: { 'aws:SourceOrgID': ours },
    Null: { 'aws:SourceAccount': 'false' },
    Bool: { 'aws:PrincipalIsAWSService': 'true' },
  },
};
const by = (organization: SimOrganization, asked: Asked) => refusal(organization, asked)?.by ?? null;

test('RCPs of the root, a unit and the account itself deny, for any principal, strangers and root users included', () => {
  for (const level of ['r-exam', 'ou-workloads', 'ou-test', accounts.d]) {
    const organization = organizationOf();
    rcp(organization, perimeter, level);
    const asked = (caller: Caller) => by(organization, { caller, action: 'kms:Decrypt', owner: accounts.d });
    expect(asked(identity(organization, stranger)), level).toBe('resource_control');
    expect(asked(identity(organization, stranger, 'root')), level).toBe('resource_control');
    expect(asked(identity(organization, accounts.a)), level).toBeNull();
  }
});

test('RCPs spare resources of other units, of strangers and of the management account', () => {
  const organization = organizationOf();
  rcp(organization, deny('kms:*'), 'ou-test', management);
  const owned = (owner: string) =>
    by(organization, { caller: identity(organization, accounts.a), action: 'kms:Decrypt', owner });
  expect(owned(accounts.d)).toBe('resource_control');
  expect(owned(accounts.e)).toBeNull();
  expect(owned(stranger)).toBeNull();
  expect(owned(management)).toBeNull();
});

test('RCPs cover keys and buckets, and no topics; neither AWS managed keys nor kms:RetireGrant nor service-linked roles', () => {
  const organization = organizationOf();
  rcp(organization, perimeter, 'r-exam');
  const caller = identity(organization, stranger);
  const owner = accounts.d;
  expect(by(organization, { caller, action: 's3:GetObject', owner })).toBe('resource_control');
  expect(by(organization, { caller, action: 'sns:Publish', owner })).toBeNull();
  expect(by(organization, { caller, action: 'kms:RetireGrant', owner })).toBeNull();
  expect(by(organization, { caller, action: 'kms:Decrypt', owner, isAwsManagedKey: true })).toBeNull();
  const linked = identity(organization, stranger, 'role', 'aws-service-role/x.amazonaws.com/Linked');
  expect(by(organization, { caller: linked, action: 'kms:Decrypt', owner })).toBeNull();
});

test('RCPs bind services, where they are not excepted: those that call for a resource of another organization', () => {
  const organization = organizationOf();
  rcp(organization, perimeter, 'r-exam');
  const owner = accounts.d;
  const callingFor = (account: string): Caller => ({
    kind: 'service',
    name: 'sns.amazonaws.com',
    source: {
      account,
      arn: `arn:aws:sns:eu-west-1:${account}:t`,
      membership: membershipOf(organization, account),
    },
  });
  const asked = (caller: Caller) => by(organization, { caller, action: 'kms:Decrypt', owner });
  expect(asked(callingFor(stranger))).toBeNull();
  rcp(organization, confusedDeputy, 'r-exam');
  expect(asked(callingFor(stranger))).toBe('resource_control');
  expect(asked(callingFor(accounts.a))).toBeNull();
  // Where no source is told, the second example denies nothing.
  expect(asked({ kind: 'service', name: 'sns.amazonaws.com', source: null })).toBeNull();
  expect(asked(identity(organization, stranger))).toBe('resource_control');
});
