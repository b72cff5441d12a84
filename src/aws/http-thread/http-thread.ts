import { type MessagePort, Worker } from 'node:worker_threads';
import { Dispatcher } from 'undici';
import { type FromThread, readError, type ThreadRequest } from './messages.ts';

/** The other thread, as it is talked to. */
export type Peer = Pick<MessagePort, 'postMessage' | 'ref' | 'unref'> & {
  on(event: 'message', listener: (message: FromThread) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
};

/**
 * Connections in a thread of their own: opening, encrypting, writing and parsing are half of what a call costs, and the
 * other half, signing, rules and rows, goes on beside them. What is to be sent within a turn of the event loop is told
 * at once, and so are the answers.
 */
export class HttpThread extends Dispatcher {
  readonly #begin: () => Peer;
  #peer: Peer | null = null;
  readonly #waiting = new Map<number, Dispatcher.DispatchHandler>();
  #last = 0;
  #requests: ThreadRequest[] = [];
  #stopped: number[] = [];
  #willTell = false;

  /** @param begin begins the thread, when it is first needed and after it broke */
  constructor(begin: () => Peer) {
    super();
    this.#begin = begin;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const id = ++this.#last;
    const { origin, path, method, headers, body } = options;
    this.#waiting.set(id, handler);
    if (this.#waiting.size === 1) this.#peer?.ref();
    this.#requests.push({ id, origin: String(origin), path, method, headers, body } as ThreadRequest);
    this.#tellSoon();
    handler.onRequestStart?.(this.#controllerOf(id), {});
    return true;
  }

  override close(): Promise<void> {
    return this.destroy();
  }

  /** Nothing is answered any more. */
  override async destroy(): Promise<void> {
    this.#broke(new Error('the connections were closed'));
  }

  #controllerOf(id: number): Dispatcher.DispatchController {
    const forget = () => this.#forget(id);
    return {
      aborted: false,
      paused: false,
      reason: null,
      rawHeaders: null,
      rawTrailers: null,
      abort: forget,
      pause() {},
      resume() {},
    } as Dispatcher.DispatchController;
  }

  /** Whoever stopped it expects no answer. */
  #forget(id: number): void {
    if (!this.#waiting.delete(id)) return;
    this.#stopped.push(id);
    this.#tellSoon();
    this.#rest();
  }

  #tellSoon(): void {
    if (this.#willTell) return;
    this.#willTell = true;
    setImmediate(() => this.#tell());
  }

  #tell(): void {
    this.#willTell = false;
    this.#peer ??= this.#open();
    this.#peer.postMessage({ requests: this.#requests, stopped: this.#stopped });
    this.#requests = [];
    this.#stopped = [];
  }

  #open(): Peer {
    const peer = this.#begin();
    peer.on('message', (told) => this.#hear(told));
    peer.on('error', (error) => {
      if (this.#peer === peer) this.#broke(error);
    });
    return peer;
  }

  #hear({ answers, bodies, failures }: FromThread): void {
    let at = 0;
    for (const { id, statusCode, headers, length } of answers) {
      const body = Buffer.from(bodies, at, length);
      at += length;
      const handler = this.#take(id);
      if (handler === undefined) continue;
      handler.onResponseStart?.(noController, statusCode, headers, '');
      handler.onResponseData?.(noController, body);
      handler.onResponseEnd?.(noController, {});
    }
    for (const { id, error } of failures) this.#take(id)?.onResponseError?.(noController, readError(error));
    this.#rest();
  }

  #take(id: number): Dispatcher.DispatchHandler | undefined {
    const handler = this.#waiting.get(id);
    this.#waiting.delete(id);
    return handler;
  }

  /** The thread alone keeps no process alive. */
  #rest(): void {
    if (this.#waiting.size === 0) this.#peer?.unref();
  }

  /** All that waits fails as on a connection that broke, so that it is tried again; by another thread. */
  #broke({ message }: Error): void {
    this.#peer?.unref();
    this.#peer = null;
    const handlers = [...this.#waiting.values()];
    this.#waiting.clear();
    const error = Object.assign(new Error(`the connections broke: ${message}`), { code: 'ECONNRESET' });
    for (const handler of handlers) handler.onResponseError?.(noController, error);
  }
}

/** What it was for is over by then. */
const noController = null as unknown as Dispatcher.DispatchController;

/** @param file that the thread begins with; @param settings what it gets */
export const workerAt = (file: URL, settings: object) => (): Peer =>
  new Worker(file, { workerData: settings });
