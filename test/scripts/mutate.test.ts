import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ActiveMutant, EndedRun } from '../../scripts/mutate/active-mutant.ts';
import type { ModuleGraph } from '../../scripts/mutate/module-graph.ts';
import { type Change, type Mutant, sample } from '../../scripts/mutate/mutants.ts';
import type { Outcome } from '../../scripts/mutate/order.ts';
import { planner } from '../../scripts/mutate/plan.ts';
import { Results, type Verdict } from '../../scripts/mutate/results.ts';
import { filesOf, type Role } from '../../scripts/mutate/roles.ts';
import { compare } from '../../scripts/mutate/survivors.ts';

const change = (n: number): Change => ({ line: `if (a > ${n}) return b;`, was: `a > ${n}`, became: 'true' });
const mutant = (n: number, file = 'src/posture/a.ts'): Mutant => ({
  id: `${n}`,
  file,
  lineNumber: n,
  start: 0,
  end: 1,
  replacement: 'true',
  change: change(n),
});
const many = Array.from({ length: 100 }, (_, n) => mutant(n));
const linesOf = (mutants: readonly Mutant[]) => mutants.map(({ change: { line } }) => line);

describe('the sample', () => {
  test('is the same for a seed, and another for another', () => {
    expect(sample(many, 1, 10)).toEqual(sample(many, 1, 10));
    expect(sample(many, 1, 10)).not.toEqual(sample(many, 2, 10));
  });

  test('outlives a move of files, shifted lines and code that is added', () => {
    const moved = many.map((each, i) => ({
      ...each,
      file: 'src/services/a/rules.ts',
      id: `${i + 7}`,
      lineNumber: i + 9,
    }));
    expect(linesOf(sample(moved, 1, 10))).toEqual(linesOf(sample(many, 1, 10)));
    const added = sample([...many, mutant(100)], 1, 10);
    const kept = linesOf(added).filter((line) => linesOf(sample(many, 1, 10)).includes(line));
    expect(kept.length).toBeGreaterThanOrEqual(9);
  });
});

describe('the list of survivors', () => {
  const listed = (n: number) => ({ ...change(n), reason: 'it only saves time, nothing else' });

  test('an entry stands for one mutant', () => {
    const twice = [mutant(1), mutant(1)];
    expect(compare(twice, many, [listed(1)]).unlisted).toHaveLength(1);
    expect(compare(twice, many, [listed(1), listed(1)]).unlisted).toEqual([]);
  });

  test('one that was tried and killed is outdated, one that was not tried is not', () => {
    expect(compare([], [mutant(1)], [listed(1), listed(2)]).outdated).toEqual([listed(1)]);
  });
});

test('a mutant is met by the tests that reach it, or by all that its being loaded or read may change', () => {
  const run = (file: string, milliseconds: number, ...reached: string[]) => ({
    file,
    name: file,
    milliseconds,
    reached: new Set(reached),
  });
  const imports = (file: string) => file !== 'test/c.test.ts';
  const outcome: Outcome = {
    failed: null,
    hits: new Map([['reached', 3]]),
    loading: new Set(['loaded']),
    reading: new Map([['test/b.test.ts', new Set(['read'])]]),
    tests: new Map([
      ['1', run('test/a.test.ts', 50, 'reached')],
      ['2', run('test/a.test.ts', 60)],
      ['3', run('test/b.test.ts', 5, 'reached')],
      ['4', run('test/c.test.ts', 1)],
    ]),
  };
  const planOf = planner(outcome, imports);
  const mutantOf = (id: string, file = 'src/x.ts') => ({ id, file });
  const filesFor = (id: string, file?: string) => [...planOf(mutantOf(id, file)).order.files];
  expect(filesFor('reached')).toEqual([
    ['test/b.test.ts', new Set(['3'])],
    ['test/a.test.ts', new Set(['1'])],
  ]);
  expect(filesFor('loaded')).toEqual([
    ['test/b.test.ts', null],
    ['test/a.test.ts', null],
  ]);
  // The test that is named like the file is the likeliest to notice.
  expect(filesFor('loaded', 'src/deep/a.ts').map(([file]) => file)).toEqual([
    'test/a.test.ts',
    'test/b.test.ts',
  ]);
  expect(filesFor('read')).toEqual([['test/b.test.ts', null]]);
  expect(filesFor('elsewhere')).toEqual([]);
  expect(planOf(mutantOf('reached'))).toMatchObject({ milliseconds: 55, order: { hitLimit: 1300 } });
});

