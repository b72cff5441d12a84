import { codeOf, messageOf } from './postgres/failure.ts';
import { nearest } from './spec/nearest.ts';

/** Of an argument without an option, where none is taken or a connection stands. */
export const unexpectedArgument =
  'Unexpected argument (not shown): what a verb takes stands after an option that begins with --.';

/** Whether an argument may be a connection that was typed without its option, by address or by keywords. */
export const mayBeConnection = (argument: string): boolean => /:\/\/|[=\s]/.test(argument);

/**
 * What is wrong with arguments that Node refused, in one sentence. Node repeats what it does not know: that may be a
 * connection with its password, and a log keeps it.
 */
export function argumentError(error: unknown, options: readonly string[]): string {
  if (codeOf(error) === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return unexpectedArgument;
  const message = messageOf(error);
  const written = /^Unknown option '--([^']+)'/.exec(message)?.[1];
  const meant = written === undefined ? null : nearest(written, options);
  if (meant !== null) return `There is no option --${written}: did you mean --${meant}?`;
  return message.includes('://') ? 'There is no such option (not shown).' : message;
}
