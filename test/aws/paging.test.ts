import { expect, it, test } from 'vitest';
import { collect, type Page, pages } from '../../src/aws/paging.ts';

const site = { operation: 'iam:ListRoles', accountId: '111111111111', region: 'us-east-1' };

/** A listing of these pages in turn, and the markers that they were asked for with. */
function listing(answers: readonly Page<string>[]) {
  const asked: (string | undefined)[] = [];
  const read = async (marker: string | undefined) => {
    asked.push(marker);
    return answers[asked.length - 1] ?? { items: ['beyond the end'], next: null };
  };
  return { asked, pages: pages(site, read, (item) => item.toLowerCase()) };
}

test.each<[what: string, answers: readonly Page<string>[], items: readonly string[], asked: number]>([
  ['one page', [{ items: ['a'], next: undefined }], ['a'], 1],
  ['without entries', [{ items: [], next: null }], [], 1],
  ['an empty marker', [{ items: ['a'], next: '' }], ['a'], 1],
  [
    'pages without entries between others',
    [
      { items: [], next: '1' },
      { items: ['a'], next: '2' },
      { items: [], next: '3' },
      { items: ['b'], next: null },
    ],
    ['a', 'b'],
    4,
  ],
  [
    'entries that come again',
    [
      { items: ['a', 'b', 'A'], next: '1' },
      { items: ['b', 'c'], next: null },
    ],
    ['a', 'b', 'c'],
    2,
  ],
  // IAM and Route 53 say it in a field of its own; a marker beside it is of no more pages.
  ['nothing left, though there is a marker', [{ items: ['a'], next: '1', truncated: false }], ['a'], 1],
  [
    'more, with a marker',
    [
      { items: ['a'], next: '1', truncated: true },
      { items: ['b'], next: null, truncated: false },
    ],
    ['a', 'b'],
    2,
  ],
  [
    'nobody says whether there is more, with a marker',
    [
      { items: ['a'], next: '1', truncated: null },
      { items: ['b'], next: null, truncated: null },
    ],
    ['a', 'b'],
    2,
  ],
])('%s', async (_what, answers, items, requests) => {
  const { asked, pages: all } = listing(answers);
  expect(await collect(all)).toEqual(items);
  expect(asked).toEqual([undefined, '1', '2', '3'].slice(0, requests));
});

test.each<[what: string, answers: readonly Page<string>[]]>([
  [
    'the answer says that there is more, without a marker for it',
    [{ items: ['a'], next: null, truncated: true }],
  ],
  [
    'a paging marker came twice',
    [
      { items: ['a'], next: '1' },
      { items: ['b'], next: '2' },
      { items: ['c'], next: '1' },
    ],
  ],
])('is never taken for complete: %s', async (detail, answers) => {
  await expect(collect(listing(answers).pages)).rejects.toMatchObject({
    reason: 'malformed_answer',
    code: 'broken_paging',
    detail,
    site,
  });
});

it('gives no page that has nothing new', async () => {
  const given: (readonly string[])[] = [];
  const { pages: all } = listing([
    { items: ['a'], next: '1' },
    { items: ['a'], next: '2' },
    { items: ['b', 'a'], next: null },
  ]);
  for await (const page of all) given.push(page);
  expect(given).toEqual([['a'], ['b']]);
});
