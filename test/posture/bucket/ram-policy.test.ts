import { expect, test } from 'vitest';
import { bucketPosture } from '../../../src/posture/bucket/posture.ts';
import { bucketVerdict } from '../../../src/posture/bucket/verdict.ts';
import { entityLists } from '../../../src/posture/cross-account/entity-lists.ts';
import { compute, customerKey, decrypt, grantTo, organization, vendor } from '../cross-account/cast.ts';
import { bucketFacts } from './bucket.ts';
import {
  type BucketCase,
  blocked,
  byOrganization,
  readable,
  reader,
  readers,
  unknown,
} from './cases/case.ts';

const denyAll = { Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*' };
const admitting = [decrypt(reader)];

test.each<BucketCase>([
  ['admits the reader', readers, customerKey({ ram: admitting }), { read: 'possible', ...readable }],
  [
    'admits the whole organization',
    readers,
    customerKey({ ram: [decrypt('*', byOrganization('o-ours000001').Condition)] }),
    { read: 'possible', ...readable },
  ],
  [
    'admits somebody else',
    readers,
    customerKey({ ram: [decrypt(vendor)] }),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'admits, and the first policy denies',
    readers,
    customerKey({ statements: [denyAll], ram: admitting }),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'denies what the first policy admits',
    readers,
    customerKey({ statements: admitting, ram: [denyAll] }),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'denies what a grant admits',
    readers,
    customerKey({ ram: [denyAll], grants: [grantTo(reader)] }),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  ['is unread: it may admit', readers, customerKey({ ram: 'unread' }), { read: 'unknown', ...unknown }],
  [
    'is unread: it may deny',
    readers,
    customerKey({ statements: admitting, ram: 'unread' }),
    { read: 'unknown', ...unknown },
  ],
  [
    'is not understood: it may admit',
    readers,
    customerKey({ ram: [{ Effect: 'Allow', Principal: { AWS: compute } }] }),
    { read: 'unknown', ...unknown },
  ],
  [
    'admits, and the first policy is unread: it may deny',
    readers,
    customerKey({ policy: 'unread', ram: admitting }),
    { read: 'unknown', ...unknown },
  ],
])('the policy of RAM %s', (_what, policy, key, { read, ...lists }) => {
  const facts = bucketFacts({}, policy);
  const { crossAccountRead, entities } = bucketVerdict(bucketPosture(facts, organization), key);
  expect({ read: crossAccountRead, ...entityLists(entities, true) }).toMatchObject({ read, ...lists });
});
