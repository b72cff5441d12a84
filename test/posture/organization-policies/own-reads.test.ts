import { describe, expect, test } from 'vitest';
import { deniedReads } from '../../../src/posture/organization-policies/own-reads.ts';
import { takingText } from '../../../src/posture/organization-policies/taking.ts';
import { compute, data, type Statement, third } from '../cross-account/cast.ts';
import { denyAction, type Given, organizationWith, payer } from './organization.ts';

const operations = ['kms:ListKeys', 'kms:DescribeKey'];

/** What is denied to the plugin's own role in one region of `compute`, three units down. */
function denied(given: Given, asked: readonly string[] = operations, accountId: string = compute) {
  const { policies, ...knowledge } = organizationWith(given);
  const roleArn = `arn:aws:iam::${accountId}:role/audit/reader`;
  const reads = { roleArn, accountId, region: 'eu-west-1', partition: 'aws' };
  const taking = deniedReads(asked, reads, knowledge, policies);
  return taking && takingText(taking);
}

const by = (statement: Statement): Given => ({ scp: { workloads: { Guard: [statement] } } });
const inRegions = (operator: string, ...regions: string[]) => ({
  Condition: { [operator]: { 'aws:RequestedRegion': regions } },
});
const text = 'service control policy p-guard (Guard) denies kms:ListKeys by statement 0 (Guard)';

describe('surely denied', () => {
  test.each<[string, Given, string]>([
    ['a service', by(denyAction('kms:*')), text],
    ['all that is not global', by({ ...denyAction('*'), Action: undefined, NotAction: ['iam:*'] }), text],
    ['regions that are not used', by(denyAction('*', inRegions('StringNotEquals', 'us-east-1'))), text],
    [
      'whoever is not the administrator',
      by(denyAction('*', { Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } } })),
      text,
    ],
    [
      'a list of what is allowed, without the service',
      {
        detached: ['team'],
        scp: { team: { Allowed: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } },
      },
      'no service control policy at the organizational unit allows kms:ListKeys (p-allowed (Allowed))',
    ],
  ])('%s', (_, given, expected) => expect(denied(given)).toBe(expected));
});

describe('not surely denied', () => {
  test.each<[string, Given]>([
    ['nothing', {}],
    ['other accounts', { scp: { storage: { Guard: [denyAction('*')] } } }],
    ['one operation of two', by(denyAction('kms:ListKeys'))],
    ['another service', by(denyAction('s3:*'))],
    ['another region', by(denyAction('*', inRegions('StringEquals', 'us-east-1')))],
    ['other resources', by(denyAction('*', { Resource: 'arn:aws:kms:eu-west-1:*:key/*' }))],
    [
      'all but the role itself',
      by(
        denyAction('*', {
          Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/audit/*' } },
        }),
      ),
    ],
    [
      'what conditions decide',
      by(denyAction('*', { Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } })),
    ],
    [
      'an allow list by resource',
      {
        detached: ['team'],
        scp: { team: { Allowed: [{ Effect: 'Allow', Action: 'kms:*', Resource: 'arn:aws:kms:*:*:key/*' }] } },
      },
    ],
    ['a policy whose targets were not read', { unplaced: { scp: { Guard: [denyAction('*')] } } }],
    ['policies that were not read', { scp: 'not_read' }],
    ['by a resource control policy', { rcp: { root: { Guard: [denyAction('kms:*', { Principal: '*' })] } } }],
  ])('%s', (_, given) => expect(denied(given)).toBeNull());

  test('the management account, whatever stands at the root', () => {
    const everything: Given = { scp: { root: { Guard: [denyAction('*')] } } };
    expect(denied(everything, operations, payer)).toBeNull();
    expect([third, data].map((id) => denied(everything, operations, id))).toEqual([text, text]);
  });
});
