/**
 * `npm run bench [section …] [-- --baseline <main.js of another build>]`: measures what the documents promise, and
 * prints it beside its goal; sections `speed` and `wide` measure another build in turns with this one. Nothing here is
 * asserted: machines differ and have noisy neighbours.
 */
import { parseArgs } from 'node:util';
import { memory } from './memory.ts';
import { organizationPolicies } from './organization-policies.ts';
import { policy } from './policy.ts';
import { programs } from './programs.ts';
import { quota } from './quota.ts';
import { scheduler } from './scheduler.ts';
import { speed } from './speed.ts';
import { tls } from './tls.ts';
import { accounts, large, wide } from './wide.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { baseline: { type: 'string' } },
});
const measured = programs(values.baseline ?? null);

const sections = {
  policy,
  'organization-policies': organizationPolicies,
  scheduler,
  speed,
  wide,
  large,
  accounts,
  tls,
  quota,
  memory,
};
/** What takes many minutes runs only when it is named. */
const onlyNamed = new Set(['large', 'accounts']);

for (const [name, measure] of Object.entries(sections)) {
  if (positionals.length === 0 ? !onlyNamed.has(name) : positionals.includes(name)) await measure(measured);
}
