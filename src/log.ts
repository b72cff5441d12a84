/** What the plugin needs of a logger; the SDK's winston logger is one. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** The part of the SDK's logger that makes its lines. */
interface LineMaker extends Log {
  defaultMeta?: unknown;
}

/**
 * The SDK's logger with what the CLI shows of a plugin: its lines say whose they are.
 * @param socket what the SDK takes for a port, when it says where it listens; null: it is a port
 */
export function forCli<Logger extends LineMaker>(
  logger: Logger,
  module: string,
  socket: string | null,
): Logger {
  logger.defaultMeta = { module };
  const { info } = logger;
  if (socket === null) return logger;
  return Object.assign(logger, {
    info: (message: string) =>
      info.call(
        logger,
        /^server running on port: \d+$/.test(message) ? `server running on ${socket}` : message,
      ),
  });
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