describe('what an earlier run found', () => {
  const texts = new Map([
    ['src/posture/a.ts', 'source'],
    ['test/a.test.ts', 'test'],
  ]);
  const textOf = (file: string) => texts.get(file) ?? '';
  async function keptBy(verdict: Verdict, bundle: string, text = textOf): Promise<Verdict | undefined> {
    const path = join(mkdtempSync(join(tmpdir(), 'mutate-')), 'deep', 'results.json');
    const results = await Results.open(path, 'bundle', textOf);
    results.add(mutant(1), verdict);
    const again = await Results.open(path, bundle, text);
    rmSync(join(path, '..', '..'), { recursive: true });
    expect(again.find(mutant(2))).toBeUndefined();
    return again.find(mutant(1));
  }
  const changed = (file: string) => (each: string) => (each === file ? 'changed' : textOf(each));
  const killed = { survived: false, file: 'test/a.test.ts' };
  const survived = { survived: true, file: null };

  test('holds for a killed mutant while its file and the test that noticed it are the same', async () => {
    expect(await keptBy(killed, 'another bundle')).toMatchObject(killed);
    expect(await keptBy(killed, 'bundle', changed('src/posture/a.ts'))).toBeUndefined();
    expect(await keptBy(killed, 'bundle', changed('test/a.test.ts'))).toBeUndefined();
  });

  test('holds for a survivor only while nothing has changed', async () => {
    expect(await keptBy(survived, 'bundle')).toMatchObject(survived);
    expect(await keptBy(survived, 'another bundle')).toBeUndefined();
  });
});

describe('the mutant of a run', () => {
  test('is the only one that is active, and no longer than a loop may take', () => {
    const active = new ActiveMutant('7', 3);
    expect(active.isActive('6')).toBe(false);
    for (let hit = 0; hit < 3; hit += 1) expect(active.isActive('7')).toBe(true);
    expect(() => active.isActive('7')).toThrow('keeps the tests from ending');
  });

  test('stops what runs on behind the end', () => {
    const active = new ActiveMutant('7', 3);
    active.end();
    expect(() => active.isActive('6')).toThrow(EndedRun);
  });

  test('without one it is counted what is reached, since when', () => {
    const active = new ActiveMutant(null, 0);
    active.cover('1', '2');
    active.cover('1');
    expect(active.reachedSince()).toEqual(new Set(['1', '2']));
    expect(active.reachedSince()).toEqual(new Set());
    expect(active.hits).toEqual(
      new Map([
        ['1', 2],
        ['2', 1],
      ]),
    );
  });
});

describe('the files of a role', () => {
  const role: Role = {
    name: 'rules',
    includes: (names) => names.includes('rules'),
    packages: new Set(),
    testFolders: null,
    mutants: 1,
  };
  const imports: Readonly<Record<string, readonly string[]>> = {
    'src/services/a/rules.ts': [],
    'src/services/a/calls.ts': ['node:http'],
    'test/a.test.ts': ['src/services/a/rules.ts', 'vitest'],
    'test/calls.test.ts': ['src/services/a/rules.ts', 'src/services/a/calls.ts', 'vitest'],
    'test/b.test.ts': ['vitest'],
    'test/a.integration.test.ts': ['src/services/a/rules.ts', 'vitest'],
    'test/deep/a.test.ts': ['src/services/a/rules.ts', 'vitest'],
  };
  const reached = (file: string): readonly string[] => [
    file,
    ...(imports[file] ?? []).flatMap((next) => reached(next)),
  ];
  const graph = (of: typeof imports): ModuleGraph => ({
    files: Object.keys(of),
    filesFrom: (file) => reached(file).filter((name) => name in of),
    packagesFrom: (file) => [...reached(file), ...(of[file] ?? [])].filter((name) => !(name in of)),
  });

  test('go by their names, and their tests by what these reach', () => {
    expect(filesOf(role, graph(imports))).toEqual({
      sources: ['src/services/a/rules.ts'],
      tests: ['test/a.test.ts', 'test/deep/a.test.ts'],
    });
    expect(filesOf({ ...role, testFolders: ['deep'] }, graph(imports)).tests).toEqual([
      'test/deep/a.test.ts',
    ]);
    expect(filesOf({ ...role, packages: null }, graph(imports)).tests).toEqual([
      'test/a.test.ts',
      'test/calls.test.ts',
      'test/deep/a.test.ts',
    ]);
  });

  test('a module that reaches what the role may not is a mistake, and so is a role without modules', () => {
    expect(() => filesOf(role, graph({ 'src/rules.ts': ['node:http'] }))).toThrow(
      'src/rules.ts has the role rules but reaches node:http',
    );
    expect(() => filesOf(role, graph({ 'src/calls.ts': [] }))).toThrow('No module of src has the role rules');
  });
});
