import { expect, test } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import type { ScopeAccess } from '../../src/aws/scope-access.ts';
import { isElsewhere, isOfStrays, ofOtherAccounts, ofThisPlace } from '../../src/aws/strays.ts';

const accountId = '111111111111';
const region = 'eu-west-1';
const site = (operation: string) => ({ operation, accountId, region });
const access = { accountId, region, site } as ScopeAccess;
const named = { operation: 'kms:ListKeys', what: 'keys', arn: (arn: string) => arn };

const here = `arn:aws:kms:${region}:${accountId}:key/a`;
const otherRegion = `arn:aws:kms:us-east-1:${accountId}:key/a`;
const otherAccount = `arn:aws:kms:${region}:222222222222:key/a`;
const bucket = 'arn:aws:s3:::lake';

test.each([
  [here, false],
  [otherRegion, true],
  [otherAccount, true],
  // What has no account or region in its ARN is said to be nowhere else.
  [bucket, false],
  [`arn:aws:iam::${accountId}:role/r`, false],
  ['arn:aws:iam::222222222222:role/r', true],
  ['no arn', false],
])('%s is elsewhere: %s', (arn, elsewhere) => {
  expect(isElsewhere(arn, access)).toBe(elsewhere);
});

test('whose the credentials are need not be known', () => {
  expect(isElsewhere(otherAccount, { accountId: null, region })).toBe(false);
  expect(isElsewhere(otherRegion, { accountId: null, region })).toBe(true);
});

/** What a listing gives, and what it ends with. */
async function read(listing: AsyncIterable<readonly string[]>) {
  const pages: (readonly string[])[] = [];
  try {
    for await (const page of listing) pages.push(page);
  } catch (error) {
    return { pages, error };
  }
  return { pages, error: null };
}

async function* listing(...pages: readonly (readonly string[])[]) {
  yield* pages;
}

test('a listing gives what is here, and fails at its end when it named more', async () => {
  const all = listing([here], [otherRegion], [otherAccount, bucket]);
  expect(await read(ofThisPlace(access, all, named))).toEqual({
    pages: [[here], [bucket]],
    error: expect.objectContaining({
      reason: 'malformed_answer',
      code: 'foreign_entries',
      detail: '2 of the keys that it names are of another account or region',
      site: site('kms:ListKeys'),
    }),
  });
  expect(await read(ofThisPlace(access, listing([here], []), named))).toEqual({
    pages: [[here]],
    error: null,
  });
});

test('a listing of what others share gives theirs, and fails at its end when it named others', async () => {
  const all = listing([otherAccount, here], [otherRegion], ['no arn']);
  const { pages, error } = await read(ofOtherAccounts(access, all, named));
  expect(pages).toEqual([[otherAccount]]);
  expect(error).toMatchObject({
    detail: '3 of the keys that it names are not of another account and this region',
  });
  expect(error instanceof AwsError && isOfStrays(error)).toBe(true);
});

test('no other failure is one of strays: a listing that broke off did not come to its end', () => {
  const code = 'broken_paging';
  expect(isOfStrays(new AwsError('malformed_answer', code, site('kms:ListKeys')))).toBe(false);
});
