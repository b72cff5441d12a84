import { expect, test } from 'vitest';
import { answerFor } from '../../src/explain/answer.ts';
import { type KeyTold, told } from '../../src/explain/facts.ts';
import type { Word } from '../../src/explain/link.ts';
import { namesIn } from '../../src/explain/names.ts';
import { askerOf, type PolicyTold } from '../../src/explain/principals.ts';
import type { Asker } from '../../src/explain/question.ts';
import { keySubject, type Subject } from '../../src/explain/subject.ts';
import { kms } from '../../src/posture/access/kms.ts';
import { verdictFor } from '../../src/posture/iam/verdict.ts';
import { actionsOf } from '../../src/posture/policy/action.ts';
import type { Grant } from '../../src/services/kms/facts.ts';
import {
  compute,
  data,
  grantTo,
  policyOf,
  region,
  role,
  root,
  type Statement,
} from '../posture/cross-account/cast.ts';
import { allow, deny } from '../posture/iam/iam.ts';
import { organizationWith } from '../posture/organization-policies/organization.ts';

/** Every combination of what each policy may say, under a condition that nobody can decide, too. */
const office = { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } };
const action = 'kms:Decrypt';
type Says = readonly Statement[];

const own: Readonly<Record<string, Says>> = {
  allows: [allow(action)],
  silent: [allow('s3:*')],
  denies: [allow('*'), deny(action)],
  'allows if': [allow(action, office)],
  'denies if': [allow(action), deny(action, office)],
};
const scps: Readonly<Record<string, Says>> = {
  silent: [],
  denies: [deny(action)],
  'denies if': [deny(action, office)],
};
const keyPolicies = (to: string, reader: string): Readonly<Record<string, Says>> => ({
  account: [allow('kms:*', { Principal: { AWS: root(to) } })],
  role: [allow('kms:*', { Principal: { AWS: reader } })],
  'account if': [allow('kms:*', { Principal: { AWS: root(to) }, ...office })],
  'role if': [allow('kms:*', { Principal: { AWS: reader }, ...office })],
  anyone: [allow('kms:*', { Principal: '*' })],
  nobody: [allow('kms:*', { Principal: { AWS: role(data, 'admin') } })],
  denies: [allow('kms:*', { Principal: { AWS: reader } }), deny(action, { Principal: '*' })],
  'denies if': [allow('kms:*', { Principal: { AWS: reader } }), deny(action, { Principal: '*', ...office })],
});
const rcps = {
  allows: [],
  denies: [deny(action, { Principal: '*' })],
  'denies if': [deny(action, { Principal: '*', ...office })],
};
const grants = (reader: string): Readonly<Record<string, readonly Grant[]>> => ({
  none: [],
  one: [grantTo(reader)],
  'one if': [grantTo(reader, { constraints: { SourceArn: 'arn:aws:s3:::orders' } })],
});

const arnOf = (type: 'role' | 'user', accountId: string): string =>
  `arn:aws:iam::${accountId}:${type}/analytics`;
const names = namesIn({ accounts: told([]), policies: told([]) });
const policy = (name: string, says: Says): PolicyTold => ({
  arn: null,
  name,
  group: null,
  text: told(policyOf(...says)),
});

function asker(type: 'role' | 'user', accountId: string, iam: Says, boundary: Says | null) {
  return askerOf({
    type,
    arn: arnOf(type, accountId),
    accountId,
    name: 'analytics',
    id: 'AROAANALYTICS00000000',
    tags: {},
    isServiceLinked: false,
    policies: told([policy('own', iam)]),
    boundary: told(boundary && policy('bounds', boundary)),
  });
}

const key = (says: Says, given: readonly Grant[]): KeyTold => ({
  arn: `arn:aws:kms:${region}:${data}:key/k`,
  accountId: data,
  region,
  partition: 'aws',
  state: told({
    keyManager: 'CUSTOMER',
    keySpec: 'SYMMETRIC_DEFAULT',
    keyUsage: 'ENCRYPT_DECRYPT',
    keyState: 'Enabled',
  }),
  policy: told(policyOf(...says)),
  ramPolicy: told(null),
  grants: told(given),
  tags: {},
});

/** What the rules say of all policies together, link or no link. */
function wordByRules({ operations }: Subject, { judged, own }: Asker): Word {
  const [step] = operations.flatMap(({ parts }) => parts(judged));
  const verdict = step !== undefined && 'resource' in step ? verdictFor(judged, own, step.resource) : null;
  const bit = actionsOf(kms).named(action);
  if (verdict === null || (verdict.most & bit) === 0n) return 'no';
  return (verdict.sure & bit) === 0n ? 'unknown' : 'yes';
}

const entries = <T>(of: Readonly<Record<string, T>>) => Object.entries(of);

test.each([
  ['role', data],
  ['user', data],
  ['role', compute],
] as const)('the word is what the links say, in every combination: a %s of %s', (type, accountId) => {
  const reader = arnOf(type, accountId);
  const wrong: unknown[] = [];
  let count = 0;
  const organizations = entries({ allows: [], ...scps }).flatMap(([scp, says]) =>
    entries(rcps).map(([rcp, ofResource]) => {
      const given = {
        ...(scp === 'silent'
          ? { detached: [accountId] }
          : says.length > 0 && { scp: { [accountId]: { 'p-scp': says } } }),
        ...(ofResource.length > 0 && { rcp: { [data]: { 'p-rcp': ofResource } } }),
      } as Parameters<typeof organizationWith>[0];
      return [`SCP ${scp}, RCP ${rcp}`, organizationWith(given)] as const;
    }),
  );
  for (const [ofKey, keySays] of entries(keyPolicies(accountId, reader)))
    for (const [ofGrant, given] of entries(grants(reader)))
      for (const [ofOrganization, organization] of organizations) {
        const subject = keySubject(key(keySays, given), organization);
        for (const [ofIam, iam] of entries(own))
          for (const [ofBoundary, boundary] of [...entries(own), ['none', null] as const]) {
            const who = asker(type, accountId, iam, boundary);
            const { word, links } = answerFor(who, subject, names);
            const verdicts = new Set(links.map(({ verdict }) => verdict));
            const told = verdicts.has('denied') ? 'no' : verdicts.has('not_known') ? 'unknown' : 'yes';
            count += 1;
            const isRight = told === word && word === wordByRules(subject, who);
            if (isRight && !links.some(({ link }) => link === 'together')) continue;
            const what = `key ${ofKey}, grant ${ofGrant}, ${ofOrganization}, IAM ${ofIam}, boundary ${ofBoundary}`;
            wrong.push([what, word, ...links.map(({ link, verdict, why }) => `${link}: ${verdict}, ${why}`)]);
          }
      }
  expect(count).toBe(8 * 3 * 12 * 30);
  expect(wrong).toEqual([]);
});
