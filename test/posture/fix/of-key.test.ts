import { expect, test } from 'vitest';
import { accessToKey } from '../../../src/posture/access/key-access.ts';
import type { Fix } from '../../../src/posture/fix/fix.ts';
import { fixOfKey } from '../../../src/posture/fix/of-key.ts';
import {
  compute,
  customerKey,
  data,
  decrypt,
  type GivenKey,
  grantTo,
  organization,
  ours,
  role,
  root,
  theirs,
  vendor,
} from '../cross-account/cast.ts';

const key = `arn:aws:kms:eu-west-1:${data}:key/k`;

function fixesOf(given: GivenKey): readonly Fix[] | null {
  const resolved = customerKey(given);
  if (resolved.key.state !== 'found') throw new Error('no key');
  const { facts } = resolved.key;
  return fixOfKey(facts, accessToKey(facts, organization), organization);
}

const byOrganization = { StringEquals: { 'aws:PrincipalOrgID': ours } };

test.each<[string, GivenKey]>([
  ['the own account alone', {}],
  [
    'a member of the organization',
    { statements: [decrypt(root(compute))], grants: [grantTo(role(compute))] },
  ],
  ['the organization', { statements: [decrypt('*', byOrganization)] }],
  ['a service', { statements: [decrypt({ Service: 'logs.amazonaws.com' })] }],
  [
    'an account outside that a Deny keeps out',
    {
      statements: [decrypt(root(vendor)), { ...decrypt(root(vendor)), Effect: 'Deny', Action: 'kms:*' }],
    },
  ],
  ['an AWS managed key', { metadata: { keyManager: 'AWS' }, statements: [decrypt(root(vendor))] }],
])('nothing goes: %s', (_what, given) => {
  expect(fixesOf(given)).toBeNull();
});

test.each<[string, GivenKey, readonly string[], string, unknown]>([
  [
    'a statement for an account outside',
    { statements: [decrypt(root(vendor))] },
    [root(vendor)],
    'remove_statement',
    { index: 1, sid: null },
  ],
  [
    'an account outside beside a member',
    { statements: [{ ...decrypt({ AWS: [root(vendor), root(compute)] }), Sid: 'Both' }] },
    [root(vendor)],
    'remove_principals',
    { index: 1, sid: 'Both', principals: [root(vendor)] },
  ],
  ['everybody', { statements: [decrypt('*')] }, ['anyone'], 'remove_statement', { index: 1, sid: null }],
  [
    'a role that was deleted',
    { statements: [decrypt({ AWS: ['AROA2BCDEFGHIJKLMNOPQ', root(compute)] })] },
    ['AROA2BCDEFGHIJKLMNOPQ'],
    'remove_principals',
    { index: 1, sid: null, principals: ['AROA2BCDEFGHIJKLMNOPQ'] },
  ],
  ['a grant', { grants: [grantTo(role(vendor))] }, [role(vendor)], 'revoke_grant', null],
  ['AWS RAM', { ram: [decrypt(root(vendor))] }, [root(vendor)], 'end_resource_share', null],
])('goes: %s', (_what, given, names, kind, statement) => {
  const fixes = fixesOf(given);
  expect(fixes).toMatchObject([{ for: names, purpose: 'take_away', steps: [{ kind, on: key, statement }] }]);
  expect(fixes).toHaveLength(1);
});

test('a grant is revoked by its id in the region of the key', () => {
  const [fix] = fixesOf({ grants: [grantTo(role(vendor))] }) ?? [];
  expect(fix?.steps[0]?.command).toBe(
    `aws kms revoke-grant --region eu-west-1 --key-id ${key} --grant-id g1`,
  );
});

test.each<[string, Record<string, unknown>]>([
  ['everybody', decrypt('*')],
  [
    'accounts outside and a member in one condition',
    decrypt('*', { StringEquals: { 'aws:PrincipalAccount': [vendor, compute] } }),
  ],
  [
    'another organization and the own in one condition',
    decrypt('*', { StringEquals: { 'aws:PrincipalOrgID': [theirs, ours] } }),
  ],
])('who else loses it is told: %s', (_what, statement) => {
  const [fix] = fixesOf({ statements: [statement] }) ?? [];
  expect(fix?.steps[0]?.why).toContain('who has it from here alone loses it');
});

test('nobody else loses what accounts outside alone have', () => {
  const only = decrypt('*', { StringEquals: { 'aws:PrincipalAccount': [vendor] } });
  expect(fixesOf({ statements: [only] })?.[0]?.steps[0]?.why).not.toContain('loses it');
});

test('the only statement of a key policy does not go without another in its place', () => {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...decrypt('*'), Action: 'kms:*' }] });
  const [fix] = fixesOf({ text }) ?? [];
  expect(fix?.steps[0]?.why).toContain('It is the only statement of the key policy');
});

test('many grants: so many are written out, and the rest is counted', () => {
  const grants = Array.from({ length: 3000 }, (_, i) => grantTo(role(vendor, `r${i}`), { grantId: `g${i}` }));
  const fixes = fixesOf({ grants }) ?? [];
  expect(fixes).toHaveLength(51);
  expect(fixes.at(-1)).toMatchObject({ parties: 2950 });
  expect(JSON.stringify(fixes).length).toBeLessThan(40_000);
});
