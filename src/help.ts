import manifest from '../package.json' with { type: 'json' };
import { mayBeConnection } from './argument-error.ts';
import { nearest } from './spec/nearest.ts';
import type { verbs } from './verbs.ts';

/** What users run, in the order in which they come to it. */
const commands: Readonly<Record<keyof typeof verbs | 'serve' | 'package', string>> = {
  demo: 'See it at work on a simulated organization: nothing is asked of AWS',
  views: 'Make the views over a synced database: what the other commands and dashboards ask',
  check: 'What is wrong, worst first; exit code 1 where there is something',
  explain: 'Whether an account, role or user can use a bucket, resource or key, and what decides it',
  uses: 'What hangs on a key, what breaks without it and when',
  report: 'Write the posture page, one HTML file, or all keys as a CycloneDX CBOM',
  status: 'How fresh and whole what was synced is; exit code 1 where it is not',
  permissions: 'Print the IAM policies that a sync needs',
  health: 'Whether a plugin that is served answers',
  serve: 'Serve the plugin: what `cloudquery sync` starts',
  package: "Package the plugin for CloudQuery's hub",
};

const names = Object.keys(commands);
const width = Math.max(...names.map(({ length }) => length));
const lines = Object.entries(commands).map(([name, does]) => `  ${name.padEnd(width)}  ${does}`);

/** What `--help` says. */
export const help = `cloudquery-source-aws-encryption ${manifest.version}: the truth about an organization's encryption keys

Usage: main.js <command> [options]

${lines.join('\n')}

Every command says more with --help. To read AWS, run: cloudquery sync spec.yml
The database is named by --connection or, so that no password stands in a command line, AWS_ENCRYPTION_POSTGRES.
`;

const asksForHelp = new Set(['', 'help', '--help', '-h']);

/** Whether a command line, by its first word, wants to know what there is. */
export const wantsHelp = (first: string): boolean => asksForHelp.has(first);

/** What is wrong with a first word that is no command and no option; null: nothing. */
export function unknownCommand(first: string): string | null {
  if (first.startsWith('-') || names.includes(first)) return null;
  if (mayBeConnection(first)) return 'There is no such command (not shown): --help names all.';
  const meant = nearest(first, names);
  return `There is no command ${first}: ${meant === null ? '--help names all.' : `did you mean ${meant}?`}`;
}
