import { describe, expect, test } from 'vitest';
import { assessKey } from '../../../src/posture/key.ts';
import type { KeyFacts } from '../../../src/posture/key-facts.ts';
import {
  compute,
  customerKey,
  data,
  decrypt,
  type GivenKey,
  grantTo,
  ours,
  role,
  root,
  third,
  vendor,
} from '../cross-account/cast.ts';
import { denyAction, denyEverybody, type Given, organizationWith, outsiders, payer } from './organization.ts';

function assess(given: GivenKey, policies: Given, changes: Partial<KeyFacts> = {}) {
  const { key } = customerKey(given);
  if (key.state !== 'found') throw new Error('the key was not found');
  const posture = assessKey({ ...key.facts, ...changes }, organizationWith(policies), new Date(0));
  return {
    sharing: posture.access().sharing.sharing,
    effective: posture.effectiveSharing(),
    limitedBy: posture
      .access()
      .findings.map((finding) => [finding.row.principal, posture.limitedBy(finding)]),
  };
}

const perimeter: Given = { rcp: { root: { Perimeter: [denyEverybody('kms:*', outsiders)] } } };
const shared = { statements: [decrypt(root(vendor)), decrypt(root(compute))] };
const own = root(data);

describe('effective sharing of keys', () => {
  test('a perimeter takes the vendor away; documents still say external', () => {
    expect(assess(shared, perimeter)).toEqual({
      sharing: 'external',
      effective: expect.objectContaining({
        sharing: 'organization',
        sharedAccountIds: [compute],
        sharedOutsideOrganization: false,
        sharingComplete: true,
        policyIds: ['p-perimeter'],
      }),
      limitedBy: [
        [own, null],
        [root(vendor), ['p-perimeter']],
        [root(compute), []],
      ],
    });
  });

  test('a grant is under it as well, retiring is not', () => {
    const { effective, limitedBy } = assess(
      { grants: [grantTo(role(vendor), { retiringPrincipal: role(vendor, 'retirer') })] },
      { rcp: { root: { All: [denyEverybody('*', outsiders)] } } },
    );
    expect(effective).toMatchObject({ sharing: 'not_shared', sharedAccountIds: [], policyIds: ['p-all'] });
    expect(limitedBy).toEqual([
      [own, null],
      [role(vendor), ['p-all']],
      [role(vendor, 'retirer'), null],
    ]);
  });

  test('no resource control policy keeps a grantee from retiring the grant', () => {
    const given: GivenKey = { grants: [grantTo(role(vendor), { operations: ['Decrypt', 'RetireGrant'] })] };
    const limits = (action: string) =>
      assess(given, { rcp: { root: { Guard: [denyEverybody(action, outsiders)] } } }).limitedBy[1];
    expect(limits('kms:RetireGrant')).toEqual([role(vendor), []]);
    expect(limits('kms:Decrypt')).toEqual([role(vendor), ['p-guard']]);
  });

  test('of an organization that the root keeps out, the management account is left', () => {
    const org = { StringEquals: { 'aws:PrincipalOrgID': ours } };
    const noKeys: Given = { scp: { root: { Nothing: [denyAction('kms:*')] } } };
    expect(assess({ statements: [decrypt('*', org)] }, noKeys)).toMatchObject({
      sharing: 'organization',
      effective: {
        sharing: 'organization',
        sharedAccountIds: [payer],
        sharedOrganizationIds: [],
        sharedOutsideOrganization: false,
        policyIds: ['p-nothing'],
      },
    });
    expect(assess({ account: payer, statements: [decrypt('*', org)] }, noKeys).effective).toMatchObject({
      sharing: 'not_shared',
      sharedAccountIds: [],
    });
  });

  test('anyone becomes the organization', () => {
    expect(assess({ statements: [decrypt('*')] }, perimeter)).toMatchObject({
      sharing: 'public',
      effective: { sharing: 'organization', sharedOutsideOrganization: false },
    });
  });

  test('service control policies act on principals of member accounts', () => {
    const policies: Given = { scp: { team: { NoKeys: [denyAction('kms:*')] } } };
    expect(assess(shared, policies)).toMatchObject({
      effective: { sharing: 'external', sharedAccountIds: [vendor], policyIds: ['p-nokeys'] },
      limitedBy: [
        [own, null],
        [root(vendor), []],
        [root(compute), ['p-nokeys']],
      ],
    });
  });

  test('what may be denied leaves the wider word, and is not complete', () => {
    const policies: Given = {
      rcp: {
        root: {
          Network: [denyEverybody('kms:*', { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } })],
        },
      },
    };
    expect(assess(shared, policies)).toMatchObject({
      effective: {
        sharing: 'external',
        sharedAccountIds: [compute, vendor],
        sharedOutsideOrganization: true,
        sharingComplete: false,
        policyIds: [],
      },
    });
  });

  test('no policy touches it: the same words', () => {
    expect(assess(shared, {}).effective).toMatchObject({
      sharing: 'external',
      sharedAccountIds: [compute, vendor],
      sharingComplete: true,
      policyIds: [],
    });
    expect(assess({}, perimeter).effective).toMatchObject({ sharing: 'not_shared', sharingComplete: true });
  });

  test('only service control policies were not read: what the others take is taken', () => {
    expect(assess(shared, { ...perimeter, scp: 'not_read' }).effective).toMatchObject({
      sharing: 'organization',
      sharedOutsideOrganization: null,
      sharingComplete: false,
    });
  });

  test('neither was read', () => {
    const { effective, limitedBy } = assess(shared, { scp: 'not_read', rcp: 'not_read' });
    expect(effective).toBeNull();
    expect(limitedBy.map(([, ids]) => ids)).toEqual([null, null, null]);
    expect(assess({}, { scp: 'not_read', rcp: 'not_read' }).effective).toMatchObject({
      sharing: 'not_shared',
      sharingComplete: true,
    });
  });

  test("the management account's key is under none, and its principals are not", () => {
    const policies: Given = { ...perimeter, scp: { root: { Nothing: [denyAction('*')] } } };
    expect(assess({ ...shared, account: payer }, policies).effective).toMatchObject({
      sharing: 'external',
      sharedAccountIds: [vendor],
    });
    expect(assess({ statements: [decrypt(root(payer))] }, policies).effective).toMatchObject({
      sharing: 'organization',
      sharedAccountIds: [payer],
    });
  });

  test('an AWS managed key is under no resource control policy', () => {
    const given: GivenKey = {
      metadata: { keyManager: 'AWS' },
      statements: [decrypt('*', { StringEquals: { 'kms:CallerAccount': data } })],
    };
    expect(assess(given, perimeter)).toMatchObject({
      sharing: 'not_shareable',
      effective: { sharing: 'not_shareable', policyIds: [] },
    });
  });

  test('several accounts of one statement fare by their own policies', () => {
    const list = { 'aws:PrincipalAccount': [compute, third] };
    const given: GivenKey = { statements: [decrypt('*', { StringEquals: list })] };
    const policies: Given = { scp: { team: { NoKeys: [denyAction('kms:*')] } } };
    expect(assess(given, policies).effective).toMatchObject({
      sharing: 'organization',
      sharedAccountIds: [third],
      policyIds: ['p-nokeys'],
    });
  });

  test('the organization is limited by what is at the root, its management account aside', () => {
    const given: GivenKey = {
      statements: [decrypt('*', { StringEquals: { 'aws:PrincipalOrgID': ours } })],
    };
    expect(assess(given, { scp: { root: { NoKeys: [denyAction('kms:*')] } } }).effective).toMatchObject({
      sharing: 'organization',
      sharingComplete: true,
      sharedAccountIds: [payer],
      policyIds: ['p-nokeys'],
    });
    expect(assess(given, { scp: { team: { NoKeys: [denyAction('kms:*')] } } }).effective).toMatchObject({
      sharing: 'organization',
      sharedAccountIds: [],
      policyIds: [],
    });
  });
});
