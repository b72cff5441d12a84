import { checkout } from '../../lab/checkout.ts';
import { type Ended, runProgram } from '../e2e/run-program.ts';
import { type Block, blocksOf, type Page } from './markdown.ts';

/** The commands of a block in `sh`, one a line; a line that ends in a backslash goes on in the next. */
export const commandsOf = ({ text }: Pick<Block, 'text'>): string[] =>
  text
    .replaceAll(/\\\n\s*/g, '')
    .trim()
    .split('\n')
    .map((line) => line.trim());

/** All commands of a page, or of a section of it. */
export const commandsOfPage = (page: Page): string[] =>
  blocksOf(page).flatMap((block) => (block.language === 'sh' ? commandsOf(block) : []));

/** AWS's own command line: test/e2e/deployed-roles.e2e.test.ts runs every such command of every page. */
export const callsAws = (command: string): boolean => command.startsWith('aws ');

/** Runs a command as it is written, in the checkout or another folder. */
export const runAsWritten = (
  command: string,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string = checkout,
): Promise<Ended> => runProgram('/bin/sh', ['-c', command], { cwd, env });

/** The commands of a page, run as they are written; it knows which of them nobody has run yet. */
export class CommandsToRun {
  readonly #left: Set<string>;

  constructor(page: Page) {
    this.#left = new Set(commandsOfPage(page));
  }

  get left(): string[] {
    return [...this.#left];
  }

  run(command: string, ...where: [env: Record<string, string | undefined>, cwd?: string]): Promise<Ended> {
    this.#left.delete(command);
    return runAsWritten(command, ...where);
  }
}
