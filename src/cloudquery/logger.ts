/** The part of the SDK's logger that makes its lines. */
interface LineMaker {
  defaultMeta?: unknown;
  info(message: string): unknown;
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
