import { describe, expect, test } from 'vitest';
import { type KeyReport, reportOf, sharingBy } from './key-sharing.ts';

describe.each([
  '01-unread-principal-hides-proven-share',
  '02-deleted-principal-with-session',
  '03-grant-aws-internal',
  '04-grant-by-unique-id',
  '05-userid-read-as-anyone',
  '06-services-by-star-with-source-org',
])('%s', (name) => {
  const { cases } = reportOf<KeyReport>(name);
  test.each(cases.map((given) => [given.name, given] as const))('%s', (_, { policy, grants, expected }) => {
    expect(sharingBy(policy, grants)).toMatchObject(expected);
  });
});
