/**
 * `npm run bench [section …]`: measures what the documents promise, candidate and baseline in one run, and prints
 * ratios. Nothing here is asserted: machines differ and have noisy neighbours.
 */
import { memory } from './memory.ts';
import { policy } from './policy.ts';
import { quota } from './quota.ts';
import { scheduler } from './scheduler.ts';
import { speed } from './speed.ts';

const sections = { policy, scheduler, speed, quota, memory };
const names = process.argv.slice(2);

for (const [name, measure] of Object.entries(sections)) {
  if (names.length === 0 || names.includes(name)) await measure();
}
