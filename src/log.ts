/** What the plugin needs of a logger; the SDK's winston logger is one. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** The CLI cuts a line of more than 4,096 bytes and no longer counts it; the line's other fields need room too. */
const longestMessage = 3_000;

/** A log whose every message fits the CLI. */
export function fitting(log: Log): Log {
  return {
    debug: (message) => log.debug(shortened(message)),
    info: (message) => log.info(shortened(message)),
    warn: (message) => log.warn(shortened(message)),
    error: (message) => log.error(shortened(message)),
  };
}

function shortened(message: string): string {
  if (bytesOf(message) <= longestMessage) return message;
  let kept = '';
  let bytes = 0;
  for (const character of message) {
    bytes += bytesOf(character);
    if (bytes > longestMessage) break;
    kept += character;
  }
  return `${kept}…`;
}

/** In JSON, which writes a control character in six bytes. */
const bytesOf = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - '""'.length;
