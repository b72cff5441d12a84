import { describe, expect, test } from 'vitest';
import { bucketPosture } from '../../../src/posture/bucket/posture.ts';
import { bucketVerdict } from '../../../src/posture/bucket/verdict.ts';
import { entityText } from '../../../src/posture/cross-account/entity-text.ts';
import type { EntityUse } from '../../../src/posture/cross-account/use.ts';
import type { Identity } from '../../../src/posture/iam/account-iam.ts';
import { compute, data, decrypt, keyWith, root, type Statement, third } from '../cross-account/cast.ts';
import { iamBy } from '../cross-account/iam-case.ts';
import { allow, identity } from '../iam/iam.ts';
import { type Given, organizationWith } from '../organization-policies/organization.ts';
import { accessPoint, pointArn, through } from './access-point.ts';
import { arn, bucketFacts, read } from './bucket.ts';

const delegating = (to: string) =>
  read('*', { Condition: { StringEquals: { 's3:DataAccessPointAccount': to } } });
const deny = (changes: Statement = {}): Statement => ({
  Effect: 'Deny',
  Action: 's3:GetObject',
  Resource: '*',
  ...changes,
});
const ofAll = (statement: Statement): Statement => ({ ...statement, Principal: '*' });

/** How `compute` fares, let in through an access point of `data`, or of an account of its own. */
function useOf(given: Given, iam?: readonly Identity[], owner = data): EntityUse | undefined {
  const point = accessPoint([through(root(compute), owner)], {}, owner);
  const accessPoints = { points: [point], readAccounts: new Set([data, owner]) };
  const posture = bucketPosture(bucketFacts({}, [delegating(owner)]), organizationWith(given), accessPoints);
  const { entities } = bucketVerdict(posture, keyWith(decrypt(root(compute))), iam && iamBy(iam));
  return entities.find(({ entity }) => entityText(entity) === `account ${compute}`)?.use;
}

describe('organization policies', () => {
  test.each<[what: string, given: Given, expected: EntityUse]>([
    ['none', {}, 'possible'],
    ['an SCP denies all', { scp: { [compute]: { no: [deny()] } } }, 'blocked_by_organization_policy'],
    [
      "an SCP denies the bucket's objects: whether it is asked about those, AWS does not say",
      { scp: { [compute]: { no: [deny({ Resource: `${arn}/*` })] } } },
      'unknown',
    ],
    [
      "an SCP denies the access point's objects",
      { scp: { [compute]: { no: [deny({ Resource: `${pointArn()}/object/*` })] } } },
      'unknown',
    ],
    [
      'an RCP of the bucket denies all',
      { rcp: { [data]: { no: [ofAll(deny())] } } },
      'blocked_by_organization_policy',
    ],
    [
      'an SCP denies what comes through access points of others',
      {
        scp: {
          [compute]: {
            no: [deny({ Condition: { StringNotEquals: { 's3:DataAccessPointAccount': third } } })],
          },
        },
      },
      'blocked_by_organization_policy',
    ],
    [
      'an SCP denies what comes through none',
      { scp: { [compute]: { no: [deny({ Condition: { Null: { 's3:DataAccessPointArn': 'true' } } })] } } },
      'possible',
    ],
  ])('%s', (_what, given, expected) => {
    expect(useOf(given)).toBe(expected);
  });

  test('an RCP of who owns the access point counts as well', () => {
    expect(useOf({ rcp: { [third]: { no: [ofAll(deny())] } } }, undefined, third)).toBe('unknown');
  });
});

describe('IAM of who comes through an access point', () => {
  const mayDecrypt = allow('kms:Decrypt');
  test.each<[what: string, iam: readonly Identity[], expected: EntityUse]>([
    ['nobody may read', [identity(compute, { says: [mayDecrypt] })], 'blocked_by_iam'],
    ['nobody may decrypt', [identity(compute, { says: [allow('s3:GetObject')] })], 'blocked_by_iam'],
    ['somebody may', [identity(compute, { says: [allow('s3:GetObject'), mayDecrypt] })], 'unknown'],
    [
      'somebody may by the ARN of the access point',
      [
        identity(compute, {
          says: [allow('s3:GetObject', { Resource: `${pointArn()}/object/*` }), mayDecrypt],
        }),
      ],
      'unknown',
    ],
  ])('%s', (_what, iam, expected) => {
    expect(useOf({}, iam)).toBe(expected);
  });
});
