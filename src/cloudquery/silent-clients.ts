import type { ServerHttp2Session } from 'node:http2';

/** Milliseconds in which nothing came or went on a connection before its client is asked whether it is there. */
const silence = 10_000;
/** Milliseconds, and how often they are waited for an answer: where we were busy meanwhile, it is there after one. */
const patience = 5_000;
const waits = 3;

/**
 * Ends a connection whose client has gone without a word, or has sent what is no HTTP/2: Node keeps it for ever where
 * a frame was cut short, and with it the handle. Who waits for the rows of a slow sync answers, and stays.
 */
export function endWhenSilent(session: ServerHttp2Session): void {
  let waiting: NodeJS.Timeout | undefined;
  const stopWaiting = () => {
    clearInterval(waiting);
    waiting = undefined;
  };
  session.setTimeout(silence);
  session.once('close', stopWaiting);
  session.on('timeout', () => {
    if (waiting !== undefined) return;
    let left = waits;
    waiting = setInterval(() => --left === 0 && session.destroy(), patience).unref();
    const isAsked = session.ping((error) => {
      stopWaiting();
      if (error) session.destroy();
    });
    if (!isAsked) session.destroy();
  });
}
