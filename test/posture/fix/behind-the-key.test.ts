import { expect, test } from 'vitest';
import { bucketPosture } from '../../../src/posture/bucket/posture.ts';
import { bucketVerdict } from '../../../src/posture/bucket/verdict.ts';
import type { Fix } from '../../../src/posture/fix/fix.ts';
import { fixOfBucket } from '../../../src/posture/fix/of-bucket.ts';
import type { ResolvedKey } from '../../../src/posture/resource-key.ts';
import { bucketFacts, read } from '../bucket/bucket.ts';
import {
  awsManagedKey,
  compute,
  customerKey,
  data,
  decrypt,
  keyWith,
  organization,
  role,
  root,
  type Statement,
  third,
} from '../cross-account/cast.ts';
import { analytics, type IamCase, iamBy, mayGet } from '../cross-account/iam-case.ts';
import { type Given, organizationWith } from '../organization-policies/organization.ts';

interface World {
  readonly key?: ResolvedKey;
  readonly policies?: Given;
  readonly iam?: IamCase['iam'];
}

/** @param readers roles that the bucket's policy lets read */
function unlocking(
  { key = keyWith(decrypt(root(compute))), policies, iam = 'off' }: World,
  ...readers: readonly Statement[]
): readonly Fix[] {
  const knowledge = policies === undefined ? organization : organizationWith(policies);
  const posture = bucketPosture(bucketFacts({}, [read(role(compute)), ...readers]), knowledge);
  const fixes = fixOfBucket(posture, bucketVerdict(posture, key, iamBy(iam)), key) ?? [];
  return fixes.filter(({ purpose }) => purpose === 'unlock');
}

const steps = (fixes: readonly Fix[]) => fixes.flatMap((fix) => fix.steps);
const withoutKms: Given = {
  detached: ['team'],
  scp: { team: { Analytics: [{ Effect: 'Allow', Action: ['s3:*'], Resource: '*' }] } },
};

test('an SCP is named, and no change of it proposed', () => {
  expect(steps(unlocking({ policies: withoutKms }))).toMatchObject([
    { kind: 'organization_policy', on: 'p-analytics', statement: null, command: null },
  ]);
});

test('behind the key policy stands an SCP: both are told', () => {
  const fixes = unlocking({ key: customerKey(), policies: withoutKms });
  expect(steps(fixes).map(({ kind }) => kind)).toEqual(['key_policy_statement', 'organization_policy']);
});

test('of two accounts an SCP stands behind the key for one: the statement for the other names that one alone', () => {
  const fixes = unlocking({ key: customerKey(), policies: withoutKms }, read(role(third)));
  const told = fixes.map(({ steps }) => [
    steps.map(({ kind }) => kind),
    [compute, third].filter((account) => JSON.stringify(steps[0]?.statement).includes(account)),
  ]);
  expect(told).toEqual([
    [['key_policy_statement', 'organization_policy'], [compute]],
    [['key_policy_statement'], [third]],
  ]);
});

test('where no statement of the key is proposed for reading, the RCP that locks out of writing is named', () => {
  const denied: Given = {
    rcp: { root: { NoWriting: [{ Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: '*' }] } },
  };
  const anyone = { ...read('*'), Action: ['s3:GetObject', 's3:PutObject'] };
  const key = keyWith({ ...decrypt('*'), Action: 'kms:GenerateDataKey' });
  const fixes = unlocking({ key, policies: denied }, anyone);
  const ofAnyone = fixes.find((fix) => fix.for.includes('anyone'));
  expect(ofAnyone?.steps).toMatchObject([
    { kind: 'key_policy_statement', statement: null },
    { kind: 'organization_policy', on: 'p-nowriting', statement: null, command: null },
  ]);
});

test('IAM of the account: what is missing there unlocks the role', () => {
  const [fix] = unlocking({ iam: [analytics(mayGet)] });
  expect(fix?.steps).toMatchObject([
    {
      kind: 'iam_statement',
      on: role(compute),
      statement: [
        { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::lake/*' },
        {
          Effect: 'Allow',
          Action: 'kms:Decrypt',
          Resource: `arn:aws:kms:eu-west-1:${data}:key/k`,
          Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
        },
      ],
      command: null,
    },
  ]);
  const proposed = fix?.steps[0]?.statement as readonly Statement[];
  expect(unlocking({ iam: [analytics(...proposed)] })).toEqual([]);
});

test('behind the key policy stands IAM: both are told, and both together unlock', () => {
  const fixes = unlocking({ key: customerKey(), iam: [analytics()] });
  const [ofKey, ofIam, ...more] = steps(fixes);
  expect([ofKey?.kind, ofIam?.kind, more]).toEqual(['key_policy_statement', 'iam_statement', []]);
  const missing = ofIam?.statement as readonly Statement[];
  const key = keyWith(ofKey?.statement as Statement);
  expect(unlocking({ key, iam: [analytics(...missing)] })).toEqual([]);
});

test('behind a key that is replaced stands IAM: its statement names the new key as the commands before do', () => {
  const [ofKey, , , ofIam] = steps(unlocking({ key: awsManagedKey(), iam: [analytics(mayGet)] }));
  expect(ofKey?.kind).toBe('replace_key');
  expect(ofIam?.statement).toMatchObject([{ Action: 's3:GetObject' }, { Resource: '$KEY_ARN' }]);
  expect(ofIam?.why).toContain('$KEY_ARN stands for the ARN of the new key');
});
