import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { checkout } from '../lab/checkout.ts';

/** Builds the programs that the end-to-end tests run: `dist/main.js` as a user gets it, and our destination. */
export default async function setup(): Promise<void> {
  await promisify(execFile)('npx', ['rolldown', '--config'], { cwd: checkout });
}
