/**
 * `npm run bench [section …] [-- --baseline <main.js of another build>] [-- --slower <times>]
 * [-- --keys <number>] [-- --accounts 1,50]`: measures what the documents promise, and prints it beside its goal. `--baseline` measures another build in turns with this one.
 * `--slower` lets the simulated AWS of `wide` and `large` take that many times as long for an answer: where the
 * processor binds, that tells whether the network would be kept full. `--keys` is how many the syncs of
 * `organization-policies` read, `--accounts` which sizes `accounts` measures (all by default, which takes an hour).
 * Nothing here is asserted: machines differ and have noisy neighbours.
 */
import { parseArgs } from 'node:util';
import { bare } from './bare.ts';
import { history } from './history.ts';
import { iam } from './iam.ts';
import { memory } from './memory.ts';
import type { BenchOptions } from './options.ts';
import { organizationPolicies } from './organization-policies.ts';
import { policy } from './policy.ts';
import { programs } from './programs.ts';
import { quota } from './quota.ts';
import { scheduler } from './scheduler.ts';
import { speed } from './speed.ts';
import { tls } from './tls.ts';
import { views } from './views.ts';
import { accounts, large, wide } from './wide.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    baseline: { type: 'string' },
    slower: { type: 'string', default: '1' },
    keys: { type: 'string', default: '10000' },
    accounts: { type: 'string' },
  },
});
const measured = programs(values.baseline ?? null);
const options: BenchOptions = {
  slower: Number(values.slower),
  keys: Number(values.keys),
  accounts: values.accounts?.split(',').map(Number) ?? null,
};

const sections = {
  policy,
  iam,
  'organization-policies': organizationPolicies,
  scheduler,
  bare,
  speed,
  wide,
  large,
  accounts,
  tls,
  views,
  history,
  quota,
  memory,
};
/** What takes an hour runs only when it is named. */
const onlyNamed = new Set(['accounts']);

for (const [name, measure] of Object.entries(sections)) {
  const isChosen = positionals.length === 0 ? !onlyNamed.has(name) : positionals.includes(name);
  if (isChosen) await measure(measured, options);
}
