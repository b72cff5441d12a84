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
  const fit = (message: string): string => {
    if (Buffer.byteLength(message) <= longestMessage) return message;
    return `${Buffer.from(message).subarray(0, longestMessage).toString().replace(/\uFFFD+$/, '')}…`;
  };
  return {
    debug: (message) => log.debug(fit(message)),
    info: (message) => log.info(fit(message)),
    warn: (message) => log.warn(fit(message)),
    error: (message) => log.error(fit(message)),
  };
}
