import { parseArgs } from 'node:util';
import { moduleGraph } from './module-graph.ts';
import { runRole } from './role-run.ts';
import { roles } from './roles.ts';

/**
 * `npm run mutate`: breaks the code on purpose in small ways, one at a time, and tells which of them no test notices.
 * Ends with 1 when fewer than 90 % are noticed in a role, one that is not is missing from the list of survivors, or time
 * ran out.
 */
const leastScore = 0.9;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '11' },
    /** How many of each role, in place of its own number. */
    mutants: { type: 'string' },
    /** Only files whose path contains this: while killing survivors. */
    file: { type: 'string', default: '' },
    /** Begins no mutant after so many minutes; the next run goes on. */
    minutes: { type: 'string', default: 'Infinity' },
  },
});
const print = (line: string) => process.stdout.write(`${line}\n`);
const unknown = positionals.filter((name) => !roles.some((role) => role.name === name));
if (unknown.length > 0)
  throw new Error(`${unknown.join(', ')}: is none of ${roles.map(({ name }) => name).join(', ')}.`);

const until = performance.now() + 60_000 * Number(values.minutes);
const choice = {
  seed: Number(values.seed),
  mutants: values.mutants === undefined ? null : Number(values.mutants),
  file: values.file,
  until,
};
const graph = await moduleGraph();
const lines: string[] = [];
for (const role of roles.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  const report = await runRole(role, graph, choice, print);
  if (report === null) continue;
  const { tried, untried, survived, unlisted } = report;
  const score = (tried - survived) / tried;
  lines.push(
    `${role.name}: ${tried - survived} of ${tried} are killed: ${(score * 100).toFixed(1)} %; ${survived} survived, ${unlisted} of them not listed${untried > 0 ? `; ${untried} not tried yet` : ''}`,
  );
  if (!(score >= leastScore) || unlisted > 0 || untried > 0) process.exitCode = 1;
}
for (const line of lines) print(line);
