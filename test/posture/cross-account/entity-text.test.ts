import { expect, test } from 'vitest';
import { entityText, keyProblem, keyText } from '../../../src/posture/cross-account/entity-text.ts';
import type { ExternalEntity } from '../../../src/posture/cross-account/external-entities.ts';
import { type ResolvedKey, withoutKey } from '../../../src/posture/resource-key.ts';
import { awsManagedKey, compute, customerKey, data, goneKey, unreachableKey } from './cast.ts';

test.each<[entity: ExternalEntity, text: string]>([
  [{ kind: 'account', id: compute }, `account ${compute}`],
  [{ kind: 'organization', id: 'o-ours000001' }, 'organization o-ours000001'],
  [{ kind: 'anyone' }, 'anyone'],
  [{ kind: 'service', id: 'logs.amazonaws.com' }, 'service logs.amazonaws.com'],
  [{ kind: 'unique_id', id: 'aws:userid AROA1' }, 'whoever has aws:userid AROA1'],
  [{ kind: 'canonical_user', id: 'abc' }, 'canonical user abc'],
  [{ kind: 'access_point', id: compute, isOwn: false }, `whom access points of account ${compute} admit`],
])('$0.kind', (entity, text) => {
  expect(entityText(entity)).toBe(text);
});

test.each<[what: string, key: ResolvedKey, text: string]>([
  ['gone', goneKey, `key k does not exist in account ${data}, eu-west-1`],
  ['out of reach', unreachableKey, 'the key in account 333344445555 could not be read'],
  ['none', withoutKey(null), 'no KMS key is used'],
  ['not described', customerKey({ metadata: 'unread' }), "the key's state is not known"],
  ['disabled', customerKey({ metadata: { keyState: 'Disabled' } }), 'the key is in state Disabled'],
])('a key in the way: %s', (_what, key, text) => {
  expect(keyProblem(key)).toContain(text);
});

test('a key in words: as it is written, and what that is', () => {
  const { arn } = customerKey();
  expect(keyText(customerKey(), 'alias/lake')).toBe(`the KMS key alias/lake (${arn})`);
  expect(keyText(customerKey(), arn ?? '')).toBe(`the KMS key ${arn}`);
  expect(keyText(unreachableKey, unreachableKey.arn ?? '')).toBe(`the KMS key ${unreachableKey.arn}`);
  expect(keyText(awsManagedKey(), 'alias/aws/s3')).toBe(
    `the AWS managed key alias/aws/s3 of account ${data}`,
  );
});
