import { expect, test } from 'vitest';
import { AwsError, type Reason } from '../../src/aws/error.ts';
import { type Coverage, ScopeCoverage } from '../../src/sync/scope-coverage.ts';
import { accounts } from '../../src/tables/accounts.ts';
import { keys } from '../../src/tables/keys.ts';

const failure = (operation: string, code: string, reason: Reason) =>
  new AwsError(reason, code, { operation, accountId: '111122223333', region: 'eu-west-1' });
const denied = failure('kms:GetKeyPolicy', 'AccessDeniedException', 'access_denied');
const throttled = failure('kms:ListGrants', 'ThrottlingException', 'throttled');
const unlisted = failure('kms:ListKeys', 'AccessDeniedException', 'access_denied');

test.each<[string, (notes: ScopeCoverage) => void, Partial<Coverage>]>([
  [
    'an empty region',
    () => {},
    { status: 'complete', reason: null, rows: 0, failedOperations: null, enumerated: true },
  ],
  ['rows, nothing failed', (l) => l.wrote(keys), { status: 'complete', rows: 1, enumerated: true }],
  [
    'a value missing: the row is there, so nothing else may be deleted for it',
    (l) => {
      l.wrote(keys);
      l.valueMissing([keys], denied);
    },
    { status: 'partial', reason: 'access_denied', enumerated: true },
  ],
  [
    'rows of one key missing',
    (l) => l.rowsMissing([keys], denied),
    { status: 'partial', reason: 'access_denied', enumerated: false },
  ],
  [
    'the listing failed at once',
    (l) => l.listingFailed([keys], unlisted),
    { status: 'failed', reason: 'access_denied', enumerated: false },
  ],
  [
    'the listing failed on a later page',
    (l) => {
      l.wrote(keys);
      l.listingFailed([keys], unlisted);
    },
    { status: 'partial', rows: 1, enumerated: false },
  ],
  [
    'a failed listing is the reason, however often something else failed',
    (l) => {
      for (let i = 0; i < 5; i++) l.valueMissing([keys], throttled);
      l.listingFailed([keys], unlisted);
    },
    { reason: 'access_denied' },
  ],
  [
    'otherwise the most frequent failure is the reason, and all are counted',
    (l) => {
      l.valueMissing([keys], denied);
      l.valueMissing([keys], throttled);
      l.valueMissing([keys], throttled);
    },
    {
      reason: 'throttled',
      message: expect.stringMatching(/\(3 reads failed in all\)$/),
      failedOperations: {
        'kms:GetKeyPolicy': { AccessDeniedException: 1 },
        'kms:ListGrants': { ThrottlingException: 2 },
      },
    },
  ],
  [
    'an organization policy refuses some of it, and more failed: the failure is the reason, and not all was listed',
    (l) => {
      l.wrote(keys);
      l.asked([keys]);
      l.refused([keys], 'An organization policy denies it.');
      l.valueMissing([keys], throttled);
    },
    { status: 'partial', reason: 'throttled', rows: 1, enumerated: false },
  ],
  [
    'all turned off by the spec',
    (l) => l.leftOut([keys], 'all'),
    { status: 'skipped', reason: 'not_selected', enumerated: false },
  ],
  [
    'some turned off by the spec',
    (l) => l.leftOut([keys], 'some'),
    { status: 'partial', reason: 'not_selected', enumerated: false },
  ],
])('coverage: %s', (_, happen, expected) => {
  const notes = new ScopeCoverage([keys]);
  happen(notes);
  const [[, coverage] = []] = [...notes.coverage()];
  expect(coverage).toMatchObject(expected);
});

test('a failure of a table that is not selected is nobody’s', () => {
  const notes = new ScopeCoverage([keys]);
  notes.listingFailed([accounts], unlisted);
  expect([...notes.coverage()].map(([, { status }]) => status)).toEqual(['complete']);
});

test('one sentence for each table, operation and code, with the count', () => {
  const notes = new ScopeCoverage([keys]);
  for (let i = 0; i < 12; i++) notes.valueMissing([keys], denied);
  notes.valueMissing([keys], throttled);
  const texts = [...notes.errors()].map(({ text }) => text);
  expect(texts).toHaveLength(2);
  expect(texts[0]).toMatch(
    /^aws_encryption_keys: kms:GetKeyPolicy failed with AccessDeniedException .*12 times/,
  );
});
