import { once } from 'node:events';
import type { SyncStream } from '../cloudquery/plugin.ts';
import { StateError } from '../state/state-error.ts';
import { Channel } from './channel.ts';
import type { Message } from './message.ts';
import { isStoppedSoon } from './patience.ts';
import { type ResponseOptions, Responses } from './responses.ts';
import { endStatus } from './status.ts';

/** Batches that may wait between the scopes that find rows and the stream that takes them. */
const queuedMessages = 16;

/** What a stream is asked to do: find rows, send them, stop at the signal. */
export type Producer = (send: (message: Message) => Promise<void>, signal: AbortSignal) => Promise<void>;

/**
 * Runs a sync on the stream of its request and ends the stream with the status that the CLI must see: OK only
 * for a sync that ran to its end. When the client leaves, or `stop` says so, AWS calls stop at once.
 */
export async function serveStream(
  stream: SyncStream,
  produce: Producer,
  options: ResponseOptions,
  stop: AbortSignal,
): Promise<void> {
  let clientLeft = false;
  // One controller of our own: signals made by AbortSignal.any can be lost to the garbage collector in Node 20.
  const ending = new AbortController();
  const { signal } = ending;
  const channel = new Channel<Message>(queuedMessages);
  signal.addEventListener('abort', () => channel.fail(signal.reason));
  const onStop = () => ending.abort(stop.reason);
  stop.addEventListener('abort', onStop, { once: true });
  if (stop.aborted) onStop();
  const onLeave = () => {
    clientLeft = true;
    ending.abort(new Error('The client left'));
  };
  stream.once('cancelled', onLeave);
  // It may have left while the code for its sync was loaded.
  if (stream.cancelled) onLeave();
  const produced = produce((message) => channel.send(message), signal).then(
    () => channel.end(),
    (error: unknown) => channel.fail(error),
  );
  const responses = new Responses(options);
  try {
    for await (const message of channel) {
      const encoded = responses.of(message);
      if (encoded && !stream.write(encoded)) await once(stream, 'drain', { signal });
    }
    stream.end();
  } catch (error) {
    if (error instanceof StateError) await isStoppedSoon(signal);
    const end = endStatus(error, { clientLeft, stopped: stop.aborted });
    if (end.isBug) options.log.error(end.details);
    stream.emit('error', end);
    // What still reads AWS for a sync that has failed must not go on.
    ending.abort(error);
  }
  stop.removeEventListener('abort', onStop);
  await produced;
}
