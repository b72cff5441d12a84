import { expect, test } from 'vitest';
import { bucketPosture } from '../../../src/posture/bucket/posture.ts';
import { bucketVerdict } from '../../../src/posture/bucket/verdict.ts';
import type { Fix } from '../../../src/posture/fix/fix.ts';
import { fixOfBucket } from '../../../src/posture/fix/of-bucket.ts';
import type { ResolvedKey } from '../../../src/posture/resource-key.ts';
import { bucketFacts, read } from '../bucket/bucket.ts';
import {
  compute,
  customerKey,
  data,
  decrypt,
  keyWith,
  organization,
  role,
  root,
  type Statement,
} from '../cross-account/cast.ts';
import { analytics, type IamCase, iamBy, mayGet } from '../cross-account/iam-case.ts';
import { type Given, organizationWith } from '../organization-policies/organization.ts';

interface World {
  readonly key?: ResolvedKey;
  readonly policies?: Given;
  readonly iam?: IamCase['iam'];
}

function unlocking({ key = keyWith(decrypt(root(compute))), policies, iam = 'off' }: World): readonly Fix[] {
  const knowledge = policies === undefined ? organization : organizationWith(policies);
  const posture = bucketPosture(bucketFacts({}, [read(role(compute))]), knowledge);
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
