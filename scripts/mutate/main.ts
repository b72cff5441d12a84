import { parseArgs } from 'node:util';
import { bundleTests } from './bundle.ts';
import { compiling } from './compiles.ts';
import { moduleGraph } from './module-graph.ts';
import { mutate, sample } from './mutants.ts';
import { filesOf, roles } from './roles.ts';
import { compare, listedSurvivors } from './survivors.ts';
import { survivorsOf } from './trial.ts';

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
const names = roles.map(({ name }) => name).join(', ');
const role = roles.find(({ name }) => name === values.role);
if (role === undefined) throw new Error(`--role ${values.role} is none of ${names}.`);

const files = filesOf(role, await moduleGraph());
const { switched, mutants: all } = await mutate(files.sources);
const wanted = all.filter(({ file }) => file.includes(values.file));
const mutants = sample(wanted, Number(values.seed), Number(values.mutants)).slice(Number(values.from));
print(`${files.sources.length} modules with the role ${role.name}, ${files.tests.length} test files`);
print(`${mutants.length} of ${wanted.length} mutants, seed ${values.seed}`);

let tried = Number(values.from);
const bundle = await bundleTests(files, switched);
const survived = await survivorsOf(mutants, bundle, files.tests, ({ file, lineNumber, change }, survives) => {
  tried += 1;
  if (survives) print(`${tried} tried, survived: ${file}:${lineNumber}: ${change.was} → ${change.became}`);
});

const survivors = await compiling([...survived]);
const valid = mutants.filter((mutant) => !survived.has(mutant) || survivors.includes(mutant));
const listed = await listedSurvivors(survivorsFile, role.name);
const { unlisted, outdated } = compare(survivors, valid, listed);
for (const { file, lineNumber, change } of unlisted)
  print(`survived, not listed: ${file}:${lineNumber}\n${JSON.stringify(change, null, 2)}`);
for (const { line, became } of outdated) print(`listed but killed: ${line} with ${became}`);

const killed = valid.length - survivors.length;
const score = killed / valid.length;
print(`${killed} of ${valid.length} that compile are killed: ${(score * 100).toFixed(1)} %`);
print(`${survivors.length} survived, ${unlisted.length} of them not listed`);
if (score < leastScore || unlisted.length > 0) process.exitCode = 1;
