import { expect, test } from 'vitest';
import { GroupCommit } from '../../src/state/group-commit.ts';

/** Commits that end when the test says so. */
function heldCommits() {
  const commits: { readonly values: Record<string, string>; end(error?: Error): void }[] = [];
  const group = new GroupCommit(
    (values) =>
      new Promise((resolve, reject) => {
        commits.push({
          values: Object.fromEntries(values),
          end: (error) => (error ? reject(error) : resolve()),
        });
      }),
  );
  return { group, commits };
}

/** Lets everything happen that waits for nothing but its turn. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what comes while a commit is under way is committed together, by the newest value', async () => {
  const { group, commits } = heldCommits();
  const first = group.put('a', '1');
  await turn();
  const others = [group.put('b', '1'), group.put('a', '2'), group.put('b', '2')];
  await turn();
  expect(commits.map(({ values }) => values)).toEqual([{ a: '1' }]);
  commits[0]?.end();
  await first;
  await turn();
  expect(commits.map(({ values }) => values)).toEqual([{ a: '1' }, { b: '2', a: '2' }]);
  commits[1]?.end();
  await Promise.all(others);
});

test('nothing is told to be committed before it is', async () => {
  const { group, commits } = heldCommits();
  let committed = false;
  const put = group.put('a', '1').then(() => {
    committed = true;
  });
  await turn();
  expect(committed).toBe(false);
  commits[0]?.end();
  await put;
});

test('a commit that failed fails all that wait, and all that come after', async () => {
  const { group, commits } = heldCommits();
  const first = group.put('a', '1');
  await turn();
  const second = group.put('b', '1');
  commits[0]?.end(new Error('the backend is gone'));
  await expect(first).rejects.toThrow('the backend is gone');
  await expect(second).rejects.toThrow('the backend is gone');
  await expect(group.put('c', '1')).rejects.toThrow('the backend is gone');
  expect(commits).toHaveLength(1);
});
