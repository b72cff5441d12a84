/** What the plugin needs of a logger; the SDK's winston logger is one. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** The CLI cuts a line of more than 4,096 bytes and no longer counts it; JSON and its other fields need room too. */
const longestMessage = 3_000;

/** A log whose every message fits the CLI. */
export function fitting(log: Log): Log {
  const shorten = (message: string): string => {
    if (Buffer.byteLength(message) <= longestMessage) return message;
    return `${Buffer.from(message)
      .subarray(0, longestMessage)
      .toString()
      .replace(/\uFFFD+$/, '')}…`;
  };
  return {
    debug: (message) => log.debug(shorten(message)),
    info: (message) => log.info(shorten(message)),
    warn: (message) => log.warn(shorten(message)),
    error: (message) => log.error(shorten(message)),
  };
}
