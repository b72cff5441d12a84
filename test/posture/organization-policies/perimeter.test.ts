import { describe, expect, test } from 'vitest';
import { deniesOutsideDecrypt } from '../../../src/posture/organization-policies/perimeter.ts';
import {
  type OrganizationPolicyType,
  organizationPolicy,
} from '../../../src/posture/organization-policies/policies.ts';

const ours = 'o-ours000001';
const notOurs = { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ours } };
const noService = { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } };
const deny = (given: object) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*', ...given }],
});

function answer(document: object | null, type: OrganizationPolicyType = 'RESOURCE_CONTROL_POLICY') {
  const content = document === null ? null : JSON.stringify(document);
  return deniesOutsideDecrypt(
    organizationPolicy({ id: 'p-1', type, name: 'perimeter' }, content),
    ours,
    'aws',
  );
}

describe('a resource control policy keeps outsiders from decrypting', () => {
  test.each([
    ['in the form that AWS documents', deny({ Condition: { ...notOurs, ...noService } })],
    ['services included', deny({ Condition: notOurs })],
    ['everybody', deny({})],
    ['by Decrypt alone', deny({ Action: ['kms:Decrypt'], Condition: { ...notOurs, ...noService } })],
    ['by NotAction', deny({ Action: undefined, NotAction: 's3:*', Condition: notOurs })],
  ])('%s', (_, document) => expect(answer(document)).toBe(true));
});

describe('it does not', () => {
  test.each([
    ['of another service', deny({ Action: 's3:*', Condition: notOurs })],
    [
      'that trusts another organization',
      deny({ Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': [ours, 'o-vendor0001'] } } }),
    ],
    [
      'that leaves an account out',
      deny({ Condition: { ...notOurs, StringNotEquals: { 'aws:PrincipalAccount': '999900001111' } } }),
    ],
    ['over the keys of one region', deny({ Resource: 'arn:aws:kms:eu-west-1:*:key/*', Condition: notOurs })],
    ['of encryption only', deny({ Action: 'kms:Encrypt', Condition: notOurs })],
    [
      'through one service only',
      deny({ Condition: { ...notOurs, StringLike: { 'kms:ViaService': 's3.*' } } }),
    ],
    [
      'that allows everything',
      { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] },
    ],
  ])('%s', (_, document) => expect(answer(document)).toBe(false));
});

describe('it is not known', () => {
  test.each([
    [
      'under a condition on addresses',
      deny({ Condition: { ...notOurs, NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }),
    ],
    [
      'under a condition that is not understood',
      deny({ Condition: { StringSounds: { 'aws:PrincipalOrgID': ours } } }),
    ],
    ['of a policy that was not read', null],
  ])('%s', (_, document) => expect(answer(document)).toBeNull());

  test('of a service control policy, which does not bind outsiders', () =>
    expect(answer(deny({}), 'SERVICE_CONTROL_POLICY')).toBeNull());
});
