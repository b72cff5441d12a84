import { readFile } from 'node:fs/promises';
import { bundleTests } from './bundle.ts';
import { compiling } from './compiles.ts';
import type { ModuleGraph } from './module-graph.ts';
import { type Mutant, mutate, sample } from './mutants.ts';
import { Results, type Verdict } from './results.ts';
import { filesOf, type Role } from './roles.ts';
import { compare, listedSurvivors } from './survivors.ts';
import { tryMutants } from './trial.ts';

const survivorsFile = 'test/mutation/survivors.json';

export interface Choice {
  readonly seed: number;
  /** How many of a role; null: as many as its definition says. */
  readonly mutants: number | null;
  /** Only files whose path contains this. */
  readonly file: string;
  /** Milliseconds on the clock of `performance.now()` after which no mutant is begun. */
  readonly until: number;
}

export interface RoleReport {
  readonly tried: number;
  readonly untried: number;
  readonly survived: number;
  readonly unlisted: number;
}

/** Tries the mutants of a role that earlier runs did not settle, and tells of all of them; null where it has none. */
export async function runRole(
  role: Role,
  graph: ModuleGraph,
  choice: Choice,
  print: (line: string) => void,
): Promise<RoleReport | null> {
  const files = filesOf(role, graph);
  const { switched, mutants: all } = await mutate(files.sources);
  const wanted = all.filter(({ file }) => file.includes(choice.file));
  if (wanted.length === 0) return null;
  const drawn = sample(wanted, choice.seed, choice.mutants ?? role.mutants);
  const mutants = await compiling(drawn);
  const texts = new Map(
    await Promise.all(
      [...files.sources, ...files.tests].map(async (path) => [path, await readFile(path, 'utf8')] as const),
    ),
  );
  const bundle = await bundleTests(files, switched);
  const results = await Results.open(
    `.cache/mutate/${role.name}.json`,
    bundle,
    (file) => texts.get(file) ?? '',
  );
  const open = mutants.filter((mutant) => results.find(mutant) === undefined);
  print(
    `${role.name}: ${files.sources.length} modules, ${files.tests.length} test files; seed ${choice.seed} drew ${drawn.length} of ${wanted.length} mutants, of which ${mutants.length} compile, ${open.length} to try`,
  );

  let count = 0;
  const onTried = (mutant: Mutant, verdict: Verdict) => {
    count += 1;
    results.add(mutant, verdict);
    if (verdict.survived) print(`${count} tried, survived: ${placeOf(mutant)}: ${changeOf(mutant)}`);
  };
  const trial = { bundle, testFiles: files.tests, imports: reachedBy(graph), until: choice.until };
  if (open.length > 0) await tryMutants(open, trial, onTried);

  const verdicts = mutants.flatMap((mutant) => {
    const verdict = results.find(mutant);
    return verdict === undefined ? [] : [{ mutant, ...verdict }];
  });
  const tried = verdicts.map(({ mutant }) => mutant);
  const survivors = verdicts.filter(({ survived }) => survived).map(({ mutant }) => mutant);
  const listed = await listedSurvivors(survivorsFile, role.name);
  const { unlisted, outdated } = compare(survivors, tried, listed);
  for (const mutant of unlisted)
    print(`survived, not listed: ${placeOf(mutant)}\n${JSON.stringify(mutant.change, null, 2)}`);
  for (const { line, became } of outdated) print(`listed but killed: ${line} with ${became}`);
  return {
    tried: tried.length,
    untried: mutants.length - tried.length,
    survived: survivors.length,
    unlisted: unlisted.length,
  };
}

const placeOf = ({ file, lineNumber }: Mutant): string => `${file}:${lineNumber}`;
const changeOf = ({ change: { was, became } }: Mutant): string => `${was} → ${became}`;

/** Whether a file reaches another. */
function reachedBy(graph: ModuleGraph): (file: string, other: string) => boolean {
  const known = new Map<string, ReadonlySet<string>>();
  return (file, other) => {
    const reached = known.get(file) ?? new Set(graph.filesFrom(file));
    known.set(file, reached);
    return reached.has(other);
  };
}
