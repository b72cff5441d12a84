import { expect, test } from 'vitest';
import { refusedByOrganization } from '../../../lab/aws/iam/organization.ts';
import { asDocumented } from '../../../lab/aws/iam/readings.ts';
import { type Caller, contextOf } from '../../../lab/aws/iam/request.ts';
import type { SimOrganization } from '../../../lab/aws/model.ts';
import {
  accounts,
  allow,
  deny,
  identity,
  management,
  organizationOf,
  refusal,
  scp,
  stranger,
} from './controlled.ts';

/**
 * What SCPs do to a request, against the scenarios of the Organizations user guide, "SCP evaluation", and the sentences of
 * its "Service control policies", read 2026-11-29.
 */
/** What roles of an account can do of EC2, S3, CloudWatch and KMS. */
const services = (organization: SimOrganization, account: string) =>
  ['ec2:RunInstances', 's3:GetObject', 'cloudwatch:PutMetricData', 'kms:Decrypt'].flatMap((action) =>
    refusal(organization, { caller: identity(organization, account), action }) === null
      ? [action.split(':')[0]]
      : [],
  );
const all = ['ec2', 's3', 'cloudwatch', 'kms'];

test('scenario 1: a Deny of the unit and one of the account add up', () => {
  const organization = organizationOf();
  scp(organization, deny('s3:*'), 'ou-sandbox');
  scp(organization, deny('ec2:*'), accounts.b);
  expect(services(organization, accounts.a)).toEqual(['ec2', 'cloudwatch', 'kms']);
  expect(services(organization, accounts.b)).toEqual(['cloudwatch', 'kms']);
  expect(services(organization, accounts.e)).toEqual(all);
});

test('scenario 2: a unit whose only SCP allows EC2 leaves its accounts EC2', () => {
  const organization = organizationOf();
  organization.withoutFullAccess.add('ou-sandbox');
  scp(organization, allow('ec2:*'), 'ou-sandbox');
  expect(services(organization, accounts.a)).toEqual(['ec2']);
  expect(services(organization, accounts.e)).toEqual(all);
});

test('scenario 3: a root with a Deny alone leaves nothing', () => {
  const organization = organizationOf();
  organization.withoutFullAccess.add('r-exam');
  scp(organization, deny('s3:*'), 'r-exam');
  for (const account of Object.values(accounts)) expect(services(organization, account)).toEqual([]);
  expect(refusal(organization, { caller: identity(organization, accounts.e), action: 'ec2:X' })).toEqual({
    by: 'service_control',
    policyId: null,
  });
});

test('scenarios 4 and 5: a unit two levels down denies, or allows less, for its own accounts only', () => {
  const four = organizationOf();
  const policy = scp(four, deny('ec2:*'), 'ou-test');
  expect(services(four, accounts.d)).toEqual(['s3', 'cloudwatch', 'kms']);
  expect(services(four, accounts.e)).toEqual(all);
  expect(refusal(four, { caller: identity(four, accounts.d), action: 'ec2:X' })?.policyId).toBe(policy);
  const five = organizationOf();
  five.withoutFullAccess.add('ou-test');
  scp(five, allow('ec2:*'), 'ou-test');
  expect(services(five, accounts.d)).toEqual(['ec2']);
  expect(services(five, accounts.e)).toEqual(all);
});

test('scenario 6: what a unit alone allows and the root denies leaves nothing', () => {
  const organization = organizationOf();
  scp(organization, deny('s3:*'), 'r-exam');
  organization.withoutFullAccess.add('ou-test');
  scp(organization, allow('s3:*'), 'ou-test');
  expect(services(organization, accounts.d)).toEqual([]);
  expect(services(organization, accounts.e)).toEqual(['ec2', 'cloudwatch', 'kms']);
});

test('scenario 7: two allow lists of the root add up, and bind all below', () => {
  const organization = organizationOf();
  organization.withoutFullAccess.add('r-exam');
  scp(organization, allow('iam:*', 'ec2:*'), 'r-exam');
  scp(organization, allow('s3:*', 'cloudwatch:*'), 'r-exam');
  expect(services(organization, accounts.a)).toEqual(['ec2', 's3', 'cloudwatch']);
});

test('SCPs bind the root user, and neither the management account nor strangers nor services nor service-linked roles', () => {
  const organization = organizationOf();
  scp(organization, deny('kms:*'), 'r-exam', accounts.a);
  const decrypt = (caller: Caller) => refusal(organization, { caller, action: 'kms:Decrypt' })?.by ?? null;
  const of = (account: string, kind?: 'role' | 'user' | 'root', name?: string) =>
    decrypt(identity(organization, account, kind, name));
  expect(of(accounts.a, 'root')).toBe('service_control');
  expect(of(accounts.a, 'user')).toBe('service_control');
  expect(of(management)).toBeNull();
  expect(of(stranger)).toBeNull();
  expect(decrypt({ kind: 'service', name: 's3.amazonaws.com', source: null })).toBeNull();
  const linked = 'aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';
  expect(of(accounts.a, 'role', linked)).toBeNull();
});

test('SCPs bind delegated administrators', () => {
  const organization = organizationOf();
  organization.delegatedAdministrators.set(accounts.a, { servicePrincipals: [], since: 0 });
  scp(organization, deny('kms:*'), 'r-exam');
  expect(services(organization, accounts.a)).not.toContain('kms');
});

test('SCPs deny by NotAction outside of regions all but what is global', () => {
  const organization = organizationOf();
  scp(
    organization,
    {
      Effect: 'Deny',
      NotAction: ['iam:*', 'sts:*'],
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] } },
    },
    'ou-workloads',
  );
  const asked = (account: string, action: string, region: string) =>
    refusal(organization, {
      caller: identity(organization, account),
      action,
      context: { 'aws:requestedregion': region },
    })?.by ?? null;
  expect(asked(accounts.d, 'kms:Decrypt', 'us-east-1')).toBe('service_control');
  expect(asked(accounts.d, 'kms:Decrypt', 'eu-west-1')).toBeNull();
  expect(asked(accounts.d, 'sts:AssumeRole', 'us-east-1')).toBeNull();
  expect(asked(accounts.a, 'kms:Decrypt', 'us-east-1')).toBeNull();
});

test('SCPs of a type that is not enabled bind nobody', () => {
  const organization = organizationOf();
  scp(organization, deny('*'), 'r-exam');
  organization.root.policyTypes.delete('SERVICE_CONTROL_POLICY');
  expect(services(organization, accounts.a)).toEqual(all);
});

test('SCPs newer than what is known deny by one reading and not by another', () => {
  const organization = organizationOf();
  scp(
    organization,
    { ...deny('kms:*'), Condition: { StringResembles: { 'aws:PrincipalArn': 'x' } } },
    accounts.a,
  );
  const caller = identity(organization, accounts.a);
  const by = (unknownOperatorsHold: boolean) =>
    refusedByOrganization(
      organization,
      {
        caller,
        action: 'kms:Decrypt',
        resource: '*',
        ownerId: null,
        isAwsManagedKey: false,
        context: contextOf(caller),
      },
      { ...asDocumented, unknownOperatorsHold },
    )?.by;
  expect([by(true), by(false)]).toEqual(['service_control', undefined]);
});
