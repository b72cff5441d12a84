import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { checkout } from '../lab/checkout.ts';

/**
 * Builds what the tests run: `dist/main.js` as a user gets it, with its packages inside (it starts three times as quick
 * as one without), the demo and its destination, and the programs of `build`.
 */
export default async function setup(): Promise<void> {
  await promisify(execFile)('npx', ['rolldown', '--config'], { cwd: checkout });
}
