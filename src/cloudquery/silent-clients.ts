import type { ServerHttp2Session } from 'node:http2';

/** Milliseconds in which nothing came or went on a connection before its client is asked whether it is there. */
const silence = 30_000;
/** Milliseconds in which it must answer. */
const patience = 10_000;

/**
 * Ends a connection whose client has gone without a word, or has sent what is no HTTP/2: Node keeps it for ever where
 * a frame was cut short, and with it the handle. Who waits for the rows of a slow sync answers, and stays.
 */
export function endWhenSilent(session: ServerHttp2Session): void {
  session.setTimeout(silence);
  session.on('timeout', () => {
    const late = setTimeout(() => session.destroy(), patience).unref();
    const isAsked = session.ping((error) => {
      clearTimeout(late);
      if (error) session.destroy();
    });
    if (!isAsked) session.destroy();
  });
}
