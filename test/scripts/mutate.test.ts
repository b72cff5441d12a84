import { describe, expect, test } from 'vitest';
import type { ModuleGraph } from '../../scripts/mutate/module-graph.ts';
import { type Change, type Mutant, sample } from '../../scripts/mutate/mutants.ts';
import { planner } from '../../scripts/mutate/plan.ts';
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
  const planOf = planner({
    failed: null,
    hits: new Map([['reached', 3]]),
    loading: new Set(['loaded']),
    reading: new Map([['b.test.ts', new Set(['read'])]]),
    tests: new Map([
      ['1', run('a.test.ts', 50, 'reached')],
      ['2', run('a.test.ts', 60)],
      ['3', run('b.test.ts', 5, 'reached')],
    ]),
  });
  const filesFor = (id: string) => [...planOf(id).order.files];
  expect(filesFor('reached')).toEqual([
    ['b.test.ts', new Set(['3'])],
    ['a.test.ts', new Set(['1'])],
  ]);
  expect(filesFor('loaded')).toEqual([
    ['b.test.ts', null],
    ['a.test.ts', null],
  ]);
  expect(filesFor('read')).toEqual([['b.test.ts', null]]);
  expect(filesFor('elsewhere')).toEqual([]);
  expect(planOf('reached')).toMatchObject({ milliseconds: 55, order: { hitLimit: 1300 } });
});

describe('the files of a role', () => {
  const role: Role = { name: 'rules', includes: (names) => names.includes('rules'), packages: new Set() };
  const imports: Readonly<Record<string, readonly string[]>> = {
    'src/services/a/rules.ts': [],
    'src/services/a/calls.ts': ['node:http'],
    'test/a.test.ts': ['src/services/a/rules.ts', 'vitest'],
    'test/calls.test.ts': ['src/services/a/rules.ts', 'src/services/a/calls.ts', 'vitest'],
    'test/b.test.ts': ['vitest'],
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
      tests: ['test/a.test.ts'],
    });
  });

  test('a module that reaches what the role may not is a mistake, and so is a role without modules', () => {
    expect(() => filesOf(role, graph({ 'src/rules.ts': ['node:http'] }))).toThrow(
      'src/rules.ts has the role rules but reaches node:http',
    );
    expect(() => filesOf(role, graph({ 'src/calls.ts': [] }))).toThrow('No module of src has the role rules');
  });
});
