import { describe, expect, test } from 'vitest';
import { known } from '../../../src/aws/fact.ts';
import { contextOfKey } from '../../../src/posture/access/key-access.ts';
import { kms } from '../../../src/posture/access/kms.ts';
import { principalAdmissions } from '../../../src/posture/access/principal-admissions.ts';
import { assessKey } from '../../../src/posture/key.ts';
import type { KeyFacts } from '../../../src/posture/key-facts.ts';
import { Remembered } from '../../../src/posture/organization-policies/remembered.ts';
import { actionsOf } from '../../../src/posture/policy/action.ts';
import { readAwsPrincipal } from '../../../src/posture/policy/principal.ts';
import { customerKey, decrypt, root, vendor } from '../cross-account/cast.ts';
import { denyAction, denyEverybody, type Given, organizationWith, outsiders } from './organization.ts';

function factsOf(changes: Partial<KeyFacts> = {}): KeyFacts {
  const { key } = customerKey({ statements: [decrypt(root(vendor))] });
  if (key.state !== 'found') throw new Error('the key was not found');
  return { ...key.facts, ...changes };
}

/** How often the same admission to two keys of one place is worked out. */
function timesWorkedOut(given: Given, places: readonly [string, string] = ['here', 'here']): number {
  const organization = organizationWith(given);
  const remembered = new Remembered<number>();
  const principal = readAwsPrincipal(root(vendor));
  if (principal === null) throw new Error('no principal');
  let times = 0;
  for (const place of places) {
    // As two keys have it: equal, and not the same object.
    const context = contextOfKey(factsOf(), organization, null);
    const [admission] = principalAdmissions(principal, actionsOf(kms).named('Decrypt'), context);
    if (admission === undefined) throw new Error('nobody is let in');
    remembered.of(organization.policies, place, admission, () => ++times);
  }
  return times;
}

const variable = (name: string): string => `\${${name}}`;

const rcp = (statement: object): Given => ({ rcp: { root: { Guard: [statement as never] } } });

describe('worked out once for two keys', () => {
  test.each<[string, Given]>([
    ['nothing but FullAWSAccess', {}],
    ['a perimeter', rcp(denyEverybody('kms:*', outsiders))],
    [
      'regions',
      {
        scp: {
          root: {
            Guard: [denyAction('*', { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } })],
          },
        },
      },
    ],
    [
      'the owner',
      rcp(denyEverybody('*', { StringNotEquals: { 'aws:ResourceOrgID': variable('aws:PrincipalOrgID') } })),
    ],
    [
      'what only the own account can do',
      rcp({ ...denyEverybody('kms:ScheduleKeyDeletion'), Resource: 'arn:aws:kms:*:*:key/mrk-*' }),
    ],
    ['another service', rcp({ ...denyEverybody('s3:*'), Resource: 'arn:aws:s3:::lake/*' })],
  ])('%s', (_, given) => expect(timesWorkedOut(given)).toBe(1));
});

describe('worked out for each key, since a policy asks for it', () => {
  test.each<[string, Given]>([
    ['its ARN', rcp({ ...denyEverybody('kms:*'), Resource: 'arn:aws:kms:*:*:key/mrk-*' })],
    ['its tags', rcp(denyEverybody('kms:*', { StringEquals: { 'aws:ResourceTag/class': 'secret' } }))],
    [
      'its aliases',
      rcp(denyEverybody('kms:*', { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/a' } })),
    ],
    [
      'its tags, by a variable',
      rcp(
        denyEverybody('kms:*', {
          StringNotEquals: { 'aws:PrincipalAccount': variable('aws:ResourceTag/owner') },
        }),
      ),
    ],
  ])('%s', (_, given) => expect(timesWorkedOut(given)).toBe(2));

  test('of another place', () => expect(timesWorkedOut({}, ['here', 'there'])).toBe(2));
});

test('keys with one policy text and different tags fare by their tags', () => {
  const organization = organizationWith(
    rcp(denyEverybody('kms:*', { StringEquals: { 'aws:ResourceTag/class': 'secret' } })),
  );
  const sharingOf = (tags: Readonly<Record<string, string>>) =>
    assessKey(factsOf({ tags: known(tags) }), organization, new Date(0)).effectiveSharing()?.sharing;
  expect([{ class: 'secret' }, { class: 'open' }, { class: 'secret' }].map(sharingOf)).toEqual([
    'not_shared',
    'external',
    'not_shared',
  ]);
});
