import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { bundleTests } from './bundle.ts';
import { compiling } from './compiles.ts';
import { moduleGraph } from './module-graph.ts';
import { type Mutant, mutate, sample } from './mutants.ts';
import { planner } from './plan.ts';
import { filesOf, roles } from './roles.ts';
import { compare, listedSurvivors } from './survivors.ts';
import { TestThread } from './threads.ts';

/**
 * `npm run mutate`: breaks the code on purpose in small ways, one at a time, and tells which of them no test notices.
 * Ends with 1 when fewer than 90 % are noticed or one that is not is missing from the list of survivors.
 */
const leastScore = 0.9;
const survivorsFile = 'test/mutation/survivors.json';

const { values } = parseArgs({
  options: {
    role: { type: 'string', default: 'rules' },
    seed: { type: 'string', default: '11' },
    mutants: { type: 'string', default: '600' },
    /** Goes on behind so many of them: where a run was stopped. */
    from: { type: 'string', default: '0' },
    /** Only files whose path contains this: while killing survivors. */
    file: { type: 'string', default: '' },
  },
});
const print = (line: string) => process.stdout.write(`${line}\n`);

const role = roles.find(({ name }) => name === values.role);
if (role === undefined) throw new Error(`--role is one of ${roles.map(({ name }) => name).join(', ')}.`);
const files = filesOf(role, await moduleGraph());
const { switched, mutants: all } = await mutate(files.sources);
const mutants = sample(
  all.filter(({ file }) => file.includes(values.file)),
  Number(values.seed),
  Number(values.mutants),
).slice(Number(values.from));
print(
  `${mutants.length} of ${all.length} mutants, seed ${values.seed}, of ${files.sources.length} modules with the role ${role.name}; ${files.tests.length} test files`,
);

const bundle = await bundleTests(files, switched);
const threads = Array.from({ length: Math.min(2, availableParallelism()) }, () => new TestThread(bundle));
const undisturbed = await threads[0]?.run(
  { mutant: null, files: new Map(files.tests.map((path) => [path, null])), hitLimit: 0 },
  600_000,
);
if (undisturbed == null || undisturbed.failed !== null)
  throw new Error(`Without a mutant a test fails: ${undisturbed?.failed ?? 'no end after ten minutes'}.`);
const planOf = planner(undisturbed);

const survived: Mutant[] = [];
const waiting = mutants.values();
let done = Number(values.from);
await Promise.all(
  threads.map(async (thread) => {
    for (const mutant of waiting) {
      const { order, milliseconds } = planOf(mutant.id);
      const outcome = await thread.run(order, 10_000 + 5 * milliseconds);
      done += 1;
      if (outcome === null || outcome.failed !== null) continue;
      survived.push(mutant);
      print(
        `${done} tried, survived: ${mutant.file}:${mutant.lineNumber}: ${mutant.change.was} → ${mutant.change.became}`,
      );
    }
    await thread.close();
  }),
);

const survivors = new Set(await compiling(survived));
const valid = mutants.filter((mutant) => survivors.has(mutant) || !survived.includes(mutant));
const score = 1 - survivors.size / valid.length;
const { unlisted, outdated } = compare(
  [...survivors],
  valid,
  await listedSurvivors(survivorsFile, role.name),
);

for (const { file, lineNumber, change } of unlisted.toSorted(
  (a, b) => a.file.localeCompare(b.file) || a.lineNumber - b.lineNumber,
))
  print(`survived, not listed: ${file}:${lineNumber}\n${JSON.stringify(change, null, 2)}`);
for (const { line, became } of outdated) print(`listed but killed: ${line} with ${became}`);
print(
  `${valid.length - survivors.size} of ${valid.length} killed: ${(score * 100).toFixed(1)} %; ${survivors.size - unlisted.length} survivors listed, ${unlisted.length} not`,
);
if (score < leastScore || unlisted.length > 0) process.exitCode = 1;
