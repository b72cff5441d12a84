import { type MessagePort, Worker } from 'node:worker_threads';
import { Dispatcher } from 'undici';
import { atOnce, type FromThread, readError, type ThreadRequest } from './messages.ts';

/** The other thread, as it is talked to. */
export type Peer = Pick<MessagePort, 'postMessage' | 'ref' | 'unref'> & {
  on(event: 'message', listener: (message: FromThread) => void): unknown;
  on(event: 'error' | 'messageerror', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
};

/**
 * Connections in a thread of their own: opening, encrypting, writing and parsing are half of what a call costs, and the
 * other half, signing, rules and rows, goes on beside them. What is to be sent within a turn of the event loop is told
 * together, and so are the answers.
 */
export class HttpThread extends Dispatcher {
  readonly #begin: () => Peer;
  readonly #connectHere: () => Dispatcher;
  #peer: Peer | null = null;
  /** Whether the thread has told anything. */
  #works = false;
  /** There is no thread. */
  #isAlone = false;
  #here: Dispatcher | null = null;
  readonly #waiting = new Map<number, Dispatcher.DispatchHandler>();
  #last = 0;
  #requests: ThreadRequest[] = [];
  #stopped: number[] = [];
  #willTell = false;

  /**
   * @param begin begins the thread, when it is first needed and after it broke
   * @param connectHere gives connections in this thread, for where no other can be: one that cannot be begun, or breaks
   * before it has told anything, would do so each time
   */
  constructor(begin: () => Peer, connectHere: () => Dispatcher) {
    super();
    this.#begin = begin;
    this.#connectHere = connectHere;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    if (this.#isAlone) {
      this.#here ??= this.#connectHere();
      return this.#here.dispatch(options, handler);
    }
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
    this.#fail(new Error('the connections were closed'));
    await this.#here?.destroy();
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
    if (this.#requests.length >= atOnce) this.#tell();
    else if (!this.#willTell) {
      this.#willTell = true;
      setImmediate(() => this.#tell());
    }
  }

  #tell(): void {
    this.#willTell = false;
    if (this.#requests.length + this.#stopped.length === 0) return;
    const told = { requests: this.#requests, stopped: this.#stopped };
    this.#requests = [];
    this.#stopped = [];
    // All was stopped, or failed, before any thread knew of it.
    if (this.#peer === null && this.#waiting.size === 0) return;
    this.#peer ??= this.#open();
    this.#peer?.postMessage(told);
  }

  /** Null: it cannot be begun. */
  #open(): Peer | null {
    this.#works = false;
    let peer: Peer;
    try {
      peer = this.#begin();
    } catch (error) {
      this.#broke(error instanceof Error ? error : new Error(String(error)));
      return null;
    }
    const broke = (error: Error) => {
      if (this.#peer === peer) this.#broke(error);
    };
    peer.on('message', (told) => this.#hear(told));
    peer.on('error', broke);
    peer.on('messageerror', broke);
    peer.on('exit', () => broke(new Error('the thread ended')));
    return peer;
  }

  #hear({ answers, bodies, failures }: FromThread): void {
    this.#works = true;
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

  #broke(error: Error): void {
    this.#isAlone = !this.#works;
    this.#fail(error);
  }

  /** All that waits fails as on a connection that broke, so that it is tried again; by another thread, or in this one. */
  #fail({ message }: Error): void {
    this.#peer?.unref();
    this.#peer = null;
    this.#requests = [];
    this.#stopped = [];
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
