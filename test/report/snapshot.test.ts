import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ReportCoverage } from '../../src/report/coverage.ts';
import type { PostureNumber } from '../../src/report/posture-number.ts';
import {
  goneCount,
  newMembers,
  type Point,
  pointOf,
  readPrevious,
  snapshotMeta,
} from '../../src/report/snapshot.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aws-encryption-snapshot-'));
  file = join(folder, 'posture.html');
});
afterEach(() => rm(folder, { recursive: true }));

const coverage = (lastSync: string, organization = 'o-1'): ReportCoverage => ({
  accounts: 1,
  accountsRead: 1,
  places: 1,
  oldest: lastSync,
  newest: lastSync,
  age: 1,
  lastSync,
  organizations: [organization],
  notSeen: [],
  keptKeys: 0,
});

const locked = (...arns: string[]): PostureNumber => ({
  id: 'locked',
  value: arns.length,
  unknown: 0,
  atLeast: false,
  members: arns.map((arn) => ({ arn, name: arn, account: 'data' })),
});

const state = (sync: string, ...arns: string[]): Point => pointOf(coverage(sync), [locked(...arns)]);

/** The next page: it is compared with what is in the file, and replaces it. */
async function next(now: Point) {
  const previous = await readPrevious(file, now);
  await writeFile(
    file,
    `<!doctype html><html><head>${snapshotMeta(now, previous)}</head><body></body></html>`,
  );
  return previous;
}

test('the first page has nothing to compare with, the next has the first', async () => {
  expect(await next(state('monday', 'a'))).toEqual({ why: 'none' });
  expect(await next(state('tuesday', 'a', 'b'))).toEqual({ point: state('monday', 'a') });
  expect(await next(state('wednesday'))).toEqual({ point: state('tuesday', 'a', 'b') });
});

test('a page made again of the same sync still tells the change since the sync before', async () => {
  await next(state('monday', 'a'));
  await next(state('tuesday', 'b'));
  expect(await next(state('tuesday', 'b'))).toEqual({ point: state('monday', 'a') });
  expect(await next(state('tuesday', 'b'))).toEqual({ point: state('monday', 'a') });
});

test('another organization is not compared', async () => {
  await next(state('monday', 'a'));
  expect(await readPrevious(file, pointOf(coverage('tuesday', 'o-2'), []))).toEqual({
    why: 'other_organization',
  });
});

test.each([
  ['no page of ours', '<!doctype html><title>Mine</title>'],
  ['a broken snapshot', '<meta name="aws-encryption-snapshot" content="{">'],
  [
    'a snapshot of a later version',
    '<meta name="aws-encryption-snapshot" content="{&quot;version&quot;:2}">',
  ],
])('%s is not taken for no change', async (_, page) => {
  await writeFile(file, page);
  expect(await readPrevious(file, state('monday'))).toEqual({ why: 'unreadable' });
});

test('what is new is told by name, what is gone by number', () => {
  const before = state('monday', 'a', 'b', 'c');
  expect(newMembers(locked('c', 'd'), before).map(({ arn }) => arn)).toEqual(['d']);
  expect(goneCount(locked('c', 'd'), before)).toBe(2);
});
